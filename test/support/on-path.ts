import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** @returns the file that a command's name stands for; undefined when there is none */
export function onPath(command: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
