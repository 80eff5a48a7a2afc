/** The cost of functions: an invocation by itself, and a sign-in with one beside a sign-in without. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFunctions } from "../src/lambda/index.ts";
import { silentLog } from "../src/log.ts";
import type { LoadGenerator } from "./load/load.ts";
import type { Results } from "./results.ts";
import { say } from "./say.ts";
import { FUNCTION_FILE, FUNCTION_SOURCE } from "./subjects/side-pools.ts";
import type { Subject } from "./subjects/subject.ts";
import { divide } from "./targets.ts";

const WARM_UP_INVOCATIONS = 500;
const INVOCATIONS = 2000;
/** About as much as the event of a sign-in. */
const EVENT = JSON.stringify({ request: { text: "x".repeat(800) }, response: {} });

/** Each invocation is one more millisecond at most than what its handler takes, which is nothing here. */
export async function measureInvocations({ invocations }: Results): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "cognate-function-"));
  await writeFile(join(folder, FUNCTION_FILE), FUNCTION_SOURCE);
  const options = { folder, mapped: {}, reloads: false, environment: () => ({}), log: silentLog };
  const functions = createFunctions(options);
  const invoke = () =>
    functions.invoke({
      arn: "arn:aws:lambda:us-east-1:123456789012:function:claims",
      requestId: "bench",
      event: EVENT,
    });
  try {
    for (let count = 0; count < WARM_UP_INVOCATIONS; count++) await invoke();
    for (let count = 0; count < INVOCATIONS; count++) {
      const begin = performance.now();
      const { kind } = await invoke();
      if (kind !== "answered") throw new Error(`The function did not answer: ${kind}.`);
      invocations.push(performance.now() - begin);
    }
  } finally {
    await functions.close();
    await rm(folder, { recursive: true });
  }
}

/** On a server of its own, so that the memory of workers is no part of other figures. */
export async function measureFunctionSignIns(
  { plan, cells, functionRatios }: Results,
  subject: Subject,
  generator: LoadGenerator,
): Promise<void> {
  say("Cognate: sign-ins with a function");
  const server = await subject.start();
  const target = subject.target(server);
  const measure = (scenario: "passwordSignIn" | "functionSignIn", seed: number) =>
    generator.run({ ...plan, scenario, target, seed, maxSteps: Number.POSITIVE_INFINITY });
  try {
    for (let round = 0; round <= plan.rounds; round++) {
      const without = await measure("passwordSignIn", round);
      const measured = await measure("functionSignIn", round);
      // The first warms up.
      if (round === 0) continue;
      cells.add("Cognate", "functionSignIn", subject.userCount, measured);
      const ratio = divide(measured.perSecond, without.perSecond);
      if (ratio !== undefined) functionRatios.push(ratio);
    }
  } finally {
    await server.child.stop();
  }
}
