/** The event of a sign-in, as administrators list it and as it is published for logs and metrics. */
import { beforeAll, describe, expect, it } from "vitest";
import type { AuthEvent } from "../../../events.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { createAuthenticator } from "../passkeys/testing.ts";
import { caller } from "../testing.ts";
import { AWAY, addOns, BLOCKED, HOME, protectionScene, RP, sceneWithApp, TOKENS } from "./testing.ts";

const FROM_HOME = { IpAddress: "203.0.113.9", DeviceName: "Chrome 120, Windows 10" };
const FROM_AWAY = { IpAddress: "198.51.100.7", DeviceName: "Firefox 130, Linux" };
const PASSWORD_FAILURE = [{ ChallengeName: "Password", ChallengeResponse: "Failure" }];
const WRONG = { PASSWORD: "Wrong-horse-1" };
const NO_RISK = { RiskDecision: "NoRisk", CompromisedCredentialsDetected: false };

describe("the event of a sign-in", () => {
  let context: TestContext;
  beforeAll(async () => {
    context = await testContext();
  });

  /** The newest event, without its id and time. */
  async function newest(here: Awaited<ReturnType<typeof protectionScene>>) {
    const [{ EventId: _, CreationDate: __, ...event } = {}] = await here.events();
    return event;
  }

  it("with a wrong password says how risky it was", async () => {
    const here = await protectionScene(context, addOns("AUDIT"));
    await here.begin(HOME);
    here.later();
    await here.begin(HOME, WRONG);
    expect(await newest(here)).toEqual({
      EventType: "SignIn",
      EventResponse: "Fail",
      EventRisk: NO_RISK,
      ChallengeResponses: PASSWORD_FAILURE,
      EventContextData: FROM_HOME,
    });
    here.later();
    await here.begin(AWAY, WRONG);
    expect(await newest(here)).toEqual({
      EventType: "SignIn",
      EventResponse: "Fail",
      EventRisk: {
        RiskDecision: "AccountTakeover",
        RiskLevel: "Medium",
        CompromisedCredentialsDetected: false,
      },
      ChallengeResponses: PASSWORD_FAILURE,
      EventContextData: FROM_AWAY,
    });
  });

  it("that is blocked by its address says no more than that", async () => {
    const here = await protectionScene(context, addOns("ENFORCED"));
    await here.configure({ RiskExceptionConfiguration: { BlockedIPRangeList: ["198.51.100.0/24"] } });
    expect(await here.begin(AWAY)).toBe(BLOCKED);
    expect(await newest(here)).toEqual({
      EventType: "SignIn",
      EventResponse: "Fail",
      EventRisk: { RiskDecision: "Block", CompromisedCredentialsDetected: false },
      EventContextData: FROM_AWAY,
    });
  });

  it("without an address and a user agent has neither", async () => {
    const here = await protectionScene(context, addOns("AUDIT"));
    await here.begin({ sourceIp: undefined, userAgent: undefined });
    expect(await newest(here)).toMatchObject({ EventResponse: "Pass", EventContextData: {} });
    expect((await newest(here)).EventContextData).toEqual({});
  });

  it("by a passkey names no password and no second factor", async () => {
    const here = await sceneWithApp(context, "AUDIT", {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
      WebAuthnConfiguration: { RelyingPartyId: RP, FactorConfiguration: "SINGLE_FACTOR" },
    });
    const { AccessToken } = here;
    const authenticator = createAuthenticator();
    const { CredentialCreationOptions } = await here.call("StartWebAuthnRegistration", { AccessToken });
    const { challenge } = CredentialCreationOptions as { challenge: string };
    await here.call("CompleteWebAuthnRegistration", {
      AccessToken,
      Credential: authenticator.register({ challenge, rpId: RP }) as never,
    });
    here.later();
    const asked = await caller({ ...context, request: { ...context.request, ...HOME } }).call(
      "InitiateAuth",
      {
        ClientId: here.client.id,
        AuthFlow: "USER_AUTH",
        AuthParameters: { USERNAME: "alice", PREFERRED_CHALLENGE: "WEB_AUTHN" },
      },
    );
    const options = JSON.parse(asked.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "{}");
    const CREDENTIAL = authenticator.authenticate({ challenge: options.challenge, rpId: RP });
    expect(await here.answer(HOME, asked, { CREDENTIAL })).toMatchObject(TOKENS);
    expect(await newest(here)).toEqual({
      EventType: "SignIn",
      EventResponse: "Pass",
      EventRisk: NO_RISK,
      EventContextData: FROM_HOME,
    });
  });

  it("is published with the user, the app client and the request, each time that it changes", async () => {
    const here = await protectionScene(context, addOns("AUDIT"));
    const published: AuthEvent[] = [];
    const end = context.events.subscribe("authEvent", (event) => void published.push(event));
    await here.begin({ ...HOME, requestId: "request-1" });
    end();
    const user = await context.store.users.find(here.pool.id, "alice");
    const [event] = await here.events();
    const common = {
      poolId: here.pool.id,
      sub: user?.sub,
      username: "alice",
      clientId: here.client.id,
      requestId: "request-1",
      hasContextData: false,
    };
    expect(published).toEqual([
      { ...common, change: "begun", isNew: true, event: { ...event, EventResponse: "InProgress" } },
      { ...common, change: "outcome", isNew: false, event },
    ]);
  });

  it("is published as one with context data if the app sent some", async () => {
    const here = await protectionScene(context, addOns("AUDIT"));
    const published: boolean[] = [];
    const end = context.events.subscribe("authEvent", (event) => void published.push(event.hasContextData));
    await here.begin({ ...HOME, userContextData: {} });
    end();
    expect(published).toEqual([true, true]);
  });
});

it("a breached password that is refused sends no notification of an unusual sign-in", async () => {
  const breachedPasswords = { includes: async () => true, close: async () => undefined };
  const context = await testContext({ breachedPasswords });
  const here = await protectionScene(context, addOns("ENFORCED"));
  await here.begin(HOME);
  const notify = { Notify: true, EventAction: "NO_ACTION" } as const;
  await here.configure({
    CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: "BLOCK" } },
    AccountTakeoverRiskConfiguration: {
      Actions: { LowAction: notify, MediumAction: notify, HighAction: notify },
      NotifyConfiguration: {
        SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/security@example.com",
        From: "security@example.com",
      },
    },
  });
  here.later();
  expect(await here.begin(AWAY)).toContain("PasswordResetRequiredException");
  await context.outbox.idle();
  expect(context.sent.filter(({ from }) => from === "security@example.com")).toEqual([]);
});
