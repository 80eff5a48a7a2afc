/**
 * Checks passwords against imported hashes, which are slow by design. Worker threads do it, so that the main thread and
 * the sign-ins of other users do not wait. Checks are queued in the order of their requests.
 */
import { createThreadQueue, threadModule } from "../../thread.ts";
import type { HashCheck } from "./imported-hash-thread.ts";

export interface ImportedHashes {
  /**
   * Whether `password` is the one that `hash` was made of. A hash of an unknown form, or a dearer one than
   * `isAffordable` takes, matches nothing.
   *
   * @throws Overloaded too many others are waiting
   */
  matches(password: string, hash: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Some minutes of work for hashes of a tenth of a second. No client waits longer. */
const MAX_WAITING = 1000;

export function createImportedHashes(threadCount: number, maxWaiting = MAX_WAITING): ImportedHashes {
  const threads = createThreadQueue<HashCheck, boolean>({
    name: "imported hashes",
    program: threadModule("imported-hash-thread", import.meta.url),
    threadCount,
    maxWaiting,
  });
  return {
    matches: (password, hash) => threads.ask({ password, hash }),
    close: threads.close,
  };
}
