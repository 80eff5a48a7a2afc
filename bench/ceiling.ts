/**
 * The most that this machine's cores could do of a scenario if they did nothing but its arithmetic.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ScenarioName } from "./load/scenarios.ts";

/** RS256 with 2048 bits; g^x and any other base^x in the 3072-bit group, x of 256 bits. */
export const primitives = ["signature", "powerOfGenerator", "power"] as const;
export type Primitive = (typeof primitives)[number];

/** Of each primitive, in a second, over all cores. */
export type Rates = Readonly<Record<Primitive, number>>;

export async function measureCeiling(milliseconds: number): Promise<Rates> {
  const rates = { signature: 0, powerOfGenerator: 0, power: 0 };
  for (const primitive of primitives) rates[primitive] = await onAllCores(primitive, milliseconds);
  return rates;
}

async function onAllCores(primitive: Primitive, milliseconds: number): Promise<number> {
  const rates = await Promise.all(
    Array.from({ length: availableParallelism() }, () => {
      const worker = new Worker(new URL("ceiling-thread.ts", import.meta.url), {
        workerData: { primitive, milliseconds },
      });
      return new Promise<number>((resolve, reject) => {
        worker.once("message", resolve);
        worker.once("error", reject);
      });
    }),
  );
  return rates.reduce((sum, rate) => sum + rate, 0);
}

type Work = Readonly<Partial<Record<Primitive, number>>>;

/** What one step of a scenario cannot do without, the client's part of SRP apart; counted from the code. */
const serverWork: Readonly<Partial<Record<ScenarioName, Work>>> = {
  passwordSignIn: { powerOfGenerator: 1, signature: 2 },
  adminPasswordSignIn: { powerOfGenerator: 1, signature: 2 },
  // B; then v^u and the shared secret.
  srpSignIn: { powerOfGenerator: 1, power: 2, signature: 2 },
  // The temporary password's verifier, its check, the new password's verifier.
  walk: { powerOfGenerator: 3, signature: 2 },
  refresh: { signature: 2 },
};

/** The client of SRP runs on the same cores. */
const clientWork: Readonly<Partial<Record<ScenarioName, Work>>> = { srpSignIn: { power: 1 } };

/** Steps in a second over all cores; undefined for a scenario that does nothing which this counts. */
export function ceilingOf(scenario: ScenarioName, rates: Rates): number | undefined {
  const work = [serverWork[scenario], clientWork[scenario]];
  const seconds = work.reduce((sum, part) => sum + secondsOf(part ?? {}, rates), 0);
  return seconds === 0 ? undefined : 1 / seconds;
}

function secondsOf(work: Work, rates: Rates): number {
  return primitives.reduce((sum, primitive) => sum + (work[primitive] ?? 0) / rates[primitive], 0);
}
