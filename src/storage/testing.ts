/** A store for tests, in memory, which is lost when it is closed. */
import { stoppedClock } from "../clock.ts";
import type { Sealer } from "./sealer.ts";
import { openSqliteStore } from "./sqlite/index.ts";
import type { Store } from "./store.ts";

/** Marks a sealed value with its place, for tests; it does not encrypt. */
export const transparentSealer: Sealer = {
  seal: (plaintext, context) => Buffer.concat([Buffer.from(`${context}\n`), plaintext]),
  open(sealed, context) {
    const prefix = `${context}\n`;
    const bytes = Buffer.from(sealed);
    if (!bytes.subarray(0, Buffer.byteLength(prefix)).equals(Buffer.from(prefix))) {
      throw new Error("The sealed value belongs to another place.");
    }
    return new Uint8Array(bytes.subarray(Buffer.byteLength(prefix)));
  },
};

/** Opens a throw-away store in memory. */
export function openTestStore(options: Partial<Parameters<typeof openSqliteStore>[0]> = {}): Promise<Store> {
  return openSqliteStore({
    inMemory: true,
    sealer: options.sealer ?? transparentSealer,
    clock: options.clock ?? stoppedClock(0),
  });
}
