/** The program of the worker thread that verifies messages of SAML providers, one at a time. */
import { parentPort } from "node:worker_threads";
import type { ThreadAnswer } from "../../thread.ts";
import { type CheckRequest, type CheckResult, checks } from "./checks.ts";
import { SamlRefusal } from "./refusal.ts";

parentPort?.on("message", async ({ id, check, given }: CheckRequest & { readonly id: number }) => {
  try {
    const result = await resultOf({ check, given });
    parentPort?.postMessage({ id, result } satisfies ThreadAnswer<CheckResult>);
  } catch (error) {
    parentPort?.postMessage({ id, failure: String(error) } satisfies ThreadAnswer<CheckResult>);
  }
});

async function resultOf({ check, given }: CheckRequest): Promise<CheckResult> {
  // The caller's types tie a check to what it is given; a message between threads has no types.
  const run = checks[check] as (...given: readonly unknown[]) => unknown;
  try {
    return { accepted: await run(...given) };
  } catch (error) {
    if (error instanceof SamlRefusal) return { refusal: error.message };
    throw error;
  }
}
