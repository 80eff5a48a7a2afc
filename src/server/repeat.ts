/** When repeated work is done first: the requests of somebody who waited for the server come before. */
const FIRST_AFTER_MILLISECONDS = 200;

/**
 * Does work soon after the start, and then again and again. It does not keep the process alive.
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
