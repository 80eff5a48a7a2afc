/**
 * Runs a chore of this package with what it needs: `node tools/run.mjs start|test|bench …`.
 *
 * Plain JavaScript without dependencies, since it is what installs them, and it runs on the machine's own Node (20 or
 * newer). Everything after it runs on the Node that package.json pins.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { endWithNpm } from "../bin/end-with-npm.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };

/** Programs for the tests alone, of 200 MB. */
const testBinaries = join(root, "test", "binaries");

const [chore, ...args] = process.argv.slice(2);

/** Whether a folder's node_modules holds what its package-lock.json asks for, by the list that npm writes there. */
function isInstalled(folder) {
  const note = join(folder, "node_modules", ".package-lock.json");
  const lock = join(folder, "package-lock.json");
  if (!existsSync(note)) return false;
  if (statSync(note).mtimeMs >= statSync(lock).mtimeMs) return true;
  const wanted = JSON.parse(readFileSync(lock, "utf8")).packages;
  const present = JSON.parse(readFileSync(note, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional || present[path]?.version === version,
  );
}

function run(command, commandArgs) {
  const result = spawnSync(command, commandArgs, { cwd: root, stdio: "inherit", env: environment });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

if (!isInstalled(root)) await install(root, "packages");

const node = join(bin, process.platform === "win32" ? "node.exe" : "node");
switch (chore) {
  case "start":
    if (process.env.npm_lifecycle_event !== undefined) endWithNpm();
    run(node, ["tools/build.mjs", "--if-stale"]);
    process.chdir(root);
    buildConsoleMeanwhile();
    startServer();
    break;
  case "test":
    if (!isInstalled(testBinaries)) await install(testBinaries, "packages for the tests");
    run(node, ["tools/test.mjs", ...args]);
    break;
  case "bench":
    run(node, ["tools/build.mjs", "--if-stale"]);
    run(node, ["bench/main.ts", ...args]);
    break;
  default:
    console.error(`There is no chore ${chore ?? ""}; see "npm run".`);
    process.exit(2);
}

/** Runs `npm ci` in a folder and prints its progress every few seconds. */
async function install(folder, what) {
  const isWindows = process.platform === "win32";
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const wanted = Object.keys(packages).filter((path) => path !== "" && !packages[path].optional);
  const started = Date.now();
  console.error(`Installing ${wanted.length} ${what}, once…`);
  const timer = setInterval(() => {
    const present = wanted.filter((path) => existsSync(join(folder, path, "package.json"))).length;
    const seconds = Math.round((Date.now() - started) / 1000);
    const progress =
      present < wanted.length ? `${present} of ${wanted.length} packages` : "unpacking the last files";
    console.error(`  ${seconds} s: ${progress}`);
  }, 5000);
  const npm = spawn(isWindows ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    env: environment,
    shell: isWindows,
  });
  const [status] = await once(npm, "exit");
  clearInterval(timer);
  if (status !== 0) process.exit(status ?? 1);
}

/** Building the console takes seconds, if it has changed. Until then its address shows a page that says so. */
function buildConsoleMeanwhile() {
  const build = spawn(node, ["tools/build-console.mjs", "--if-stale"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: environment,
  });
  build.unref();
}

/**
 * Runs `cognate dev` in the foreground. It stops when this process is asked to stop or ends, and its exit status is ours.
 */
function startServer() {
  const server = spawn(node, ["bin/cognate.mjs", "dev", ...args], {
    // The fourth closes when this process ends, which stops the server.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: environment,
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill("SIGTERM"));
  server.on("exit", (status, signal) => process.exit(status ?? (signal === null ? 1 : 128)));
}
