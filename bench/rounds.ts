/**
 * The order in which everything is measured.
 *
 * The machine's other work is part of every figure, so figures that are compared are measured close together: the sizes
 * of a scenario one right after the other, and in every round the cores' ceiling, Cognate and cognito-local.
 */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { measureCeiling } from "./ceiling.ts";
import { measureFunctionSignIns, measureInvocations } from "./functions.ts";
import { call } from "./load/call.ts";
import { factorScenarios } from "./load/factor-scenarios.ts";
import { type LoadGenerator, ScenarioFailed } from "./load/load.ts";
import { oauthScenarios } from "./load/oauth-scenarios.ts";
import type { ScenarioName } from "./load/scenarios.ts";
import type { Plan } from "./plan.ts";
import { FOOTPRINT_USERS, type Footprint, type Results } from "./results.ts";
import { say } from "./say.ts";
import { startBareFastify } from "./subjects/bare-fastify.ts";
import { assertIsCareful } from "./subjects/careful.ts";
import { prepareCognate } from "./subjects/cognate.ts";
import { prepareCognitoLocal } from "./subjects/cognito-local.ts";
import type { StartedServer, Subject } from "./subjects/subject.ts";

const IDLE_MILLISECONDS = 3000;
const CREATED_POOLS = 10;

/** So that no figure is of code that is yet to be compiled. */
const FIRST_WARM_UP_MILLISECONDS = 300;

/** A change to a large pool of cognito-local's takes so long that no ordinary measurement would see one. */
const LARGE_FOR_COGNITO_LOCAL = 10_000;
const PATIENT_MILLISECONDS = 4000;

const AFTERMATH_CHECK_MILLISECONDS = 250;
const MAX_AFTERMATH_MILLISECONDS = 60_000;

interface Running {
  readonly subject: Subject;
  readonly server: StartedServer;
}

export async function measureAll(results: Results, folder: string, generator: LoadGenerator): Promise<void> {
  const { plan } = results;
  const cognate = await startCognates(results, folder);
  const cognitoLocal = await prepareCognitoLocals(results, folder);
  await runScenarios(results, cognate, generator, {
    ...plan,
    measureMilliseconds: FIRST_WARM_UP_MILLISECONDS,
  });
  for (let round = 1; round <= plan.rounds; round++) {
    say(`Round ${round} of ${plan.rounds}: what the cores can do`);
    results.ceilings.push(await measureCeiling(plan.measureMilliseconds));
    // In both directions, so that a machine that slows down affects all sizes alike.
    await runScenarios(results, round % 2 === 1 ? cognate : cognate.toReversed(), generator, plan, round);
    await runBareFastify(results, generator, round);
    for (const subject of cognitoLocal) await runCognitoLocal(results, subject, generator, round);
  }
  await measureAfterLoad(results, cognate);
  for (const { server } of cognate) await server.child.stop();
  if (plan.scenarios.includes("functionSignIn")) {
    const { subject } =
      cognate.find(({ subject: each }) => each.userCount === FOOTPRINT_USERS) ?? cognate[0] ?? {};
    if (subject) await measureFunctionSignIns(results, subject, generator);
    await measureInvocations(results);
  }
}

async function startCognates({ plan, footprints }: Results, folder: string): Promise<Running[]> {
  const running: Running[] = [];
  for (const users of plan.sizes) {
    say(`Cognate: a pool of ${users} users`);
    const subject = await prepareCognate(join(folder, `cognate-${users}`), users, plan);
    if (users === FOOTPRINT_USERS) footprints.set("Cognate", await measureFootprint(subject, plan));
    const server = await subject.start();
    await assertIsCareful(subject.target(server));
    running.push({ subject, server });
  }
  return running;
}

async function prepareCognitoLocals({ plan, footprints }: Results, folder: string): Promise<Subject[]> {
  const prepared: Subject[] = [];
  for (const users of plan.sizes.filter((size) => size <= plan.largestForCognitoLocal)) {
    say(`cognito-local: a pool of ${users} users`);
    const subject = await prepareCognitoLocal(join(folder, `cognito-local-${users}`), users);
    if (users === FOOTPRINT_USERS) footprints.set("cognito-local", await measureFootprint(subject, plan));
    prepared.push(subject);
  }
  return prepared;
}

/** @param round undefined to warm up: nothing is noted then */
async function runScenarios(
  { cells }: Results,
  running: readonly Running[],
  generator: LoadGenerator,
  plan: Plan,
  round?: number,
): Promise<void> {
  say(`Cognate: ${round === undefined ? "warming up" : "every scenario"}`);
  for (const scenario of plan.scenarios.filter((name) => name !== "functionSignIn")) {
    for (const { subject, server } of running) {
      const target = subject.target(server);
      const seed = round ?? 0;
      const order = { ...plan, scenario, target, seed, maxSteps: Number.POSITIVE_INFINITY };
      const measurement = await generator.run(order);
      if (round !== undefined) cells.add("Cognate", scenario, subject.userCount, measurement);
    }
  }
}

