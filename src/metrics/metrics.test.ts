import { afterAll, describe, expect, it, vi } from "vitest";
import { type AuthEvent, createEvents, type EventName, type EventTypes } from "../events.ts";
import { clientRecord, newPool } from "../storage/contract/fixtures.ts";
import { openTestStore } from "../storage/testing.ts";
import { createMetrics } from "./metrics.ts";

const store = await openTestStore();
afterAll(() => store.close());
const options = { store: () => store, mode: "serve", token: "0123456789abcdef" };

/** The samples of Cognate's own metrics after some events, without those of histograms' buckets. */
async function samplesAfter(publish: (events: ReturnType<typeof createEvents>) => void): Promise<string[]> {
  const events = createEvents();
  const metrics = createMetrics({ ...options, events });
  publish(events);
  return samplesOf(await metrics.text());
}

function samplesOf(text: string): string[] {
  return text.split("\n").filter((line) => /^cognate_(?!info|\w+_bucket)/.test(line));
}

const message = { poolId: "pool", username: "jane", medium: "SMS", occasion: "SignUp" } as const;
const invocation = {
  requestId: "r",
  at: 0,
  poolId: "pool",
  trigger: "PreSignUp",
  source: "PreSignUp_SignUp",
  arn: "arn",
  event: "{}",
  durationMilliseconds: 250,
};
const call = {
  requestId: "r",
  at: 0,
  service: "iam",
  caller: undefined,
  status: 400,
  durationMilliseconds: 500,
  userAgent: "jane's browser",
  sourceIp: "192.0.2.1",
  input: undefined,
  requestBytes: 0,
  answer: "{}",
};
const client = { poolId: "pool", clientId: "client", isSelfRegistered: false };
const authEvent: AuthEvent = {
  poolId: "pool",
  sub: "sub",
  username: "jane",
  clientId: "client",
  requestId: "r",
  hasContextData: false,
  change: "begun",
  isNew: true,
  event: { EventRisk: { RiskDecision: "AccountTakeover" } },
};

interface Case<Name extends EventName> {
  readonly name: Name;
  readonly event: EventTypes[Name];
  readonly samples: readonly string[];
}
const counted = <Name extends EventName>(
  name: Name,
  event: EventTypes[Name],
  ...samples: readonly string[]
): Case<Name> => ({ name, event, samples });

describe("the metrics", () => {
  it.each([
    counted(
      "message",
      { ...message, failure: undefined },
      `cognate_messages_total{user_pool="pool",medium="SMS",occasion="SignUp",outcome="delivered"} 1`,
    ),
    counted(
      "message",
      { ...message, failure: "refused" },
      `cognate_messages_total{user_pool="pool",medium="SMS",occasion="SignUp",outcome="failed"} 1`,
    ),
    counted(
      "invocation",
      { ...invocation, response: "{}", error: undefined },
      `cognate_trigger_invocations_total{user_pool="pool",trigger="PreSignUp",outcome="succeeded"} 1`,
      `cognate_trigger_duration_seconds_sum{trigger="PreSignUp"} 0.25`,
      `cognate_trigger_duration_seconds_count{trigger="PreSignUp"} 1`,
    ),
    counted(
      "invocation",
      { ...invocation, response: undefined, error: "down" },
      `cognate_trigger_invocations_total{user_pool="pool",trigger="PreSignUp",outcome="failed"} 1`,
      `cognate_trigger_duration_seconds_sum{trigger="PreSignUp"} 0.25`,
      `cognate_trigger_duration_seconds_count{trigger="PreSignUp"} 1`,
    ),
    counted(
      "call",
      { ...call, operation: undefined, error: "InvalidAction" },
      `cognate_api_calls_total{service="iam",operation="unknown",error="InvalidAction"} 1`,
      `cognate_api_call_duration_seconds_sum{service="iam",operation="unknown"} 0.5`,
      `cognate_api_call_duration_seconds_count{service="iam",operation="unknown"} 1`,
    ),
    counted(
      "federatedSignIn",
      { ...client, providerName: "Corp" },
      `cognate_federated_sign_ins_total{user_pool="pool",app_client="client",identity_provider="Corp"} 1`,
    ),
    counted(
      "signInFailed",
      { ...client, challenge: "SMS_MFA" },
      `cognate_sign_ins_failed_total{user_pool="pool",app_client="client",challenge="SMS_MFA"} 1`,
    ),
    counted(
      "authEvent",
      authEvent,
      `cognate_risk_decisions_total{user_pool="pool",decision="AccountTakeover"} 1`,
    ),
  ])("count the event $name as $samples", async ({ name, event, samples }) => {
    expect(await samplesAfter((events) => events.publish(name, event))).toEqual(samples);
  });

  it.each(["outcome", "feedback"] as const)(
    "do not count again a risk decision whose sign-in has got its %s",
    async (change) => {
      const later = { ...authEvent, change, isNew: false };
      expect(await samplesAfter((events) => events.publish("authEvent", later))).toEqual([]);
    },
  );

  it("are of pools and app clients that exist", async () => {
    const events = createEvents();
    const metrics = createMetrics({ ...options, events });
    const [poolId, deletedPool] = [await newPool(store), await newPool(store)];
    const app = clientRecord(poolId);
    await store.clients.insert(app);
    const clientId = app.id;
    const source = "source";
    for (const isSelfRegistered of [false, true])
      events.publish("tokensIssued", { poolId, clientId, isSelfRegistered, source });
    events.publish("tokensIssued", { poolId, clientId: "deleted", isSelfRegistered: false, source });
    events.publish("userCreated", { poolId: deletedPool, occasion: "SignUp" });
    events.publish("userCreated", { poolId, occasion: "SignUp" });
    await store.pools.delete(deletedPool);
    await expect
      .poll(async () => samplesOf(await metrics.text()))
      .toEqual([
        `cognate_tokens_issued_total{user_pool="${poolId}",app_client="${clientId}",source="source"} 1`,
        `cognate_tokens_issued_total{user_pool="${poolId}",app_client="registered",source="source"} 1`,
        `cognate_users_created_total{user_pool="${poolId}",occasion="SignUp"} 1`,
      ]);
  });

  it("of the process are measured once for all servers in it", async () => {
    createMetrics({ ...options, events: createEvents() });
    const observe = vi.spyOn(PerformanceObserver.prototype, "observe");
    const texts = [1, 2].map(() => createMetrics({ ...options, events: createEvents() }).text());
    for (const text of await Promise.all(texts)) expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
    expect(observe).not.toHaveBeenCalled();
    observe.mockRestore();
  });

  it("name all clients that registered themselves by one label", async () => {
    const samples = await samplesAfter((events) => {
      for (const clientId of ["one", "two"]) {
        events.publish("tokensIssued", { ...client, clientId, isSelfRegistered: true, source: "source" });
      }
    });
    expect(samples).toEqual([
      'cognate_tokens_issued_total{user_pool="pool",app_client="registered",source="source"} 2',
    ]);
  });
});
