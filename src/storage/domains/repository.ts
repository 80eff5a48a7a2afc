import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { deepFreeze, fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { prepared } from "../query.ts";
import type { DomainRecord } from "./record.ts";
import type { DomainsTable } from "./table.ts";

export interface DomainRepository {
  /**
   * @throws AlreadyExists the domain is taken, in whichever pool
   * @throws OwnerMissing there is no such pool
   */
  insert(domain: DomainRecord): Promise<void>;
  /** By its name alone, since a request has nothing else. Configuration: cached, frozen. */
  get(domain: string): Promise<DomainRecord | undefined>;
  /** Reads, applies the pure `change` and writes back as one step; undefined when there is none. */
  update(domain: string, change: (domain: DomainRecord) => DomainRecord): Promise<DomainRecord | undefined>;
  /** @returns whether there was one */
  delete(domain: string): Promise<boolean>;
  /** A pool's domains in order of creation: few. Configuration: cached, frozen. */
  listOfPool(poolId: string): Promise<readonly DomainRecord[]>;
}

type DomainRow = Omit<DomainsTable, "pool_key"> & { readonly pool_id: string };

export class SqlDomainRepository implements DomainRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  insert(domain: DomainRecord): Promise<void> {
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      await insertingOwned(`user pool as ${domain.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is a domain with the name ${domain.domain}.`),
          () => writer.run(insertDomain, toRow(domain)),
        ),
      );
    });
  }

  get(domain: string): Promise<DomainRecord | undefined> {
    return this.#session.cached(`domain ${domain}`, async () => {
      const row = await this.#session.reader.first(selectDomain, { domain });
      return row && toRecord(row);
    });
  }

  update(domain: string, change: (domain: DomainRecord) => DomainRecord): Promise<DomainRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectDomain, { domain });
      if (!row) return undefined;
      const record = toRecord(row);
      const changed = change(record);
      if (changed === record) return record;
      writer.configurationChanged();
      await writer.run(updateDomain, { domain, settings: toJson(changed.settings) });
      return deepFreeze(changed);
    });
  }

  delete(domain: string): Promise<boolean> {
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      return (await writer.run(deleteDomain, { domain })) > 0;
    });
  }

  async listOfPool(poolId: string): Promise<readonly DomainRecord[]> {
    const domains = await this.#session.cached(`domains ${poolId}`, async () => {
      const rows = await this.#session.reader.all(selectDomains, { poolId });
      return rows.map(toRecord);
    });
    return domains ?? [];
  }
}

function toRow({ domain, poolId, settings, createdAt }: DomainRecord): DomainRow {
  return { domain, pool_id: poolId, settings: toJson(settings), created_at: createdAt };
}

function toRecord(row: DomainRow): DomainRecord {
  return deepFreeze({
    domain: row.domain,
    poolId: row.pool_id,
    settings: fromJson<DomainRecord["settings"]>(row.settings),
    createdAt: row.created_at,
  });
}

const domainColumns = [
  "domains.domain",
  "pools.id as pool_id",
  "domains.settings",
  "domains.created_at",
] as const;

const insertDomain = prepared<DomainRow>()((db, p) =>
  db.insertInto("domains").values({
    domain: p("domain"),
    pool_key: poolKeyFor(db, p("pool_id")),
    settings: p("settings"),
    created_at: p("created_at"),
  }),
);

const selectDomain = prepared<{ domain: string }>()((db, p) =>
  db
    .selectFrom("domains")
    .innerJoin("pools", "pools.key", "domains.pool_key")
    .select(domainColumns)
    .where("domains.domain", "=", p("domain")),
);

const updateDomain = prepared<{ domain: string; settings: string }>()((db, p) =>
  db
    .updateTable("domains")
    .set({ settings: p("settings") })
    .where("domain", "=", p("domain")),
);

const deleteDomain = prepared<{ domain: string }>()((db, p) =>
  db.deleteFrom("domains").where("domain", "=", p("domain")),
);

const selectDomains = prepared<{ poolId: string }>()((db, p) =>
  db
    .selectFrom("domains")
    .innerJoin("pools", "pools.key", "domains.pool_key")
    .select(domainColumns)
    .where("domains.pool_key", "=", poolKeyOf(db, p("poolId")))
    .orderBy("domains.created_at")
    .orderBy("domains.domain"),
);
