import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { settingsFrom } from "../config/index.ts";
import { CannotOpen } from "../crypto/index.ts";
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

it("refuses to start with another master key when the first administrator's access key was deleted", async () => {
  const dataDir = temporaryFolder();
  const startWith = (byte: number) => {
    const masterKey = Buffer.alloc(32, byte).toString("base64");
    return startServer(settingsFrom("dev", { dataDir, port: 0, logLevel: "error", masterKey }));
  };
  const server = await startWith(1);
  const database = new DatabaseSync(namesOf(dataDir).database);
  const pool = database.prepare("select id from pools").get();
  // The first look at the keys of a pool makes them.
  expect((await fetch(`${server.url}/${pool?.id}/.well-known/jwks.json`)).status).toBe(200);
  await server.stop();
  database.exec("delete from access_keys");
  database.close();
  await expect(startWith(2)).rejects.toThrow(CannotOpen);
  await (await startWith(1)).stop();
});
