import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

describe("npm start and npx cognate dev", () => {
  const npms: ChildProcess[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    for (const { pid } of npms.splice(0)) {
      try {
        // The whole group, with children that outlived npm.
        if (pid !== undefined) process.kill(-pid, "SIGKILL");
      } catch {
        // All have ended, as they should.
      }
    }
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });

  async function start(
    command: "npm" | "npx",
    ...args: string[]
  ): Promise<{ npm: ChildProcess; dataDir: string; ended: Promise<void> }> {
    const dataDir = await mkdtemp(join(tmpdir(), "cognate-npm-"));
    folders.push(dataDir);
    const npm = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: { ...process.env, COGNATE_PORT: "0", COGNATE_DATA_DIR: dataDir },
    });
    npms.push(npm);
    await new Promise<void>((ready, failed) => {
      let said = "";
      npm.stderr?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      npm.stdout?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (/^Cognate is ready at /m.test(said)) ready();
      });
      npm.on("exit", (status) => failed(new Error(`npm ended with ${status}: ${said}`)));
    });
    // npm's children write to the same pipe. It closes when the last of them has ended.
    const ended = new Promise<void>((done) => npm.on("close", () => done()));
    return { npm, dataDir, ended };
  }

  it.each(["SIGTERM", "SIGHUP", "SIGKILL"] as const)(
    "stop the server cleanly if the npm of npm start ends by %s",
    async (signal) => {
      const { npm, dataDir, ended } = await start("npm", "start");
      expect(existsSync(join(dataDir, "cognate.db-wal"))).toBe(true);
      npm.kill(signal);
      await ended;
      // SQLite merges its log into the database only when it is closed.
      expect(existsSync(join(dataDir, "cognate.db-wal"))).toBe(false);
    },
  );

  it("stop the server cleanly if npx is killed", async () => {
    const { npm, dataDir, ended } = await start("npx", "cognate", "dev");
    npm.kill("SIGKILL");
    await ended;
    expect(existsSync(join(dataDir, "cognate.db-wal"))).toBe(false);
  });

  it("complete the stop of a first signal even if a second one arrives", async () => {
    const { npm, dataDir, ended } = await start("npm", "start");
    // As a terminal does at Ctrl-C: to every process at once.
    process.kill(-(npm.pid ?? 0), "SIGINT");
    await ended;
    expect(existsSync(join(dataDir, "cognate.db-wal"))).toBe(false);
  });
});
