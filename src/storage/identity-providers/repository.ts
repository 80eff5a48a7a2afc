import { replacingViolation, type Session, type Writer } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { deepFreeze, fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, parametersFor, prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealContext, sealJson } from "../sealing.ts";
import type { IdentityProviderRecord } from "./record.ts";
import { type IdentityProvidersTable, identityProvidersTable } from "./table.ts";

export interface IdentityProviderRepository {
  /**
   * @throws AlreadyExists the name, or one of the identifiers, is taken in the pool
   * @throws OwnerMissing there is no such pool
   */
  insert(provider: IdentityProviderRecord): Promise<void>;
  /** Configuration: cached, frozen. */
  get(poolId: string, name: string): Promise<IdentityProviderRecord | undefined>;
  findByIdentifier(poolId: string, identifier: string): Promise<IdentityProviderRecord | undefined>;
  /**
   * Reads, applies the pure `change` and writes back as one step; undefined when there is none. The name stays.
   *
   * @throws AlreadyExists one of the identifiers is another provider's
   */
  update(
    poolId: string,
    name: string,
    change: (provider: IdentityProviderRecord) => IdentityProviderRecord,
  ): Promise<IdentityProviderRecord | undefined>;
  /** @returns whether there was one */
  delete(poolId: string, name: string): Promise<boolean>;
  /** By name. */
  list(poolId: string, page: PageRequest): Promise<Page<IdentityProviderRecord>>;
}

type ProviderRow = Omit<IdentityProvidersTable, "pool_key">;

export class SqlIdentityProviderRepository implements IdentityProviderRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  insert(provider: IdentityProviderRecord): Promise<void> {
    const row = { ...this.#toRow(provider), poolId: provider.poolId };
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      await insertingOwned(`user pool as ${provider.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is an identity provider with the name ${provider.name}.`),
          () => writer.run(insertProvider, row),
        ),
      );
      await claimIdentifiers(writer, provider);
    });
  }

  get(poolId: string, name: string): Promise<IdentityProviderRecord | undefined> {
    return this.#session.cached(`identity provider ${poolId} ${name}`, async () => {
      const row = await this.#session.reader.first(selectProvider, { poolId, name });
      return row && this.#toRecord(poolId, row);
    });
  }

  async findByIdentifier(poolId: string, identifier: string): Promise<IdentityProviderRecord | undefined> {
    const row = await this.#session.reader.first(selectByIdentifier, { poolId, identifier });
    return row && this.#toRecord(poolId, row);
  }

  update(
    poolId: string,
    name: string,
    change: (provider: IdentityProviderRecord) => IdentityProviderRecord,
  ): Promise<IdentityProviderRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectProvider, { poolId, name });
      if (!row) return undefined;
      const provider = this.#toRecord(poolId, row);
      const changed = change(provider);
      if (changed === provider) return provider;
      writer.configurationChanged();
      const changedRow = this.#toRow(changed);
      await writer.run(updateProvider, { ...changedRow, poolId });
      if (changedRow.identifiers !== row.identifiers) {
        await writer.run(deleteIdentifiers, { poolId, name });
        await claimIdentifiers(writer, changed);
      }
      return deepFreeze(changed);
    });
  }

  delete(poolId: string, name: string): Promise<boolean> {
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      return (await writer.run(deleteProvider, { poolId, name })) > 0;
    });
  }

  list(poolId: string, page: PageRequest): Promise<Page<IdentityProviderRecord>> {
    return readPage(["identity providers", poolId], page, [""], {
      fetch: ([after], limit) =>
        this.#session.reader.all(selectProviders, { poolId, after: String(after), limit }),
      keyOf: (row) => [row.name],
      recordOf: (row) => this.#toRecord(poolId, row),
    });
  }

  #toRow(provider: IdentityProviderRecord): ProviderRow {
    const { poolId, name, type, details, settings, identifiers, createdAt, lastModifiedAt } = provider;
    return {
      name,
      type,
      settings: toJson(settings),
      identifiers: toJson(identifiers),
      sealed_details: sealJson(this.#sealer, details, contextOf(poolId, name)),
      created_at: createdAt,
      last_modified_at: lastModifiedAt,
    };
  }

  #toRecord(poolId: string, row: ProviderRow): IdentityProviderRecord {
    return deepFreeze({
      poolId,
      name: row.name,
      type: row.type,
      details: openJson<IdentityProviderRecord["details"]>(
        this.#sealer,
        row.sealed_details,
        contextOf(poolId, row.name),
      ),
      settings: fromJson<IdentityProviderRecord["settings"]>(row.settings),
      identifiers: fromJson<IdentityProviderRecord["identifiers"]>(row.identifiers),
      createdAt: row.created_at,
      lastModifiedAt: row.last_modified_at,
    });
  }
}

