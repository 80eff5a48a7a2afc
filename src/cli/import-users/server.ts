/** The running server: its control API, called until it answers or patience ends. */
import { setTimeout as wait } from "node:timers/promises";
import type { ControlClient } from "../control-client.ts";
import type { Batch } from "./batches.ts";

/** As the server reports it; see `src/user-pools/import/bulk-state.ts`. */
export interface ImportState {
  readonly id: string;
  readonly position: number;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
  readonly isFinished: boolean;
  readonly problems: readonly Problem[];
}

export interface Problem {
  readonly position: number;
  readonly username?: string;
  readonly reason: string;
}

export interface BatchAnswer {
  readonly state: ImportState;
  readonly problems: readonly Problem[];
}

export interface ImportHeader {
  readonly id: string;
  readonly source: string;
  readonly totalBytes: number;
  readonly isDryRun: boolean;
  readonly resetsUnusableHashes: boolean;
}

export interface ImportServer {
  /** The pool's last imports, the newest first. */
  imports(): Promise<readonly ImportState[]>;
  send(header: ImportHeader, batch: Batch): Promise<BatchAnswer>;
}

/** The server does not take the import, whatever is sent again. */
export class ImportRefused extends Error {}
/** The server was not reached in time. What it has acknowledged is kept, so the import can be resumed. */
export class ServerGone extends Error {}

const FIRST_WAIT_MILLISECONDS = 100;
const LONGEST_WAIT_MILLISECONDS = 2_000;

export function importServer(
  client: ControlClient,
  poolId: string,
  patienceMilliseconds: number,
): ImportServer {
  async function ask(method: "GET" | "POST", body?: Uint8Array): Promise<unknown> {
    const startedAt = performance.now();
    for (let pause = FIRST_WAIT_MILLISECONDS; ; pause = Math.min(pause * 2, LONGEST_WAIT_MILLISECONDS)) {
      const { status, message, answer } = await client
        .request(method, "user-imports", { poolId }, body)
        .catch((error: Error) => ({ status: 0, message: error.message, answer: undefined }));
      if (status === 200) return answer;
      if (status !== 0 && status !== 429 && status < 500) throw new ImportRefused(message);
      if (performance.now() - startedAt + pause > patienceMilliseconds) throw new ServerGone(message);
      await wait(pause);
    }
  }
  return {
    async imports() {
      return ((await ask("GET")) as { bulk: readonly ImportState[] }).bulk;
    },
    async send(header, { position, bytes, isLast, users }) {
      const start = JSON.stringify({ ...header, position, bytes, isLast }).slice(0, -1);
      const body = Buffer.concat([Buffer.from(`${start},"users":[`), users, Buffer.from("]}")]);
      return (await ask("POST", body)) as BatchAnswer;
    },
  };
}
