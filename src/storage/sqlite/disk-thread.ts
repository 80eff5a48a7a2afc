import { createThread, type ThreadAnswer } from "../../thread.ts";

/** What waits for the disk, on a thread that does nothing else: libuv's threads make signatures, and handle one job after another. */
export interface DiskThread {
  /** Flushes the write-ahead log. @throws Error the disk failed */
  flush(): Promise<void>;
  /** Copies into the database what the write-ahead log has up to the oldest reader. @throws Error the disk failed */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

interface DiskFiles {
  /** The path of the database. */
  readonly database: string;
  /** The descriptor of its write-ahead log. */
  readonly log: number;
}

interface DiskRequest {
  readonly task: "flush" | "checkpoint";
}

/** @see docs/decisions/0190-a-thread-for-the-disk.md */
export function createDiskThread(files: DiskFiles): DiskThread {
  const thread = createThread<DiskRequest, void>({
    name: "the disk",
    program: runThread,
    workerData: () => files,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 },
  });
  return {
    // Async, since a thread that cannot be made throws at once.
    flush: async () => thread.ask({ task: "flush" }),
    checkpoint: async () => thread.ask({ task: "checkpoint" }),
    close: () => thread.close(),
  };
}

/** Nothing outside this function exists where it runs: it may use imported types, but no imported values. */
function runThread(require: (name: string) => unknown): void {
  const { fdatasyncSync } = require("node:fs") as typeof import("node:fs");
  const threads = require("node:worker_threads") as typeof import("node:worker_threads");
  const files = threads.workerData as DiskFiles;

  function checkpoint(): void {
    const { DatabaseSync } = require("node:sqlite") as typeof import("node:sqlite");
    const database = new DatabaseSync(files.database);
    try {
      database.prepare("pragma wal_checkpoint(passive)").get();
    } finally {
      database.close();
    }
  }

  threads.parentPort?.on("message", ({ id, task }: DiskRequest & { readonly id: number }) => {
    const answer = (result: ThreadAnswer<void>) => threads.parentPort?.postMessage(result);
    try {
      if (task === "flush") fdatasyncSync(files.log);
      else checkpoint();
      answer({ id, result: undefined });
    } catch (error) {
      answer({ id, failure: String(error) });
    }
  });
}
