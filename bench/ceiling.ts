/**
 * The most that this machine's cores could do of a scenario if they did nothing but its arithmetic.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ScenarioName } from "./load/scenarios.ts";
import { median } from "./median.ts";

/** RS256 with 2048 bits; g^x by the table of `src/crypto`, and any base^x by OpenSSL, in the 3072-bit group, x of 256 bits. */
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

/** The least work of one step of a scenario; counted from the code. */
interface Work {
  readonly signatures: number;
  /** Of the generator, which a table makes cheaper. */
  readonly powersOfGenerator: number;
  readonly otherPowers: number;
}

const work: Readonly<Partial<Record<ScenarioName, Work>>> = {
  passwordSignIn: { signatures: 2, powersOfGenerator: 1, otherPowers: 0 },
  adminPasswordSignIn: { signatures: 2, powersOfGenerator: 1, otherPowers: 0 },
  // g^b; v^u and the shared secret; and the client's one, which runs on the same cores.
  srpSignIn: { signatures: 2, powersOfGenerator: 1, otherPowers: 2 + 1 },
  totpSignIn: { signatures: 2, powersOfGenerator: 1, otherPowers: 0 },
  passkeySignIn: { signatures: 2, powersOfGenerator: 0, otherPowers: 0 },
  functionSignIn: { signatures: 2, powersOfGenerator: 1, otherPowers: 0 },
  codeFlow: { signatures: 2, powersOfGenerator: 1, otherPowers: 0 },
  clientCredentials: { signatures: 1, powersOfGenerator: 0, otherPowers: 0 },
  codeExchange: { signatures: 2, powersOfGenerator: 0, otherPowers: 0 },
  tokenRefresh: { signatures: 2, powersOfGenerator: 0, otherPowers: 0 },
  // The temporary password's verifier, its check, the new password's verifier.
  quickstart: { signatures: 2, powersOfGenerator: 3, otherPowers: 0 },
  signUp: { signatures: 0, powersOfGenerator: 1, otherPowers: 0 },
  signUpAndConfirm: { signatures: 0, powersOfGenerator: 1, otherPowers: 0 },
  forgotPassword: { signatures: 0, powersOfGenerator: 1, otherPowers: 0 },
  refresh: { signatures: 2, powersOfGenerator: 0, otherPowers: 0 },
  adminCreateUser: { signatures: 0, powersOfGenerator: 1, otherPowers: 0 },
};

/**
 * Steps in a second over all cores, if they did nothing but what OpenSSL does for them; undefined for a scenario without
 * such work.
 *
 * @param method `openssl` raises every base alike; `table` raises the generator as Cognate does, which makes for a higher
 *   ceiling
 */
export function ceilingOf(
  scenario: ScenarioName,
  rates: Rates,
  method: "openssl" | "table" = "openssl",
): number | undefined {
  const needed = work[scenario];
  if (needed === undefined) return undefined;
  const generatorRate = method === "table" ? rates.powerOfGenerator : rates.power;
  const seconds =
    needed.signatures / rates.signature +
    needed.powersOfGenerator / generatorRate +
    needed.otherPowers / rates.power;
  return 1 / seconds;
}

/** The median of each primitive over several measurements. */
export function medianRates(measured: readonly Rates[]): Rates {
  const of = (primitive: Primitive) => median(measured.map((rates) => rates[primitive])) ?? Number.NaN;
  return { signature: of("signature"), powerOfGenerator: of("powerOfGenerator"), power: of("power") };
}
