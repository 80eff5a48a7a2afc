/** The delay of repeated work after the start, so that the first requests are answered before it. */
const FIRST_AFTER_MILLISECONDS = 200;

/**
 * Does work soon after the start, and then repeatedly. It does not keep the process alive.
 *
 * @returns what ends it
 */
export function repeat(work: () => void, everyMilliseconds: number): () => void {
  const first = setTimeout(work, FIRST_AFTER_MILLISECONDS).unref();
  const timer = setInterval(work, everyMilliseconds).unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
