import { regionOf } from "../../pool-ids.ts";
import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { deepFreeze, fromJson, toJson } from "../json.ts";
import { removeAtOnce, requestPurge } from "../maintenance/index.ts";
import { nextKey } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared } from "../query.ts";
import type { UserPoolRecord } from "./record.ts";
import type { PoolsTable } from "./table.ts";

export interface UserPoolRepository {
  /** @throws AlreadyExists the id is taken */
  insert(pool: UserPoolRecord): Promise<void>;
  get(poolId: string): Promise<UserPoolRecord | undefined>;
  /** Reads, applies the pure `change` and writes back as one step; undefined when there is no such pool. */
  update(
    poolId: string,
    change: (pool: UserPoolRecord) => UserPoolRecord,
  ): Promise<UserPoolRecord | undefined>;
  /** Deletes the pool and everything in it. @returns whether there was one */
  delete(poolId: string): Promise<boolean>;
  /** Pools whose id starts with `region` + `_`, in order of creation. */
  list(region: string, page: PageRequest): Promise<Page<UserPoolRecord>>;
  /** How many pools {@link list} would list. */
  count(region: string): Promise<number>;
}

export class SqlUserPoolRepository implements UserPoolRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  insert(pool: UserPoolRecord): Promise<void> {
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      const key = await nextKey(writer);
      await replacingViolation(
        "unique",
        () => new AlreadyExists(`There is a user pool with the id ${pool.id}.`),
        () =>
          writer.run(insertPool, {
            key,
            id: pool.id,
            region: regionOf(pool.id),
            name: pool.name,
            settings: toJson(pool.settings),
            created_at: pool.createdAt,
            last_modified_at: pool.lastModifiedAt,
          }),
      );
    });
  }

  get(poolId: string): Promise<UserPoolRecord | undefined> {
    return this.#session.cached(`pool ${poolId}`, async () => {
      const row = await this.#session.reader.first(selectPool, { id: poolId });
      return row && toPool(row);
    });
  }

  update(
    poolId: string,
    change: (pool: UserPoolRecord) => UserPoolRecord,
  ): Promise<UserPoolRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectPool, { id: poolId });
      if (!row) return undefined;
      const pool = toPool(row);
      const changed = change(pool);
      if (changed === pool) return pool;
      writer.configurationChanged();
      await writer.run(updatePool, {
        id: poolId,
        name: changed.name,
        settings: toJson(changed.settings),
        last_modified_at: changed.lastModifiedAt,
      });
      return deepFreeze(changed);
    });
  }

  delete(poolId: string): Promise<boolean> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectPool, { id: poolId });
      if (!row) return false;
      writer.configurationChanged();
      await removeAtOnce(writer, "pool", row);
      await writer.run(deletePool, { key: row.key });
      await requestPurge(writer, "pool", row.key);
      return true;
    });
  }

  list(region: string, page: PageRequest): Promise<Page<UserPoolRecord>> {
    return readPage(["pools", region], page, [0], {
      fetch: ([after], limit) =>
        this.#session.reader.all(selectPools, { region, after: Number(after), limit }),
      keyOf: (row) => [row.key],
      recordOf: toPool,
    });
  }

  async count(region: string): Promise<number> {
    const counted = await this.#session.reader.first(countPools, { region });
    return Number(counted?.pools ?? 0);
  }
}

function toPool(row: PoolsTable): UserPoolRecord {
  return deepFreeze({
    id: row.id,
    name: row.name,
    settings: fromJson<UserPoolRecord["settings"]>(row.settings),
    createdAt: row.created_at,
    lastModifiedAt: row.last_modified_at,
  });
}

const insertPool = prepared<PoolsTable>()((db, p) =>
  db.insertInto("pools").values({
    key: p("key"),
    id: p("id"),
    region: p("region"),
    name: p("name"),
    settings: p("settings"),
    created_at: p("created_at"),
    last_modified_at: p("last_modified_at"),
  }),
);

const selectPool = prepared<{ id: string }>()((db, p) =>
  db.selectFrom("pools").selectAll().where("id", "=", p("id")),
);

const updatePool = prepared<Pick<PoolsTable, "id" | "name" | "settings" | "last_modified_at">>()((db, p) =>
  db
    .updateTable("pools")
    .set({ name: p("name"), settings: p("settings"), last_modified_at: p("last_modified_at") })
    .where("id", "=", p("id")),
);

const deletePool = prepared<{ key: number }>()((db, p) => db.deleteFrom("pools").where("key", "=", p("key")));

const selectPools = prepared<{ region: string; after: number; limit: number }>()((db, p) =>
  db
    .selectFrom("pools")
    .selectAll()
    .where("region", "=", p("region"))
    .where("key", ">", p("after"))
    .orderBy("key")
    .limit(atMost(p("limit"))),
);

/** Scanned: a region has at most some thousands. */
const countPools = prepared<{ region: string }>()((db, p) =>
  db
    .selectFrom("pools")
    .select((eb) => eb.fn.countAll<number | string>().as("pools"))
    .where("region", "=", p("region")),
);
