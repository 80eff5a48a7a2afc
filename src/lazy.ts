/**
 * Makes a part of the program that is loaded with its first use: code that only some pools, callers or settings need.
 *
 * A failure is not kept, so that the next use tries again.
 *
 * @param load usually `() => import("…")`, which the bundler makes a chunk of its own
 * @see docs/decisions/0173-parts-loaded-when-first-used.md
 */
export function lazy<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let part: Promise<Part> | undefined;
  return () => {
    part ??= load().catch((error: unknown) => {
      part = undefined;
      throw error;
    });
    return part;
  };
}
