import type { Session } from "../engine.ts";
import { fromJson, toJson } from "../json.ts";
import { prepared } from "../query.ts";
import type { UnknownNameCounts } from "./record.ts";
import type { UnknownNamesTable } from "./table.ts";

export interface UnknownNameRepository {
  /** Nothing is counted of a name that was not tried, or whose row has expired. */
  get(id: string): Promise<UnknownNameCounts>;
  /**
   * Reads the counts, applies `change` and writes them back as one step. `change` can run again after a conflict, so it must
   * be pure; what it throws leaves the counts as they are.
   *
   * @param expiresAt until when the counts matter, in milliseconds
   */
  update(
    id: string,
    expiresAt: number,
    change: (counts: UnknownNameCounts) => UnknownNameCounts,
  ): Promise<void>;
}

export class SqlUnknownNameRepository implements UnknownNameRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async get(id: string): Promise<UnknownNameCounts> {
    return countsIn(await this.#session.reader.first(selectCounts, { id }));
  }

  async update(
    id: string,
    expiresAt: number,
    change: (counts: UnknownNameCounts) => UnknownNameCounts,
  ): Promise<void> {
    await this.#session.write(async (writer) => {
      const counts = change(countsIn(await writer.first(selectCounts, { id })));
      await writer.run(putCounts, { id, counts: toJson(counts), expires_at: expiresAt });
    });
  }
}

const countsIn = (row: Pick<UnknownNamesTable, "counts"> | undefined): UnknownNameCounts =>
  row === undefined ? {} : fromJson(row.counts);

const selectCounts = prepared<{ id: string }>()((db, p) =>
  db.selectFrom("unknown_names").select("counts").where("id", "=", p("id")),
);

const putCounts = prepared<UnknownNamesTable>()((db, p) =>
  db
    .insertInto("unknown_names")
    .values({ id: p("id"), counts: p("counts"), expires_at: p("expires_at") })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((eb) => ({
        counts: eb.ref("excluded.counts"),
        expires_at: eb.ref("excluded.expires_at"),
      })),
    ),
);
