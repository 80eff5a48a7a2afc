import type { Session } from "../engine.ts";
import { fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared } from "../query.ts";
import type { AuthEventRecord } from "./record.ts";
import type { AuthEventsTable } from "./table.ts";

export interface AuthEventRepository {
  /** @throws OwnerMissing there is no such user */
  insert(event: AuthEventRecord): Promise<void>;
  /** Reads, applies the pure `change` and writes back as one step; undefined when there is no such event. */
  update(
    poolId: string,
    sub: string,
    id: string,
    change: (event: AuthEventRecord) => AuthEventRecord,
  ): Promise<AuthEventRecord | undefined>;
  /** Newest first. */
  listOfUser(poolId: string, sub: string, page: PageRequest): Promise<Page<AuthEventRecord>>;
}

type AuthEventRow = Omit<AuthEventsTable, "pool_key">;

export class SqlAuthEventRepository implements AuthEventRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async insert(record: AuthEventRecord): Promise<void> {
    const { poolId, sub, id, createdAt } = record;
    const row = { poolId, sub, id, event: contentOf(record), created_at: createdAt };
    await this.#session.write((writer) =>
      insertingOwned(`user as ${sub} of ${poolId}`, () => writer.run(insertEvent, row)),
    );
  }

  update(
    poolId: string,
    sub: string,
    id: string,
    change: (event: AuthEventRecord) => AuthEventRecord,
  ): Promise<AuthEventRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectEvent, { poolId, sub, id });
      if (!row) return undefined;
      const event = toRecord(poolId, row);
      const changed = change(event);
      if (changed !== event) await writer.run(updateEvent, { poolId, sub, id, event: contentOf(changed) });
      return changed;
    });
  }

  listOfUser(poolId: string, sub: string, page: PageRequest): Promise<Page<AuthEventRecord>> {
    return readPage(["auth events", poolId, sub], page, [Number.MAX_SAFE_INTEGER, ""], {
      fetch: ([createdAt, id], limit) =>
        this.#session.reader.all(selectEvents, {
          poolId,
          sub,
          createdAt: Number(createdAt),
          id: String(id),
          limit,
        }),
      keyOf: (row) => [row.created_at, row.id],
      recordOf: (row) => toRecord(poolId, row),
    });
  }
}

/** One column holds both, so that neither is a change of the schema. */
type Content = AuthEventRecord["event"] & { readonly signals?: AuthEventRecord["signals"] };

function contentOf({ event, signals }: AuthEventRecord): string {
  return toJson(signals === undefined ? event : { ...event, signals });
}

function toRecord(poolId: string, { sub, id, event: content, created_at }: AuthEventRow): AuthEventRecord {
  const { signals, ...event } = fromJson<Content>(content);
  return { poolId, sub, id, event, ...(signals !== undefined && { signals }), createdAt: created_at };
}

type EventKey = { poolId: string; sub: string; id: string };

const eventColumns = ["sub", "id", "event", "created_at"] as const;

const insertEvent = prepared<AuthEventRow & { poolId: string }>()((db, p) =>
  db.insertInto("auth_events").values({
    pool_key: poolKeyFor(db, p("poolId")),
    sub: p("sub"),
    id: p("id"),
    event: p("event"),
    created_at: p("created_at"),
  }),
);

const selectEvent = prepared<EventKey>()((db, p) =>
  db
    .selectFrom("auth_events")
    .select(eventColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where("id", "=", p("id")),
);

const updateEvent = prepared<EventKey & { event: string }>()((db, p) =>
  db
    .updateTable("auth_events")
    .set({ event: p("event") })
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where("id", "=", p("id")),
);

const selectEvents = prepared<EventKey & { createdAt: number; limit: number }>()((db, p) =>
  db
    .selectFrom("auth_events")
    .select(eventColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where(({ eb, refTuple, tuple }) => eb(refTuple("created_at", "id"), "<", tuple(p("createdAt"), p("id"))))
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(atMost(p("limit"))),
);
