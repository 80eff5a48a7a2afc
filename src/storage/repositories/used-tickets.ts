import type { Session } from "../engine.ts";
import { atMost, prepared } from "../query.ts";
import type { UsedTicketRepository } from "../store.ts";
import type { UsedTicketsTable } from "../tables.ts";

/** Rows that one call of a `deleteExpired` removes at most: some milliseconds of work. */
export const DELETED_AT_A_TIME = 1000;

export class SqlUsedTicketRepository implements UsedTicketRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async use(id: string, expiresAt: number): Promise<boolean> {
    const written = await this.#session.write((writer) =>
      writer.run(insertSpent, { id, expires_at: expiresAt }),
    );
    return written > 0;
  }

  async isUsed(id: string): Promise<boolean> {
    return (await this.#session.reader.first(selectSpent, { id })) !== undefined;
  }

  deleteExpired(before: number): Promise<number> {
    return this.#session.write((writer) => writer.run(deleteExpired, { before, limit: DELETED_AT_A_TIME }));
  }
}

const insertSpent = prepared<UsedTicketsTable>()((db, p) =>
  db
    .insertInto("used_tickets")
    .values({ id: p("id"), expires_at: p("expires_at") })
    .onConflict((conflict) => conflict.column("id").doNothing()),
);

const selectSpent = prepared<{ id: string }>()((db, p) =>
  db.selectFrom("used_tickets").select("id").where("id", "=", p("id")),
);

const deleteExpired = prepared<{ before: number; limit: number }>()((db, p) =>
  db.deleteFrom("used_tickets").where(
    "id",
    "in",
    db
      .selectFrom("used_tickets")
      .select("id")
      .where("expires_at", "<", p("before"))
      .orderBy("expires_at")
      .limit(atMost(p("limit"))),
  ),
);
