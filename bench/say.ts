/** Prints progress on standard error. Standard output is for the figures. */
export function say(text: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${text}\n`);
}
