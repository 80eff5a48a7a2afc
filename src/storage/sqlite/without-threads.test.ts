import { hash } from "node:crypto";
import { statSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import threads from "node:worker_threads";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { stoppedClock } from "../../clock.ts";
import { transparentSealer } from "../testing.ts";
import { openSqliteStore } from "./index.ts";
import { CHECKPOINT_PAGES } from "./write-ahead-log.ts";

const { Worker } = threads;
const noWorker = vi.fn(function refuse() {
  throw Object.assign(new Error("EAGAIN"), { code: "ERR_WORKER_INIT_FAILED" });
});
// Not by vi.mock(): the files of a worker share their modules, so that a mock would stay for those that follow.
beforeAll(() => {
  threads.Worker = noWorker as unknown as typeof Worker;
  syncBuiltinESMExports();
});
afterAll(() => {
  threads.Worker = Worker;
  syncBuiltinESMExports();
});

const PAGE_BYTES = 4096;

it("a SQLite file keeps writes, and its log short, where the system gives no thread to the disk", async () => {
  const file = join(temporaryFolder(), "cognate.db");
  const open = () => openSqliteStore({ file, sealer: transparentSealer, clock: stoppedClock(0) });
  const store = await open();
  // More rounds than are flushed before the thread is asked for, and more pages than the log may have.
  for (let round = 0; round < 80; round++) {
    const ids = Array.from({ length: 500 }, (_, index) => hash("sha256", `${index} ${round}`));
    await Promise.all(ids.map((id, index) => store.usedTickets.use(id, index)));
  }
  expect(noWorker).toHaveBeenCalled();
  expect(statSync(`${file}-wal`).size / PAGE_BYTES).toBeLessThan(1.5 * CHECKPOINT_PAGES);
  await store.close();
  const again = await open();
  expect(await again.usedTickets.isUsed(hash("sha256", "499 79"))).toBe(true);
  await again.close();
});
