import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { deepFreeze, fromJson, toJson } from "../json.ts";
import { removeAtOnce } from "../maintenance/index.ts";
import { insertingOwned, nextKey, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealContext, sealJson } from "../sealing.ts";
import type { AppClientRecord, AppClientSecret } from "./record.ts";
import { type AppClientsTable, appClientsTable } from "./table.ts";

type AppClientRow = Omit<AppClientsTable, "key" | "pool_key"> & { readonly pool_id: string };

export interface AppClientRepository {
  /** @throws AlreadyExists the id is taken, in whichever pool: ids are unique over all pools */
  insert(client: AppClientRecord): Promise<void>;
  /** By its id alone: unsigned operations have nothing else to find the pool by. */
  get(clientId: string): Promise<AppClientRecord | undefined>;
  update(
    clientId: string,
    change: (client: AppClientRecord) => AppClientRecord,
  ): Promise<AppClientRecord | undefined>;
  /** Deletes the client and its sign-ins. @returns whether there was one */
  delete(clientId: string): Promise<boolean>;
  /** A pool's clients in order of creation. */
  list(poolId: string, page: PageRequest): Promise<Page<AppClientRecord>>;
  count(poolId: string): Promise<number>;
}

export class SqlAppClientRepository implements AppClientRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  insert(client: AppClientRecord): Promise<void> {
    const row = this.#toRow(client);
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      await insertingOwned(`user pool as ${client.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is an app client with the id ${client.id}.`),
          async () => writer.run(insertClient, { key: await nextKey(writer), ...row }),
        ),
      );
    });
  }

  get(clientId: string): Promise<AppClientRecord | undefined> {
    return this.#session.cached(`client ${clientId}`, async () => {
      const row = await this.#session.reader.first(selectClient, { id: clientId });
      return row && this.#toRecord(row);
    });
  }

  update(
    clientId: string,
    change: (client: AppClientRecord) => AppClientRecord,
  ): Promise<AppClientRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectClient, { id: clientId });
      if (!row) return undefined;
      const client = this.#toRecord(row);
      const changed = change(client);
      if (changed === client) return client;
      writer.configurationChanged();
      await writer.run(updateClient, this.#toRow(changed));
      return deepFreeze(changed);
    });
  }

  delete(clientId: string): Promise<boolean> {
    return this.#session.write(async (writer) => {
      const deleted = await writer.first(deleteClient, { id: clientId });
      if (!deleted) return false;
      writer.configurationChanged();
      await removeAtOnce(writer, "client", { key: deleted.key, id: clientId });
      return true;
    });
  }

  list(poolId: string, page: PageRequest): Promise<Page<AppClientRecord>> {
    return readPage(["clients", poolId], page, [Number.MIN_SAFE_INTEGER, ""], {
      fetch: ([createdAt, id], limit) =>
        this.#session.reader.all(selectClients, {
          poolId,
          createdAt: Number(createdAt),
          id: String(id),
          limit,
        }),
      keyOf: (row) => [row.created_at, row.id],
      recordOf: (row) => this.#toRecord(row),
    });
  }

  async count(poolId: string): Promise<number> {
    const counted = await this.#session.reader.first(countClients, { poolId });
    return Number(counted?.clients ?? 0);
  }

  #toRow(client: AppClientRecord): AppClientRow {
    return {
      id: client.id,
      pool_id: client.poolId,
      name: client.name,
      sealed_secrets:
        client.secrets.length === 0
          ? null
          : sealJson(this.#sealer, client.secrets, secretsContext(client.id)),
      settings: toJson(client.settings),
      created_at: client.createdAt,
      last_modified_at: client.lastModifiedAt,
    };
  }

  #toRecord(row: AppClientRow): AppClientRecord {
    return deepFreeze({
      poolId: row.pool_id,
      id: row.id,
      name: row.name,
      secrets: row.sealed_secrets
        ? openJson<AppClientSecret[]>(this.#sealer, row.sealed_secrets, secretsContext(row.id))
        : [],
      settings: fromJson<AppClientRecord["settings"]>(row.settings),
      createdAt: row.created_at,
      lastModifiedAt: row.last_modified_at,
    });
  }
}

function secretsContext(clientId: string): string {
  return sealContext(appClientsTable, "sealed_secrets", { id: clientId });
}

const clientColumns = [
  "app_clients.id",
  "pools.id as pool_id",
  "app_clients.name",
  "app_clients.sealed_secrets",
  "app_clients.settings",
  "app_clients.created_at",
  "app_clients.last_modified_at",
] as const;

const insertClient = prepared<AppClientRow & { key: number }>()((db, p) =>
  db.insertInto("app_clients").values({
    key: p("key"),
    id: p("id"),
    pool_key: poolKeyFor(db, p("pool_id")),
    name: p("name"),
    sealed_secrets: p("sealed_secrets"),
    settings: p("settings"),
    created_at: p("created_at"),
    last_modified_at: p("last_modified_at"),
  }),
);

const selectClient = prepared<{ id: string }>()((db, p) =>
  db
    .selectFrom("app_clients")
    .innerJoin("pools", "pools.key", "app_clients.pool_key")
    .select(clientColumns)
    .where("app_clients.id", "=", p("id")),
);

const updateClient = prepared<AppClientRow>()((db, p) =>
  db
    .updateTable("app_clients")
    .set({
      name: p("name"),
      sealed_secrets: p("sealed_secrets"),
      settings: p("settings"),
      last_modified_at: p("last_modified_at"),
    })
    .where("id", "=", p("id")),
);

const deleteClient = prepared<{ id: string }>()((db, p) =>
  db.deleteFrom("app_clients").where("id", "=", p("id")).returning("key"),
);

const selectClients = prepared<{ poolId: string; createdAt: number; id: string; limit: number }>()((db, p) =>
  db
    .selectFrom("app_clients")
    .innerJoin("pools", "pools.key", "app_clients.pool_key")
    .select(clientColumns)
    .where("app_clients.pool_key", "=", poolKeyOf(db, p("poolId")))
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("app_clients.created_at", "app_clients.id"), ">", tuple(p("createdAt"), p("id"))),
    )
    .orderBy("app_clients.created_at")
    .orderBy("app_clients.id")
    .limit(atMost(p("limit"))),
);

/** Scanned: a pool has at most some thousands. */
const countClients = prepared<{ poolId: string }>()((db, p) =>
  db
    .selectFrom("app_clients")
    .select((eb) => eb.fn.countAll<number | string>().as("clients"))
    .where("pool_key", "=", poolKeyOf(db, p("poolId"))),
);
