import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** The first requests should not wait for the collection, nor for the compiled code to be written. */
const SETTLING_MILLISECONDS = 500;

/**
 * How much the old generation may grow between two full collections, relative to its live objects. V8's default is up
 * to three times. With half of it an SRP sign-in and AdminCreateUser take 5 % longer.
 */
const GROWTH_PERCENT = 100;

/** In the bundle, where this start had to compile the program. */
const { keepCompiledCode } = import.meta as { readonly keepCompiledCode?: () => void };

/**
 * Keeps the heap of a started server small. Call it once, when the server is ready.
 *
 * By default V8 lets its young generation grow to some 50 MiB under load, and collects little in the old one until it has
 * measured what is alive. This stops the growth of the young generation, bounds that of the old one, and runs one full
 * collection (some 15 ms), which is that measurement. Some 20 MiB are alive, so that full collections stay short. A program
 * cannot set these flags on its own command line.
 *
 * @see docs/decisions/0174-memory-of-a-loaded-server.md
 */
export function settleHeap(): void {
  // At once: the first burst of requests would make the young generation grow, and it never shrinks under load. Code that was
  // compiled with these flags would be rejected by a start without them, so that it is written before, at the first start alone.
  if (keepCompiledCode === undefined) boundYoungGeneration();
  const settle = () => {
    keepCompiledCode?.();
    boundYoungGeneration();
    setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
    setFlagsFromString("--expose-gc");
    // Only contexts that are made after the flag was set have the global `gc`.
    runInNewContext("gc()");
  };
  setTimeout(settle, SETTLING_MILLISECONDS).unref();
}

function boundYoungGeneration(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
