import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultSettings } from "../config/index.ts";
import { DatabaseInUse } from "../storage/index.ts";
import { type RunningServer, startServer } from "./start.ts";

describe("a server in memory", () => {
  let dataDir: string;
  const running = new Set<RunningServer>();
  const start = async (inMemory: boolean) => {
    const settings = {
      ...defaultSettings("dev"),
      port: 0,
      demo: false,
      dataDir,
      inMemory,
      logLevel: "error",
    };
    const server = await startServer(settings as Parameters<typeof startServer>[0]);
    running.add(server);
    return server;
  };
  const stop = async (server: RunningServer) => {
    running.delete(server);
    await server.stop();
  };
  const configOf = ({ files }: RunningServer) => readFile(files.config, "utf8");
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "cognate-"));
  });
  afterEach(async () => {
    await Promise.all([...running].map(stop));
    await rm(dataDir, { recursive: true });
  });

  it("writes the files for clients into the data folder, and no database", async () => {
    const server = await start(true);
    expect(server.files.config).toBe(join(dataDir, "config"));
    expect(await configOf(server)).toContain(server.url);
    expect(existsSync(server.files.database)).toBe(false);
  });

  it.each([
    ["a database", false],
    ["memory", true],
  ])(
    "leaves the files of a running server on %s alone, and removes its own at its end",
    async (_, inMemory) => {
      const first = await start(inMemory);
      const before = await Promise.all([configOf(first), readFile(first.files.credentials, "utf8")]);
      const second = await start(true);
      expect(dirname(second.files.config)).not.toBe(dataDir);
      expect(await configOf(second)).toContain(second.url);
      expect(await Promise.all([configOf(first), readFile(first.files.credentials, "utf8")])).toEqual(before);
      await stop(second);
      expect(existsSync(dirname(second.files.config))).toBe(false);
      await stop(first);
      expect((await start(true)).files.config).toBe(join(dataDir, "config"));
    },
  );

  it("keeps the data folder from a server on a database while it runs", async () => {
    const server = await start(true);
    await expect(start(false)).rejects.toThrow(DatabaseInUse);
    await stop(server);
    await start(false);
    expect(readdirSync(dataDir)).toContain("cognate.db");
  });
});
