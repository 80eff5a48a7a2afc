import type { Session } from "../engine.ts";
import { prepared } from "../query.ts";
import type { InstallationTable } from "./table.ts";

export interface InstallationRepository {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
}

export class SqlInstallationRepository implements InstallationRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async get(name: string): Promise<string | undefined> {
    return (await this.#session.reader.first(selectValue, { name }))?.value;
  }

  async set(name: string, value: string): Promise<void> {
    await this.#session.write((writer) => writer.run(upsertValue, { name, value }));
  }
}

const selectValue = prepared<{ name: string }>()((db, p) =>
  db.selectFrom("installation").select("value").where("name", "=", p("name")),
);

const upsertValue = prepared<InstallationTable>()((db, p) =>
  db
    .insertInto("installation")
    .values({ name: p("name"), value: p("value") })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: p("value") })),
);
