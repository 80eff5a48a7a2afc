import { readdirSync, readlinkSync } from "node:fs";

/** The files below a path that this process has open. Only Linux tells. */
export function openFilesBelow(path: string): string[] {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${descriptor}`);
      return file.startsWith(path) ? [file] : [];
    } catch {
      // It was closed meanwhile, as that of the folder itself is.
      return [];
    }
  });
}
