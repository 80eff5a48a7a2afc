/**
 * Runs the script of a start: the build copies this file into dist/. Node's compile cache holds what V8 compiles when it reads a
 * file, which is little: most functions are compiled when they are called. So compiled code is kept here, once the server has
 * started and its functions have been called.
 *
 * @see docs/decisions/0215-a-start-from-compiled-code.md
 */
const {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = process.getBuiltinModule("node:fs");
const { createRequire } = process.getBuiltinModule("node:module");
const { Script } = process.getBuiltinModule("node:vm");

/** Its name changes with its content. */
const SCRIPT = "(the build writes the script's name here)";

const { dirname, url } = import.meta;
const cacheFolder = `${dirname}/.compile-cache`;
const cacheFile = `${cacheFolder}/${SCRIPT}-${process.version}-${process.arch}`;

/** The chunks that are in the script, by name: what each of them exports. */
export const parts = run();

function run() {
  const cachedData = readIfThere(cacheFile);
  const script = new Script(readFileSync(`${dirname}/${SCRIPT}`, "latin1"), {
    filename: new URL(SCRIPT, url).href,
    // V8 rejects code of another version of it, and code that was made while it had other options.
    cachedData,
  });
  const isCompiled = cachedData !== undefined && !script.cachedDataRejected;
  const module = { exports: {} };
  const importMeta = {
    dirname,
    url,
    keepCompiledCode: isCompiled ? undefined : () => keep(script.createCachedData()),
  };
  script.runInThisContext()(module, createRequire(url), importMeta, (specifier) => import(specifier));
  return module.exports;
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** All of it or nothing, even if the power fails: V8 checks little more than the length. */
function keep(compiled) {
  const aside = `${cacheFile}.${process.pid}`;
  try {
    mkdirSync(cacheFolder, { recursive: true });
    const descriptor = openSync(aside, "w", 0o600);
    try {
      writeFileSync(descriptor, compiled);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(aside, cacheFile);
  } catch {
    // This user may not write here, or the disk is full: the next start compiles again.
    // Without `force`: for Yarn, which runs packages from their archives, it fails even where there is no such file.
    if (existsSync(aside)) rmSync(aside);
  }
}
