import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "../../test/support/database.ts";
import { stoppedClock } from "../clock.ts";
import { describeStore } from "./contract/index.ts";
import { openPostgresStore } from "./postgres/index.ts";
import { openSqliteStore } from "./sqlite/index.ts";
import { openTestStore, transparentSealer } from "./testing.ts";

const options = { sealer: transparentSealer, clock: stoppedClock(0) };

describeStore("SQLite in memory", async () => ({
  store: await openTestStore(),
  dispose: async () => undefined,
}));

describeStore("SQLite in a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cognate-sqlite-"));
  return {
    store: await openSqliteStore({ ...options, file: join(folder, "cognate.db") }),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
});

describeStore("Postgres", async () => ({
  store: await openPostgresStore({ ...options, url: await createDatabase() }),
  dispose: async () => undefined,
}));
