import type { Session } from "../engine.ts";
import { prepared } from "../query.ts";
import type { UsedTicketsTable } from "./table.ts";

/** Rows that one call of a `deleteExpired` removes at most: some milliseconds of work. */

/** Things that can be used once: the ids of answered Sessions and of SRP secret blocks. */
export interface UsedTicketRepository {
  /** Marks `id` as used. @returns false when it was used before */
  use(id: string, expiresAt: number): Promise<boolean>;
  isUsed(id: string): Promise<boolean>;
}

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
