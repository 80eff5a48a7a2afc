/** What `import … from "cognate"` gives: a server in the caller's process, as `bin/index.d.ts` describes it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Server, ServerOptions } from "../bin/index.d.ts";
import { type Settings, settingsFrom } from "./config/index.ts";
import { startServer } from "./server/index.ts";

export async function createServer(options: ServerOptions = {}): Promise<Server> {
  const settings = settingsFrom("dev", {
    port: 0,
    demo: false,
    logLevel: "error",
    inMemory: options.dataDir === undefined,
    ...options,
  } satisfies Partial<Settings>);
  // The files for the AWS CLI need a folder even if the database is in memory.
  const ownFolder = options.dataDir === undefined ? await mkdtemp(join(tmpdir(), "cognate-")) : undefined;
  const removeOwnFolder = async () => {
    if (ownFolder !== undefined) await rm(ownFolder, { recursive: true, force: true });
  };
  const dataDir = ownFolder ?? settings.dataDir;
  const server = await startServer({ ...settings, dataDir }).catch(async (error: unknown) => {
    await removeOwnFolder();
    throw error;
  });
  const { url, issuerOf, administrator, clock, snapshots } = server;
  if (administrator === undefined || clock === undefined || snapshots === undefined) {
    await server.stop();
    throw new Error(`The administrator's access key has been deleted from ${dataDir}.`);
  }
  return {
    url,
    issuerOf,
    administrator,
    clock,
    snapshots,
    async stop() {
      await server.stop();
      await removeOwnFolder();
    },
  };
}
