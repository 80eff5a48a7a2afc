/** The guides of docs/guides as files that run. */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export const guides: string = resolve(import.meta.dirname, "../../docs/guides");

/** Writes each code block that stands below a file's name into that file. */
export function writeFilesOf(guide: string, folder: string): void {
  for (const [, file = "", code = ""] of guide.matchAll(
    /^`([\w./-]+)`(?:, .*)?:\n\n```\w+\n([\s\S]*?)```/gm,
  )) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    appendFileSync(join(folder, file), code);
  }
}