async function runBareFastify(
  { plan, cells }: Results,
  generator: LoadGenerator,
  seed: number,
): Promise<void> {
  if (!plan.scenarios.includes("userInfo")) return;
  const { child, target } = await startBareFastify();
  const order = { ...plan, scenario: "userInfo" as const, target, seed, maxSteps: Number.POSITIVE_INFINITY };
  cells.add("Fastify alone", "userInfo", 0, await generator.run(order));
  await child.stop();
}

/** Starts from the same file every time, since signing in and making users make it grow. */
async function runCognitoLocal(
  results: Results,
  subject: Subject,
  generator: LoadGenerator,
  round: number,
): Promise<void> {
  const { plan, footprints } = results;
  // One measurement is enough to show that it is too slow.
  if (subject.userCount > FOOTPRINT_USERS && round > 1) return;
  say(`cognito-local: ${subject.userCount} users`);
  const server = await subject.start();
  for (const scenario of plan.scenarios.filter((name) => !cognateAlone.has(name)).toSorted(readsFirst)) {
    await runScenarioOfCognitoLocal(results, { subject, server }, generator, scenario, round);
    await untilIdle(server);
  }
  const footprint = footprints.get("cognito-local");
  if (subject.userCount === FOOTPRINT_USERS && footprint) {
    footprints.set("cognito-local", { ...footprint, loadedMiB: server.child.residentMiB() });
  }
  await server.child.stop();
}

async function runScenarioOfCognitoLocal(
  { plan, cells }: Results,
  { subject, server }: Running,
  generator: LoadGenerator,
  scenario: ScenarioName,
  seed: number,
): Promise<void> {
  const isSlow = subject.userCount >= LARGE_FOR_COGNITO_LOCAL && writing.has(scenario);
  try {
    const measurement = await generator.run({
      ...plan,
      measureMilliseconds: isSlow ? PATIENT_MILLISECONDS : plan.measureMilliseconds,
      scenario,
      target: subject.target(server),
      seed,
      // Otherwise the smallest pool would grow, and cognito-local is slower with large pools.
      ...(growing.has(scenario)
        ? // The few steps might all be over before warming up is.
          { maxSteps: Math.max(100, subject.userCount / 2), warmUpMilliseconds: 0 }
        : { maxSteps: Number.POSITIVE_INFINITY }),
    });
    cells.add("cognito-local", scenario, subject.userCount, measurement);
  } catch (error) {
    if (!(error instanceof ScenarioFailed)) throw error;
    say(`cognito-local: ${scenario} with ${subject.userCount} users failed: ${error.message}`);
  }
}

/** The server continues with requests whose client is gone. Wait, so that they do not slow the next scenario. */
async function untilIdle({ child }: StartedServer): Promise<void> {
  const deadline = performance.now() + MAX_AFTERMATH_MILLISECONDS;
  while (performance.now() < deadline) {
    const before = child.processorSeconds() ?? 0;
    await wait(AFTERMATH_CHECK_MILLISECONDS);
    const busySeconds = (child.processorSeconds() ?? 0) - before;
    if (busySeconds < 0.1 * (AFTERMATH_CHECK_MILLISECONDS / 1000)) return;
  }
}

/** cognito-local knows neither SRP nor pages, and prints codes instead of sending them. */
const cognateAlone: ReadonlySet<ScenarioName> = new Set([
  "srpSignIn",
  "codeFlow",
  ...(Object.keys(factorScenarios) as (keyof typeof factorScenarios)[]),
  ...(Object.keys(oauthScenarios) as (keyof typeof oauthScenarios)[]),
  "signUp",
  "signUpAndConfirm",
  "forgotPassword",
]);
const growing: ReadonlySet<ScenarioName> = new Set(["adminCreateUser", "quickstart"]);
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

async function measureAfterLoad(
  { footprints, createUserPool }: Results,
  running: readonly Running[],
): Promise<void> {
  for (const { subject, server } of running) {
    const footprint = footprints.get("Cognate");
    if (subject.userCount !== FOOTPRINT_USERS || footprint === undefined) continue;
    footprints.set("Cognate", { ...footprint, loadedMiB: server.child.residentMiB() });
    for (let index = 0; index < CREATED_POOLS; index++) {
      const begin = performance.now();
      await call(subject.target(server), "CreateUserPool", { PoolName: `pool-${index}` });
      createUserPool.push(performance.now() - begin);
    }
  }
}
