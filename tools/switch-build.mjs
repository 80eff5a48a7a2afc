/**
 * Puts a new build in the place of the former one and keeps the files of former ones, because a server that runs loads parts of the
 * program, and an open page parts of the console, when they are first used.
 *
 * @see docs/decisions/0405-a-build-keeps-former-ones.md
 */
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

/** How long a file is kept after the first build without it. */
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Moves the files of `fresh` into `folder` and removes those that no build of the last day had. The names that only former
 * builds have are in `.npmignore`, so that a package does not contain them. A build that changes nothing keeps them.
 *
 * @param {string} fresh a folder on the same disk, which is removed
 * @param {string} folder
 * @param {readonly string[]} others what else is in the folder, beside names with a dot
 */
export async function switchBuild(fresh, folder, others = []) {
  const ignoreFile = join(folder, ".npmignore");
  const kept = existsSync(ignoreFile) ? readFileSync(ignoreFile, "utf8").split("\n").filter(Boolean) : [];
  const present = filesOf(folder, others);
  const current = filesOf(fresh, []);
  const former = present.filter((file) => !kept.includes(file) && !current.includes(file));
  const now = Date.now();
  for (const file of former) utimesSync(join(folder, file), now / 1000, now / 1000);
  const isOld = (file) => former.length > 0 && statSync(join(folder, file)).mtimeMs < now - KEPT_MILLISECONDS;
  const stillKept = kept.filter((file) => present.includes(file) && !current.includes(file) && !isOld(file));
  const old = [...stillKept, ...former];
  for (const file of current) {
    const target = join(folder, file);
    await mkdir(dirname(target), { recursive: true });
    renameSync(join(fresh, file), target);
  }
  for (const file of present) {
    if (!current.includes(file) && !old.includes(file)) rmSync(join(folder, file));
  }
  writeFileSync(ignoreFile, old.map((file) => `${file}\n`).join(""));
  rmSync(fresh, { recursive: true });
}

/** With a slash before each, as `.npmignore` has names of its own folder. */
function filesOf(folder, others) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/")}`)
    .filter((file) => !file.startsWith("/.") && !others.some((other) => file.startsWith(`/${other}/`)));
}
