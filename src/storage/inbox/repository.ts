import type { Session } from "../engine.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared, type Query } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealContext, sealJson } from "../sealing.ts";
import type { InboxMessageRecord } from "./record.ts";
import { type InboxTable, inboxTable } from "./table.ts";

type InboxFilter = Parameters<InboxRepository["list"]>[0];

export interface InboxRepository {
  insert(message: InboxMessageRecord): Promise<void>;
  /** Newest first; all pools' when no pool is named. */
  list(
    filter: { poolId?: string | undefined; destination?: string | undefined; username?: string | undefined },
    page: PageRequest,
  ): Promise<Page<InboxMessageRecord>>;
  delete(id: string): Promise<boolean>;
  deleteAll(): Promise<void>;
}

export class SqlInboxRepository implements InboxRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  async insert(message: InboxMessageRecord): Promise<void> {
    const { subject, body, code, link } = message;
    const row: InboxTable = {
      id: message.id,
      pool_id: message.poolId,
      username: message.username,
      medium: message.medium,
      destination: message.destination,
      purpose: message.purpose,
      sent_at: message.sentAt,
      sealed_content: sealJson(this.#sealer, { subject, body, code, link }, contentContext(message.id)),
    };
    await this.#session.write((writer) => writer.run(insertMessage, row));
  }

  list(filter: InboxFilter, page: PageRequest): Promise<Page<InboxMessageRecord>> {
    const { poolId, destination, username } = filter;
    const list = ["inbox", poolId, destination, username];
    return readPage(list, page, [Number.MAX_SAFE_INTEGER, ""], {
      fetch: ([sentAt, id], limit) =>
        this.#session.reader.all(messagesWith(filter), {
          poolId: poolId ?? "",
          destination: destination ?? "",
          username: username ?? "",
          sentAt: Number(sentAt),
          id: String(id),
          limit,
        }),
      keyOf: (row) => [row.sent_at, row.id],
      recordOf: (row) => this.#toRecord(row),
    });
  }

  async delete(id: string): Promise<boolean> {
    return (await this.#session.write((writer) => writer.run(deleteMessage, { id }))) > 0;
  }

  async deleteAll(): Promise<void> {
    await this.#session.write((writer) => writer.run(deleteMessages, {}));
  }

  #toRecord(row: InboxTable): InboxMessageRecord {
    const content = openJson<Pick<InboxMessageRecord, "subject" | "body" | "code" | "link">>(
      this.#sealer,
      row.sealed_content,
      contentContext(row.id),
    );
    return {
      id: row.id,
      poolId: row.pool_id,
      username: row.username,
      medium: row.medium,
      destination: row.destination,
      ...content,
      purpose: row.purpose,
      sentAt: row.sent_at,
    };
  }
}

function contentContext(id: string): string {
  return sealContext(inboxTable, "sealed_content", { id });
}

const insertMessage = prepared<InboxTable>()((db, p) =>
  db.insertInto("inbox").values({
    id: p("id"),
    pool_id: p("pool_id"),
    username: p("username"),
    medium: p("medium"),
    destination: p("destination"),
    purpose: p("purpose"),
    sent_at: p("sent_at"),
    sealed_content: p("sealed_content"),
  }),
);

const deleteMessage = prepared<{ id: string }>()((db, p) => db.deleteFrom("inbox").where("id", "=", p("id")));

const deleteMessages = prepared<Record<never, never>>()((db) => db.deleteFrom("inbox"));

interface ListParameters {
  poolId: string;
  destination: string;
  username: string;
  sentAt: number;
  id: string;
  limit: number;
}

/** One query for each used set of filters. */
const lists = new Map<string, Query<ListParameters, InboxTable>>();

function messagesWith({ poolId, destination, username }: InboxFilter): Query<ListParameters, InboxTable> {
  const has = [poolId, destination, username].map((value) => value !== undefined);
  let query = lists.get(has.join());
  if (!query) {
    const [ofPool, ofDestination, ofUsername] = has;
    query = prepared<ListParameters>()((db, p) =>
      db
        .selectFrom("inbox")
        .selectAll()
        .$if(ofPool === true, (q) => q.where("pool_id", "=", p("poolId")))
        .$if(ofDestination === true, (q) => q.where("destination", "=", p("destination")))
        .$if(ofUsername === true, (q) => q.where("username", "=", p("username")))
        .where(({ eb, refTuple, tuple }) => eb(refTuple("sent_at", "id"), "<", tuple(p("sentAt"), p("id"))))
        .orderBy("sent_at", "desc")
        .orderBy("id", "desc")
        .limit(atMost(p("limit"))),
    );
    lists.set(has.join(), query);
  }
  return query;
}
