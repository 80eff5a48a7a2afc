import { describe, expect, it } from "vitest";
import { createEvents, type TriggerInvocation } from "../../events.ts";
import type { InvocationOutcome } from "../../lambda/index.ts";
import { type Log, silentLog } from "../../log.ts";
import { systemRandom } from "../../random.ts";
import { invokeFunction } from "./invoke-function.ts";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:hook";

/** Invokes a function that takes 250 ms. @returns what was published and logged */
async function invoked(outcome: InvocationOutcome, isAsynchronous = false) {
  const published: TriggerInvocation[] = [];
  const warned: unknown[] = [];
  const events = createEvents();
  events.subscribe("invocation", (invocation) => published.push(invocation));
  const log: Log = { ...silentLog, warn: (fields: object) => void warned.push(fields) };
  let now = 1_000;
  const returned = await invokeFunction(
    {
      poolId: "pool",
      source: "PreSignUp_SignUp",
      configured: { trigger: "PreSignUp", arn: ARN, version: "1" },
      event: "{}",
      requestId: "request",
      isAsynchronous,
    },
    {
      functions: {
        targetOf: () => undefined as never,
        async invoke() {
          now += 250;
          return outcome;
        },
      },
      events,
      clock: { now: () => now },
      random: systemRandom,
      log,
    },
  );
  expect(returned).toBe(outcome);
  return { published, warned };
}

const FAILURES: readonly (readonly [InvocationOutcome, string])[] = [
  [{ kind: "failed", errorType: "Error", errorMessage: "No." }, "Error: No."],
  [{ kind: "timed out" }, "The function did not answer in time."],
  [{ kind: "not invoked", reason: "Throttled", detail: "Later." }, "Throttled: Later."],
];

describe("an invocation", () => {
  it("is published with the function's answer and the time that it took", async () => {
    expect(await invoked({ kind: "answered", payload: '{"a":1}' })).toEqual({
      published: [
        {
          requestId: "request",
          at: 1_000,
          poolId: "pool",
          trigger: "PreSignUp",
          source: "PreSignUp_SignUp",
          arn: ARN,
          event: "{}",
          response: '{"a":1}',
          error: undefined,
          durationMilliseconds: 250,
        },
      ],
      warned: [],
    });
  });

  it.each(FAILURES)("that ends with %j is published with the reason", async (outcome, error) => {
    expect(await invoked(outcome)).toMatchObject({ published: [{ response: undefined, error }], warned: [] });
  });

  it.each(FAILURES)(
    "as an event that ends with %j is logged, because nobody is told",
    async (outcome, reason) => {
      expect((await invoked(outcome, true)).warned).toEqual([
        { poolId: "pool", source: "PreSignUp_SignUp", arn: ARN, requestId: "request", reason },
      ]);
    },
  );

  it("as an event that is answered is not logged", async () => {
    expect((await invoked({ kind: "answered", payload: "null" }, true)).warned).toEqual([]);
  });
});
