import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Makes a part of the program that is loaded with its first use: code that only some pools, callers or settings need.
 * After a failure the next use tries again.
 *
 * Evaluating a part takes up to 30 ms, so it has a turn of the event loop for itself. The code before and after it runs
 * in other turns, and other requests are answered in between.
 *
 * @param load usually `() => import("…")`, which the bundler makes a chunk of its own
 * @see docs/decisions/0173-parts-loaded-when-first-used.md
 */
export function lazy<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let part: Promise<Part> | undefined;
  return () => {
    part ??= inOwnTurn(load).catch((error: unknown) => {
      part = undefined;
      throw error;
    });
    return part;
  };
}

async function inOwnTurn<Part>(load: () => Promise<Part>): Promise<Part> {
  await nextTurn();
  const part = await load();
  await nextTurn();
  return part;
}
