import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { settingsFrom } from "../config/index.ts";
import { namesOf } from "../data-directory.ts";
import { startServer } from "./start.ts";

it("refuses to start without the master key that sealed its database, and makes no other", async () => {
  const dataDir = temporaryFolder();
  const settings = settingsFrom("serve", { dataDir, port: 0, logLevel: "error" });
  const startAndStop = async () => (await startServer(settings)).stop();
  await startAndStop();
  const { database, masterKey } = namesOf(dataDir);
  await rename(masterKey, `${masterKey}.lost`);
  await expect(startAndStop()).rejects.toThrow(`There is no ${masterKey}, whose key sealed the database`);
  expect(existsSync(masterKey)).toBe(false);

  await rename(`${masterKey}.lost`, masterKey);
  await startAndStop();
  await rm(masterKey);
  await rm(database);
  await startAndStop();
});
