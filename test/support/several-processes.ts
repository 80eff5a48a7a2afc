/** `cognate serve --processes 2`, and what its log says of the processes. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { type CognateProcess, startCognate } from "./cognate-process.ts";
import { createDatabase } from "./database.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface Entry {
  readonly msg: string;
  readonly process?: number;
  readonly pid?: number;
  readonly requestId?: string;
}

/** The entries of a server's log so far, whose lines must all be whole. */
export function entriesOf(server: CognateProcess): Entry[] {
  const lines = server.output().split("\n").slice(0, -1);
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

/** The processes that have answered requests, with their IDs, in the order of their starts. */
export function processesOf(server: CognateProcess): Required<Pick<Entry, "process" | "pid">>[] {
  return entriesOf(server)
    .filter(({ msg }) => msg === "A process answers requests")
    .map(({ process: number = 0, pid = 0 }) => ({ process: number, pid }));
}

/** The number of the process that answered a call. */
export function processThatAnswered(
  server: CognateProcess,
  requestId: string | undefined,
): number | undefined {
  const entry = entriesOf(server).find((found) => found.requestId === requestId);
  return entry?.process;
}

/** Matches once the server has said that it is ready and the log has the entries of both processes, which come by another stream. */
const READY =
  /(?=[\s\S]*"process":1,[^\n]*answers requests)(?=[\s\S]*"process":2,[^\n]*answers requests)[\s\S]*^Cognate is ready at (https?:\S+)$/m;

export async function startProcesses(
  options: { dataDir?: string; args?: string[]; detached?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<CognateProcess> {
  const { dataDir = temporaryFolder(), args = [], detached = false } = options;
  return startCognate("serve", ["--data-dir", dataDir, "--processes", "2", ...args], {
    detached,
    ready: READY,
    env: { COGNATE_DATABASE_URL: await createDatabase(), ...options.env },
  });
}

export function portOf({ url }: CognateProcess): number {
  return Number(new URL(url).port);
}

export async function connectTo(server: CognateProcess): Promise<Socket> {
  const socket = connect(portOf(server), "127.0.0.1");
  await once(socket, "connect");
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Whether nothing accepts connections at the port of a server. */
export async function refusesConnections(server: CognateProcess): Promise<boolean> {
  const socket = connect(portOf(server), "127.0.0.1");
  const isRefused = await once(socket, "connect").then(
    () => false,
    () => true,
  );
  socket.destroy();
  return isRefused;
}
