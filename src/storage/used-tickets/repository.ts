import type { Session } from "../engine.ts";
import { prepared } from "../query.ts";
import type { UsedTicketsTable } from "./table.ts";

/** Ids that can be used once, for example of answered Sessions, authorization codes and console sessions that ended. */
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
      writer.run(insertUsed, { id, expires_at: expiresAt }),
    );
    return written > 0;
  }

  async isUsed(id: string): Promise<boolean> {
    return (await this.#session.reader.first(selectUsed, { id })) !== undefined;
  }
}

const insertUsed = prepared<UsedTicketsTable>()((db, p) =>
  db
    .insertInto("used_tickets")
    .values({ id: p("id"), expires_at: p("expires_at") })
    .onConflict((conflict) => conflict.column("id").doNothing()),
);

const selectUsed = prepared<{ id: string }>()((db, p) =>
  db.selectFrom("used_tickets").select("id").where("id", "=", p("id")),
);
