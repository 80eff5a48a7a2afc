import { expect, it } from "vitest";
import type { AuthEvent } from "../../events.ts";
import { testContext } from "../testing.ts";
import { createSignInCounts } from "./sign-in-counts.ts";

const HOUR = 60 * 60 * 1000;

it("counts sign-ins by the hour in which they started and by outcome, and counts no other calls", async () => {
  const context = await testContext();
  const pool = { id: "us-east-1_Pool", name: "pool", settings: {}, createdAt: 0, lastModifiedAt: 0 };
  await context.store.pools.insert(pool);
  const counts = createSignInCounts(context);
  const publish = (
    at: number,
    EventResponse: "Pass" | "Fail" | "InProgress",
    RiskDecision: "NoRisk" | "AccountTakeover" | "Block",
    more: Partial<AuthEvent> = {},
  ) =>
    context.events.publish("authEvent", {
      poolId: pool.id,
      sub: "sub",
      username: "jane",
      clientId: "client",
      requestId: "request",
      hasContextData: false,
      change: EventResponse === "InProgress" ? "begun" : "outcome",
      isNew: true,
      event: { EventType: "SignIn", EventResponse, EventRisk: { RiskDecision }, CreationDate: at },
      ...more,
    });
  publish(HOUR, "InProgress", "NoRisk");
  publish(HOUR, "Pass", "NoRisk");
  publish(2 * HOUR - 1, "Pass", "NoRisk");
  publish(HOUR, "Pass", "NoRisk", { change: "feedback" });
  publish(HOUR, "Pass", "NoRisk", { event: { EventType: "SignUp", EventResponse: "Pass" } });
  publish(2 * HOUR, "Pass", "AccountTakeover");
  publish(2 * HOUR, "Fail", "NoRisk");
  publish(2 * HOUR, "Fail", "Block");
  publish(HOUR, "Pass", "NoRisk", { poolId: "us-east-1_Gone" });
  const expected = [
    { hour: HOUR, outcome: "passed", signIns: 2 },
    { hour: 2 * HOUR, outcome: "blocked", signIns: 1 },
    { hour: 2 * HOUR, outcome: "failed", signIns: 1 },
    { hour: 2 * HOUR, outcome: "passedAtRisk", signIns: 1 },
  ];
  expect(await counts.ofPool(pool.id, 0, 3 * HOUR)).toEqual(expected);
  publish(HOUR, "Pass", "NoRisk");
  await counts.close();
  publish(HOUR, "Pass", "NoRisk");
  expect((await context.store.signInCounts.list(pool.id, 0, 2 * HOUR))[0]?.signIns).toBe(3);
});
