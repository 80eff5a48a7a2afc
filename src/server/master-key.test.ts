import { existsSync } from "node:fs";
import { readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, it } from "vitest";
import { createDatabase } from "../../test/support/database.ts";
import { freePort } from "../../test/support/free-port.ts";
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

it("refuses an empty database beside the files of a server that ran there", async () => {
  const dataDir = temporaryFolder();
  const settings = settingsFrom("serve", { dataDir, port: 0, logLevel: "error" });
  const startAndStop = async () => (await startServer(settings)).stop();
  const { config, database, masterKey } = namesOf(dataDir);
  // A first start that was cut short leaves such a file, and nothing else.
  await writeFile(database, "");
  await startAndStop();

  await truncate(database);
  await rm(config);
  await expect(startAndStop()).rejects.toThrow(`The database ${database} is empty`);
  const withKey = settingsFrom("serve", {
    dataDir,
    port: 0,
    logLevel: "error",
    masterKey: Buffer.alloc(32).toString("base64"),
  });
  await rm(masterKey);
  await writeFile(config, "");
  await expect(startServer(withKey)).rejects.toThrow(`The database ${database} is empty`);
  await rm(database);
  await startAndStop();
});

it("refuses a database whose log is missing, beside the files of a server that ran there", async () => {
  const dataDir = temporaryFolder();
  const settings = settingsFrom("serve", { dataDir, port: 0, logLevel: "error" });
  const { database } = namesOf(dataDir);
  const server = await startServer(settings);
  // All that a young server has written is in the log.
  const withoutLog = await readFile(database);
  await server.stop();
  await writeFile(database, withoutLog);
  await expect(startServer(settings)).rejects.toThrow(`The database ${database} is empty`);
});

it.each(["in memory", "on Postgres that another key sealed", "on Postgres that does not answer"])(
  "makes no master key for a server %s",
  async (where) => {
    const dataDir = temporaryFolder();
    const start = (values: object) =>
      startServer(settingsFrom("dev", { dataDir, port: 0, logLevel: "error", ...values }));
    if (where === "in memory") {
      await (await start({ inMemory: true })).stop();
    } else if (where === "on Postgres that another key sealed") {
      const databaseUrl = await createDatabase();
      const masterKey = Buffer.alloc(32, 1).toString("base64");
      await (await start({ databaseUrl, masterKey })).stop();
      const file = namesOf(dataDir).masterKey;
      await expect(start({ databaseUrl })).rejects.toThrow(
        `There is no ${file}, whose key sealed the database`,
      );
    } else {
      const databaseUrl = `postgres://cognate@127.0.0.1:${await freePort()}/cognate`;
      await expect(start({ databaseUrl })).rejects.toThrow("Postgres cannot be used");
    }
    expect(existsSync(namesOf(dataDir).masterKey)).toBe(false);
  },
);

it("gives nodes on Postgres that start at once in one data folder the same new master key", async () => {
  const databaseUrl = await createDatabase();
  const dataDir = temporaryFolder();
  const settings = settingsFrom("serve", { dataDir, databaseUrl, port: 0, logLevel: "error" });
  const nodes = await Promise.all([1, 2, 3].map(() => startServer(settings)));
  for (const node of nodes) await node.stop();
  await (await startServer(settings)).stop();
});

it.each([
  ["a pool's signing key", "access_keys", "users"],
  ["a user's password", "access_keys", "signing_keys"],
])("refuses to start with another master key if the only secret is %s", async (_secret, ...without) => {
  const dataDir = temporaryFolder();
  const startWith = (byte: number) => {
    const masterKey = Buffer.alloc(32, byte).toString("base64");
    return startServer(settingsFrom("dev", { dataDir, port: 0, logLevel: "error", masterKey }));
  };
  const server = await startWith(1);
  const database = new DatabaseSync(namesOf(dataDir).database);
  const UserPoolId = String(database.prepare("select id from pools").get()?.id);
  // The first look at the keys of a pool makes them.
  expect((await fetch(`${server.url}/${UserPoolId}/.well-known/jwks.json`)).status).toBe(200);
  const cognito = new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  });
  const user = {
    UserPoolId,
    Username: "taro@example.com",
    TemporaryPassword: "Temporary-1",
    MessageAction: "SUPPRESS",
  } as const;
  await cognito.send(new AdminCreateUserCommand(user));
  cognito.destroy();
  await server.stop();
  for (const table of ["spare_keys", ...without]) database.exec(`delete from ${table}`);
  database.close();
  await expect(startWith(2)).rejects.toThrow(CannotOpen);
  await (await startWith(1)).stop();
});

it("needs all master keys until everything is sealed under the first one", async () => {
  const dataDir = temporaryFolder();
  const keys = [1, 2, 3].map((byte) => Buffer.alloc(32, byte).toString("base64"));
  const start = (...given: number[]) => {
    const masterKey = given.map((key) => keys[key - 1]).join();
    return startServer(settingsFrom("dev", { dataDir, port: 0, logLevel: "silent", masterKey }));
  };
  const first = await start(1);
  const database = new DatabaseSync(namesOf(dataDir).database);
  const poolId = String(database.prepare("select id from pools").get()?.id);
  await fetch(`${first.url}/${poolId}/.well-known/jwks.json`);
  await first.stop();
  // What ends the sealing in the middle, as a kill does.
  const kept = database.prepare("select * from signing_keys order by kid desc limit 1").get();
  const seal = database.prepare("update signing_keys set sealed_private_key = ? where kid = ?");
  seal.run(new Uint8Array(100), kept?.kid ?? null);
  await (await start(2, 1)).stop();
  seal.run(kept?.sealed_private_key ?? null, kept?.kid ?? null);
  database.close();

  for (const given of [[2], [1], [3, 2]]) {
    await expect(start(...given)).rejects.toThrow("the setting masterKey lacks one of the keys that it had");
  }
  await (await start(3, 2, 1)).stop();
  await (await start(3)).stop();
});
