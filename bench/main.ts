/**
 * Measures Cognate beside cognito-local and beside what this machine can do, all in one run: `npm run bench`.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, platform, release, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { measureCeiling } from "./ceiling.ts";
import { call } from "./load/call.ts";
import { type LoadGenerator, ScenarioFailed, startLoadGenerator } from "./load/load.ts";
import type { ScenarioName } from "./load/scenarios.ts";
import { type Plan, readPlan, usage } from "./plan.ts";
import { report } from "./report.ts";
import { Cells, FOOTPRINT_USERS, type Footprint, type Results } from "./results.ts";
import { assertIsCareful } from "./subjects/careful.ts";
import { prepareCognate } from "./subjects/cognate.ts";
import { prepareCognitoLocal } from "./subjects/cognito-local.ts";
import type { StartedServer, Subject } from "./subjects/subject.ts";

const DOCUMENT = join(import.meta.dirname, "..", "docs", "performance.md");
const IDLE_MILLISECONDS = 3000;
const CREATED_POOLS = 10;
/** cognito-local's largest pools: a change takes so long that some of them fit into no ordinary measurement. */
const PATIENT_MILLISECONDS = 5000;

async function bench(plan: Plan): Promise<void> {
  installCognitoLocal(plan);
  const folder = await mkdtemp(join(tmpdir(), "cognate-bench-"));
  const generator = startLoadGenerator();
  try {
    const startedAt = new Date().toISOString().slice(0, 16).replace("T", " ");
    const results: Results = {
      plan,
      machine: machine(),
      startedAt,
      ceilings: [],
      cells: new Cells(),
      footprints: new Map(),
      createUserPool: [],
    };
    await measureCognate(plan, folder, generator, results);
    await measureCognitoLocal(plan, folder, generator, results);
    const text = report(results);
    process.stdout.write(`${text}\n`);
    if (plan.writesDocument) await writeDocument(text);
  } finally {
    await generator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** All sizes run side by side and are measured in turn, so that what else the machine does meets all of them alike. */
async function measureCognate(
  plan: Plan,
  folder: string,
  generator: LoadGenerator,
  results: Results,
): Promise<void> {
  const running: { subject: Subject; server: StartedServer }[] = [];
  let footprint: Footprint | undefined;
  for (const users of plan.sizes) {
    say(`Cognate: filling a pool of ${users} users…`);
    const subject = await prepareCognate(join(folder, `cognate-${users}`), users, plan);
    if (users === FOOTPRINT_USERS) footprint = await measureFootprint(subject, plan);
    const server = await subject.start();
    await assertIsCareful(subject.target(server));
    running.push({ subject, server });
  }
  for (let round = 0; round < plan.rounds; round++) {
    say("What the cores can do…");
    results.ceilings.push(await measureCeiling(plan.measureMilliseconds));
    for (const scenario of plan.scenarios) {
      say(`Cognate: ${scenario}, round ${round + 1} of ${plan.rounds}`);
      // There and back, so that a machine that slows down does so for no size in particular.
      for (const { subject, server } of round % 2 === 0 ? running : running.toReversed()) {
        const measurement = await generator.run({
          ...plan,
          scenario,
          target: subject.target(server),
          seed: round + 1,
          maxSteps: Number.POSITIVE_INFINITY,
        });
        results.cells.add("Cognate", scenario, subject.userCount, measurement);
      }
    }
  }
  for (const { subject, server } of running) {
    if (subject.userCount !== FOOTPRINT_USERS) continue;
    if (footprint) results.footprints.set("Cognate", { ...footprint, loadedMiB: server.child.residentMiB() });
    results.createUserPool.push(...(await measureCreateUserPool(subject, server)));
  }
  for (const { server } of running) await server.child.stop();
}

async function measureCreateUserPool(subject: Subject, server: StartedServer): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let index = 0; index < CREATED_POOLS; index++) {
    const begin = performance.now();
    await call(subject.target(server), "CreateUserPool", { PoolName: `pool-${index}` });
    milliseconds.push(performance.now() - begin);
  }
  return milliseconds;
}

