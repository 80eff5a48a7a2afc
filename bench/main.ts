/**
 * Measures Cognate beside cognito-local and beside what this machine can do, all in one run: `npm run bench`.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, platform, release, tmpdir } from "node:os";
import { join } from "node:path";
import { measureImport } from "./import.ts";
import { startLoadGenerator } from "./load/load.ts";
import { type Plan, readPlan, usage } from "./plan.ts";
import { report } from "./report.ts";
import { Cells, type Results } from "./results.ts";
import { measureAll } from "./rounds.ts";
import { say } from "./say.ts";
import { measureStalls } from "./stalls.ts";

const DOCUMENT = join(import.meta.dirname, "..", "docs", "performance.md");

async function bench(plan: Plan): Promise<void> {
  installCognitoLocal(plan);
  const folder = await mkdtemp(join(tmpdir(), "cognate-bench-"));
  const generator = startLoadGenerator();
  try {
    const startedAt = today();
    const results: Results = {
      plan,
      machine: machine(),
      startedAt,
      ceilings: [],
      cells: new Cells(),
      footprints: new Map(),
      createUserPool: [],
      invocations: [],
      functionRatios: [],
    };
    await measureAll(results, folder, generator);
    const text = report(results);
    process.stdout.write(`${text}\n`);
    if (plan.writesDocument) await writeDocument(text);
  } finally {
    await generator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** It has a package of its own, so that only those who measure install it. */
function installCognitoLocal(plan: Plan): void {
  const folder = import.meta.dirname;
  if (plan.largestForCognitoLocal === 0 || existsSync(join(folder, "node_modules", "cognito-local"))) return;
  say("Installing cognito-local…");
  const npm = platform() === "win32" ? "npm.cmd" : "npm";
  execFileSync(npm, ["ci", "--ignore-scripts", "--loglevel=error"], {
    cwd: folder,
    stdio: "inherit",
    shell: platform() === "win32",
  });
}

const today = () => new Date().toISOString().slice(0, 16).replace("T", " ");

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${availableParallelism()} cores (${model}), ${platform()} ${release()}, Node ${process.versions.node}`;
}

const FIGURES = ["<!-- figures: written by npm run bench -- --write -->", "<!-- end of figures -->"] as const;
const IMPORT = [
  "<!-- import: written by npm run bench -- --import --write -->",
  "<!-- end of import -->",
] as const;

async function writeDocument(
  text: string,
  [begin, end] = FIGURES as readonly [string, string],
): Promise<void> {
  const document = await readFile(DOCUMENT, "utf8");
  const [before, after] = [document.indexOf(begin), document.indexOf(end)];
  if (before === -1 || after === -1) throw new Error(`${DOCUMENT} has no place for the figures.`);
  await writeFile(
    DOCUMENT,
    `${document.slice(0, before + begin.length)}\n\n${text}\n\n${document.slice(after)}`,
  );
}

const args = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) {
  process.stdout.write(usage);
} else if (args.includes("--stalls")) {
  process.exitCode = (await measureStalls()) ? 0 : 1;
} else if (args.includes("--import")) {
  const { text, isMet } = await measureImport(args);
  const dated = `${today()} · ${machine()}\n\n${text}`;
  process.stdout.write(`${dated}\n`);
  if (args.includes("--write")) await writeDocument(dated, IMPORT);
  process.exitCode = isMet ? 0 : 1;
} else {
  const plan = readPlan(args);
  const limit = setTimeout(() => {
    say(`Given up after ${plan.limitMinutes} minutes.`);
    process.exit(1);
  }, plan.limitMinutes * 60_000);
  await bench(plan);
  clearTimeout(limit);
}
