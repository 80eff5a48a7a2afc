import type { Readable } from "node:stream";

/** A line that is longer is cut: a process that prints without line ends must not fill the memory of the program. */
const MAX_LINE_CHARACTERS = 1024 * 1024;

/** Passes on what a process writes, in whole lines, so that those of several processes do not get mixed. */
export function forwardLines(source: Readable, write: (lines: string) => void): void {
  let rest = "";
  const flush = () => {
    if (rest !== "") write(`${rest}\n`);
    rest = "";
  };
  source.setEncoding("utf8");
  source.on("data", (text: string) => {
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0) write(rest + text.slice(0, end));
    rest = end > 0 ? text.slice(end) : rest + text;
    if (rest.length > MAX_LINE_CHARACTERS) flush();
  });
  source.on("end", flush);
}
