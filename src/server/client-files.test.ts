import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatabase } from "../../test/support/database.ts";
import { defaultSettings, type Settings } from "../config/index.ts";
import { DatabaseInUse } from "../storage/index.ts";
import { type RunningServer, startServer } from "./start.ts";

let dataDir: string;
const running = new Set<RunningServer>();
const start = async (where: Partial<Settings>) => {
  const server = await startServer({
    ...defaultSettings("dev"),
    port: 0,
    demo: false,
    dataDir,
    logLevel: "error",
    ...where,
  });
  running.add(server);
  return server;
};
const stop = async (server: RunningServer) => {
  running.delete(server);
  await server.stop();
};
const configOf = ({ files }: RunningServer) => readFile(files.config, "utf8");
const clientFilesOf = (server: RunningServer) =>
  Promise.all([configOf(server), readFile(server.files.credentials, "utf8")]);
const onSqlite = { inMemory: false };
const inMemory = { inMemory: true };
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "cognate-"));
});
afterEach(async () => {
  await Promise.all([...running].map(stop));
  await rm(dataDir, { recursive: true });
});

describe("a server in memory", () => {
  it("writes the files for clients into the data folder, and no database", async () => {
    const server = await start(inMemory);
    expect(server.files.config).toBe(join(dataDir, "config"));
    expect(await configOf(server)).toContain(server.url);
    expect(existsSync(server.files.database)).toBe(false);
  });

  it.each([
    ["a database", onSqlite],
    ["memory", inMemory],
  ])(
    "does not change the files of a running server on %s, and removes its own at its end",
    async (_, where) => {
      const first = await start(where);
      const before = await clientFilesOf(first);
      const second = await start(inMemory);
      expect(dirname(second.files.config)).not.toBe(dataDir);
      expect(await configOf(second)).toContain(second.url);
      expect(await clientFilesOf(first)).toEqual(before);
      await stop(second);
      expect(existsSync(dirname(second.files.config))).toBe(false);
      await stop(first);
      expect((await start(inMemory)).files.config).toBe(join(dataDir, "config"));
    },
  );

  it("prevents a server on a database from using its data folder", async () => {
    const server = await start(inMemory);
    await expect(start(onSqlite)).rejects.toThrow(DatabaseInUse);
    await stop(server);
    await start(onSqlite);
    expect(readdirSync(dataDir)).toContain("cognate.db");
  });
});

describe("a server on Postgres", () => {
  it("writes the files for clients into the data folder", async () => {
    const server = await start({ databaseUrl: await createDatabase() });
    expect(server.files.config).toBe(join(dataDir, "config"));
    expect(await configOf(server)).toContain(server.url);
    expect(existsSync(server.files.database)).toBe(false);
  });

  it("does not change the files of a running server on SQLite, and removes its own at its end", async () => {
    const first = await start(onSqlite);
    const before = await clientFilesOf(first);
    const second = await start({ databaseUrl: await createDatabase() });
    expect(dirname(second.files.config)).not.toBe(dataDir);
    expect(await configOf(second)).toContain(second.url);
    expect(await readFile(second.files.credentials, "utf8")).toContain(second.administrator?.accessKeyId);
    expect(await clientFilesOf(first)).toEqual(before);
    await stop(second);
    expect(existsSync(dirname(second.files.config))).toBe(false);
    expect(await clientFilesOf(first)).toEqual(before);
  });

  it("uses the data folder's master key, as another node of the same database does", async () => {
    const databaseUrl = await createDatabase();
    const first = await start({ databaseUrl });
    const before = await clientFilesOf(first);
    const second = await start({ databaseUrl });
    expect(second.files.masterKey).toBe(first.files.masterKey);
    expect(second.administrator).toEqual(first.administrator);
    expect(await clientFilesOf(first)).toEqual(before);
  });

  it("prevents a server on SQLite from using its data folder", async () => {
    await start({ databaseUrl: await createDatabase() });
    await expect(start(onSqlite)).rejects.toThrow(DatabaseInUse);
  });
});

describe("a server that could not start", () => {
  it.each([
    ["because its certificate is missing", { ...onSqlite, tlsCertificate: "/none", tlsKey: "/none" }],
    ["because its master key is none", { ...inMemory, masterKey: "none" }],
    ["because its Postgres does not answer", { databaseUrl: "postgres://cognate@127.0.0.1:1/none" }],
  ])("%s leaves the data folder to the next one", async (_, where) => {
    await expect(start(where)).rejects.toThrow();
    const server = await start(onSqlite);
    expect(server.files.config).toBe(join(dataDir, "config"));
  });
});