async function claimIdentifiers(
  writer: Writer,
  { poolId, name, identifiers }: IdentityProviderRecord,
): Promise<void> {
  for (const identifier of identifiers) {
    await replacingViolation(
      "unique",
      () => new AlreadyExists(`There is an identity provider with the identifier ${identifier}.`),
      () => writer.run(insertIdentifier, { poolId, name, identifier }),
    );
  }
}

const contextOf = (poolId: string, name: string) =>
  sealContext(identityProvidersTable, "sealed_details", { pool_id: poolId, name });

const providerColumns = [
  "name",
  "type",
  "settings",
  "identifiers",
  "sealed_details",
  "created_at",
  "last_modified_at",
] as const satisfies readonly (keyof ProviderRow)[];

const insertProvider = prepared<ProviderRow & { poolId: string }>()((db, p) =>
  db.insertInto("identity_providers").values({
    pool_key: poolKeyFor(db, p("poolId")),
    ...parametersFor<ProviderRow, keyof ProviderRow>(p, providerColumns),
  }),
);

const insertIdentifier = prepared<{ poolId: string; name: string; identifier: string }>()((db, p) =>
  db.insertInto("identity_provider_identifiers").values({
    pool_key: poolKeyFor(db, p("poolId")),
    identifier: p("identifier"),
    provider_name: p("name"),
  }),
);

const deleteIdentifiers = prepared<{ poolId: string; name: string }>()((db, p) =>
  db
    .deleteFrom("identity_provider_identifiers")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("provider_name", "=", p("name")),
);

const selectProvider = prepared<{ poolId: string; name: string }>()((db, p) =>
  db
    .selectFrom("identity_providers")
    .select(providerColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("name", "=", p("name")),
);

const selectByIdentifier = prepared<{ poolId: string; identifier: string }>()((db, p) =>
  db
    .selectFrom("identity_provider_identifiers as identifiers")
    .innerJoin("identity_providers as providers", (join) =>
      join
        .onRef("providers.pool_key", "=", "identifiers.pool_key")
        .onRef("providers.name", "=", "identifiers.provider_name"),
    )
    .select(providerColumns.map((column) => `providers.${column}` as const))
    .where("identifiers.pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("identifiers.identifier", "=", p("identifier")),
);

const updateProvider = prepared<ProviderRow & { poolId: string }>()((db, p) =>
  db
    .updateTable("identity_providers")
    .set({
      type: p("type"),
      settings: p("settings"),
      identifiers: p("identifiers"),
      sealed_details: p("sealed_details"),
      last_modified_at: p("last_modified_at"),
    })
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("name", "=", p("name")),
);

const deleteProvider = prepared<{ poolId: string; name: string }>()((db, p) =>
  db
    .deleteFrom("identity_providers")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("name", "=", p("name")),
);

const selectProviders = prepared<{ poolId: string; after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("identity_providers")
    .select(providerColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("name", ">", p("after"))
    .orderBy("name")
    .limit(atMost(p("limit"))),
);
