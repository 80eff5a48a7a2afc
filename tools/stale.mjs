/** Whether a build is older than what it was made of. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Relative paths of scripts in a script, except in imports of types, which are not part of a build. */
const SCRIPT_PATHS = /^(?!import type ).*"(\.\.?\/[^"]+\.[cm]?[jt]sx?)"/gm;

/**
 * @param output a file that every build writes
 * @param sources files and folders that it is made of
 * @param importers files and folders that it is made of together with everything that they import
 */
export function isStale(output, sources, importers) {
  if (!existsSync(output)) return true;
  const { mtimeMs } = statSync(output);
  const isNewer = (file) => statSync(file).mtimeMs > mtimeMs;
  if (sources.flatMap(filesOf).some(isNewer)) return true;
  const files = new Set(importers.flatMap(filesOf));
  // The loop comes to the files that are added meanwhile, too.
  for (const file of files) {
    if (isNewer(file)) return true;
    for (const imported of importsOf(file)) files.add(imported);
  }
  return false;
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}

function importsOf(file) {
  if (!/\.[cm]?[jt]sx?$/.test(file)) return [];
  const paths = [...readFileSync(file, "utf8").matchAll(SCRIPT_PATHS)].map(([, path]) => path);
  return paths.map((path) => join(dirname(file), path)).filter((path) => existsSync(path));
}
