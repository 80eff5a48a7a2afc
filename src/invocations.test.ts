import { describe, expect, it } from "vitest";
import { createEvents, type TriggerInvocation } from "./events.ts";
import { createInvocations, KEPT_INVOCATIONS } from "./invocations.ts";

const invocation: TriggerInvocation = {
  requestId: "1",
  at: 1,
  poolId: "us-east-1_a",
  trigger: "UserMigration",
  source: "UserMigration_Authentication",
  arn: "arn:aws:lambda:us-east-1:123456789012:function:one",
  event: JSON.stringify({ request: { password: "Secret-1" } }),
  response: "{}",
  error: undefined,
  durationMilliseconds: 1,
};

function keeping(keepsContent: boolean) {
  const events = createEvents();
  const invocations = createInvocations(events, { keepsContent });
  const add = (changes: Partial<TriggerInvocation> = {}) =>
    events.publish("invocation", { ...invocation, ...changes });
  return { invocations, add };
}

const PRIVATE = {
  request: {
    challengeAnswer: "42",
    privateChallengeParameters: { anything: "42" },
    session: [{ challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "CODE-42" }],
  },
  response: { privateChallengeParameters: null },
};

describe("the invocations that are kept", () => {
  it("are listed newest first, pool by pool", () => {
    const { invocations, add } = keeping(true);
    add({ requestId: "1" });
    add({ requestId: "2", poolId: "us-east-1_b" });
    add({ requestId: "3" });
    expect(invocations.ofPool("us-east-1_a").map(({ requestId }) => requestId)).toEqual(["3", "1"]);
  });

  it("are limited, and the oldest ones are dropped first", () => {
    const { invocations, add } = keeping(true);
    for (let number = 0; number <= KEPT_INVOCATIONS; number++) add();
    const kept = invocations.ofPool("us-east-1_a");
    expect(kept).toHaveLength(KEPT_INVOCATIONS);
    expect(invocations.contentOf("us-east-1_a", "1")).toBeUndefined();
    expect(invocations.contentOf("us-east-1_a", "2")).toBeDefined();
  });

  it("keep a bounded part of a function's error", () => {
    const { invocations, add } = keeping(false);
    add({ error: `Error: ${"x".repeat(1_000_000)}` });
    const [kept] = invocations.ofPool("us-east-1_a");
    expect(kept?.error).toMatch(/^Error: x{1000}/);
    expect(kept?.error?.length).toBeLessThan(20_000);
  });

  it("hide passwords and the private parameters of a custom challenge", () => {
    const { invocations, add } = keeping(true);
    add();
    add({ event: JSON.stringify(PRIVATE) });
    expect(invocations.contentOf("us-east-1_a", "1")?.event).toEqual({ request: { password: "••••••••" } });
    expect(invocations.contentOf("us-east-1_a", "2")?.event).toEqual({
      request: {
        challengeAnswer: "••••••••",
        privateChallengeParameters: "••••••••",
        session: [
          { challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "••••••••" },
        ],
      },
      response: { privateChallengeParameters: null },
    });
  });

  it("have no content for another pool, in production, or if it is too large or not JSON", () => {
    const { invocations, add } = keeping(true);
    add();
    expect(invocations.contentOf("us-east-1_b", "1")).toBeUndefined();
    add({ event: JSON.stringify({ filler: "x".repeat(20_000) }) });
    expect(invocations.contentOf("us-east-1_a", "2")).toBeUndefined();
    add({ response: "password=1" });
    expect(invocations.contentOf("us-east-1_a", "3")?.response).toBeUndefined();
    const production = keeping(false);
    production.add();
    expect(production.invocations.ofPool("us-east-1_a")).toHaveLength(1);
    expect(production.invocations.contentOf("us-east-1_a", "1")).toBeUndefined();
  });
});
