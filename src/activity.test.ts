import { describe, expect, it } from "vitest";
import { createActivity, KEPT_CALLS } from "./activity.ts";
import { type Call, createEvents } from "./events.ts";

const call = (requestId: string, changes: Partial<Call> = {}): Call => ({
  requestId,
  at: 0,
  service: "cognito-idp",
  operation: "InitiateAuth",
  caller: undefined,
  status: 200,
  error: undefined,
  durationMilliseconds: 1,
  userAgent: undefined,
  sourceIp: undefined,
  input: {},
  requestBytes: 2,
  answer: "{}",
  ...changes,
});

describe("the activity of a node", () => {
  it("keeps the newest of the published calls, oldest first", () => {
    const events = createEvents();
    const activity = createActivity(events, { keepsContent: true });
    for (let i = 0; i <= KEPT_CALLS; i++) events.publish("call", call(String(i)));
    expect(activity.recent()).toHaveLength(KEPT_CALLS);
    expect(activity.recent().at(0)?.requestId).toBe("1");
    expect(activity.recent().at(-1)?.requestId).toBe(String(KEPT_CALLS));
    expect(activity.contentOf("0")).toBeUndefined();
    expect(activity.contentOf("1")).toBeDefined();
  });

  it("publishes each call to a subscriber until the subscription ends", () => {
    const events = createEvents();
    const activity = createActivity(events, { keepsContent: true });
    const heard: string[] = [];
    const end = activity.subscribe(({ requestId }) => heard.push(requestId));
    events.publish("call", call("a"));
    end();
    events.publish("call", call("b"));
    expect(heard).toEqual(["a"]);
  });

  it.each([
    [
      { UserPoolId: "us-east-1_a", ClientId: "c", AuthParameters: { USERNAME: "jane", PASSWORD: "x" } },
      { poolId: "us-east-1_a", clientId: "c", username: "jane" },
    ],
    [{ ChallengeResponses: { USERNAME: "jane" } }, { username: "jane" }],
    [{ UserPoolId: 5, Username: ["jane"] }, {}],
    [
      {
        AccessToken: `x.${Buffer.from(
          JSON.stringify({ iss: "http://localhost/us-east-1_a", client_id: "c", username: "jane" }),
        ).toString("base64url")}.${"signature".repeat(40)}`,
      },
      { poolId: "us-east-1_a", clientId: "c", username: "jane" },
    ],
    [{ AccessToken: "not a token" }, {}],
  ])("names the user, pool and client of a call with the input %j", (input, subject) => {
    const events = createEvents();
    const activity = createActivity(events, { keepsContent: false });
    events.publish("call", call("a", { input }));
    const { poolId, clientId, username } = activity.recent()[0] ?? {};
    expect({ poolId, clientId, username }).toEqual({
      poolId: undefined,
      clientId: undefined,
      username: undefined,
      ...subject,
    });
  });

  it("hides the secrets in the request and the answer of a call", () => {
    const events = createEvents();
    const activity = createActivity(events, { keepsContent: true });
    events.publish(
      "call",
      call("a", {
        input: { AuthParameters: { USERNAME: "jane", PASSWORD: "Perm4nent!" } },
        answer: '{"Session":"AYABe"}',
      }),
    );
    expect(activity.contentOf("a")).toEqual({
      request: { AuthParameters: { USERNAME: "jane", PASSWORD: "••••••••" } },
      answer: { Session: "••••••••" },
    });
    expect(JSON.stringify(activity.recent())).not.toContain("Perm4nent!");
  });

  it("keeps neither content in production nor content of a large request", () => {
    const events = createEvents();
    const production = createActivity(events, { keepsContent: false });
    const development = createActivity(events, { keepsContent: true });
    events.publish("call", call("a"));
    events.publish("call", call("b", { requestBytes: 100_000 }));
    expect(production.contentOf("a")).toBeUndefined();
    expect(development.contentOf("b")).toBeUndefined();
  });
});
