import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { deepFreeze, fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared } from "../query.ts";
import type { ResourceServerRecord } from "./record.ts";
import type { ResourceServersTable } from "./table.ts";

export interface ResourceServerRepository {
  /**
   * @throws AlreadyExists the identifier is taken in the pool
   * @throws OwnerMissing there is no such pool
   */
  insert(server: ResourceServerRecord): Promise<void>;
  /** Configuration: cached, frozen. */
  get(poolId: string, identifier: string): Promise<ResourceServerRecord | undefined>;
  /** Reads, applies the pure `change` and writes back as one step; undefined when there is none. */
  update(
    poolId: string,
    identifier: string,
    change: (server: ResourceServerRecord) => ResourceServerRecord,
  ): Promise<ResourceServerRecord | undefined>;
  /** @returns whether there was one */
  delete(poolId: string, identifier: string): Promise<boolean>;
  /** By identifier. */
  list(poolId: string, page: PageRequest): Promise<Page<ResourceServerRecord>>;
}

type ResourceServerRow = Omit<ResourceServersTable, "pool_key">;

export class SqlResourceServerRepository implements ResourceServerRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  insert(server: ResourceServerRecord): Promise<void> {
    const row = { ...toRow(server), poolId: server.poolId };
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      await insertingOwned(`user pool as ${server.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is a resource server with the identifier ${server.identifier}.`),
          () => writer.run(insertServer, row),
        ),
      );
    });
  }

  get(poolId: string, identifier: string): Promise<ResourceServerRecord | undefined> {
    return this.#session.cached(`resource server ${poolId} ${identifier}`, async () => {
      const row = await this.#session.reader.first(selectServer, { poolId, identifier });
      return row && toRecord(poolId, row);
    });
  }

  update(
    poolId: string,
    identifier: string,
    change: (server: ResourceServerRecord) => ResourceServerRecord,
  ): Promise<ResourceServerRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectServer, { poolId, identifier });
      if (!row) return undefined;
      const server = toRecord(poolId, row);
      const changed = change(server);
      if (changed === server) return server;
      writer.configurationChanged();
      await writer.run(updateServer, { ...toRow(changed), poolId });
      return deepFreeze(changed);
    });
  }

  delete(poolId: string, identifier: string): Promise<boolean> {
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      return (await writer.run(deleteServer, { poolId, identifier })) > 0;
    });
  }

  list(poolId: string, page: PageRequest): Promise<Page<ResourceServerRecord>> {
    return readPage(["resource servers", poolId], page, [""], {
      fetch: ([after], limit) =>
        this.#session.reader.all(selectServers, { poolId, after: String(after), limit }),
      keyOf: (row) => [row.identifier],
      recordOf: (row) => toRecord(poolId, row),
    });
  }
}

function toRow({ identifier, name, scopes }: ResourceServerRecord): ResourceServerRow {
  return { identifier, name, scopes: toJson(scopes) };
}

function toRecord(poolId: string, { identifier, name, scopes }: ResourceServerRow): ResourceServerRecord {
  return deepFreeze({
    poolId,
    identifier,
    name,
    scopes: fromJson<ResourceServerRecord["scopes"]>(scopes),
  });
}

const serverColumns = ["identifier", "name", "scopes"] as const;

const insertServer = prepared<ResourceServerRow & { poolId: string }>()((db, p) =>
  db.insertInto("resource_servers").values({
    pool_key: poolKeyFor(db, p("poolId")),
    identifier: p("identifier"),
    name: p("name"),
    scopes: p("scopes"),
  }),
);

const selectServer = prepared<{ poolId: string; identifier: string }>()((db, p) =>
  db
    .selectFrom("resource_servers")
    .select(serverColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("identifier", "=", p("identifier")),
);

const updateServer = prepared<ResourceServerRow & { poolId: string }>()((db, p) =>
  db
    .updateTable("resource_servers")
    .set({ name: p("name"), scopes: p("scopes") })
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("identifier", "=", p("identifier")),
);

const deleteServer = prepared<{ poolId: string; identifier: string }>()((db, p) =>
  db
    .deleteFrom("resource_servers")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("identifier", "=", p("identifier")),
);

const selectServers = prepared<{ poolId: string; after: string; limit: number }>()((db, p) =>
  db
    .selectFrom("resource_servers")
    .select(serverColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("identifier", ">", p("after"))
    .orderBy("identifier")
    .limit(atMost(p("limit"))),
);