/** Anew for each size and round, since signing in and making users make its file grow. */
async function measureCognitoLocal(
  plan: Plan,
  folder: string,
  generator: LoadGenerator,
  results: Results,
): Promise<void> {
  for (const users of plan.sizes.filter((size) => size <= plan.largestForCognitoLocal)) {
    say(`cognito-local: ${users} users…`);
    const subject = await prepareCognitoLocal(join(folder, `cognito-local-${users}`), users);
    const footprint = users === FOOTPRINT_USERS ? await measureFootprint(subject, plan) : undefined;
    const server = await subject.start();
    for (const scenario of plan.scenarios.filter((name) => name !== "srpSignIn").toSorted(readsFirst)) {
      await measureOneOfCognitoLocal(plan, subject, server, generator, scenario, results.cells);
    }
    if (footprint)
      results.footprints.set("cognito-local", { ...footprint, loadedMiB: server.child.residentMiB() });
    await server.child.stop();
  }
}

async function measureOneOfCognitoLocal(
  plan: Plan,
  subject: Subject,
  server: StartedServer,
  generator: LoadGenerator,
  scenario: ScenarioName,
  cells: Cells,
): Promise<void> {
  try {
    const measurement = await generator.run({
      ...plan,
      measureMilliseconds: subject.userCount > 10_000 ? PATIENT_MILLISECONDS : plan.measureMilliseconds,
      scenario,
      target: subject.target(server),
      seed: 1,
      // Otherwise the smallest pool would soon be a large one, which it is slower with.
      maxSteps: growing.has(scenario) ? Math.max(100, subject.userCount / 2) : Number.POSITIVE_INFINITY,
    });
    cells.add("cognito-local", scenario, subject.userCount, measurement);
  } catch (error) {
    if (!(error instanceof ScenarioFailed)) throw error;
    say(`cognito-local: ${scenario} with ${subject.userCount} users failed: ${error.message}`);
  }
}

const growing: ReadonlySet<ScenarioName> = new Set(["adminCreateUser", "walk"]);
const writing: ReadonlySet<ScenarioName> = new Set([...growing, "passwordSignIn", "adminPasswordSignIn"]);

function readsFirst(left: ScenarioName, right: ScenarioName): number {
  return Number(writing.has(left)) - Number(writing.has(right));
}

async function measureFootprint(subject: Subject, plan: Plan): Promise<Footprint> {
  const starts: number[] = [];
  // Once for the caches of the disk and of compiled code.
  await (await subject.start()).child.stop();
  let idleMiB: number | undefined;
  for (let start = 1; start <= plan.starts; start++) {
    const { child, healthyAfter } = await subject.start();
    starts.push(healthyAfter);
    if (start === plan.starts) {
      await wait(IDLE_MILLISECONDS);
      idleMiB = child.residentMiB();
    }
    await child.stop();
  }
  return { starts, idleMiB, loadedMiB: undefined };
}

/** It has a package of its own, so that nobody who does not measure has to install it. */
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

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${availableParallelism()} cores (${model}), ${platform()} ${release()}, Node ${process.versions.node}`;
}

async function writeDocument(text: string): Promise<void> {
  const [begin, end] = ["<!-- figures: written by npm run bench -- --write -->", "<!-- end of figures -->"];
  const document = await readFile(DOCUMENT, "utf8");
  const [before, after] = [document.indexOf(begin), document.indexOf(end)];
  if (before === -1 || after === -1) throw new Error(`${DOCUMENT} has no place for the figures.`);
  await writeFile(
    DOCUMENT,
    `${document.slice(0, before + begin.length)}\n\n${text}\n\n${document.slice(after)}`,
  );
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

const args = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) {
  process.stdout.write(usage);
} else {
  const plan = readPlan(args);
  const limit = setTimeout(() => {
    say(`Given up after ${plan.limitMinutes} minutes.`);
    process.exit(1);
  }, plan.limitMinutes * 60_000);
  await bench(plan);
  clearTimeout(limit);
}
