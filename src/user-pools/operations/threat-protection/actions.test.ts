/** The reaction of threat protection to a sign-in, by mode, action and the factors that the user has. */
import { beforeAll, describe, expect, it } from "vitest";
import type { AccountTakeoverEventActionType } from "../../../api-model/index.ts";
import type { Store } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { APP, OPTIONAL } from "../mfa/testing.ts";
import { createAuthenticator } from "../passkeys/testing.ts";
import { caller } from "../testing.ts";
import {
  type AppScene,
  AWAY,
  addOns,
  askForNumber,
  BLOCKED,
  enableApp,
  HOME,
  protectionScene,
  RP,
  sceneWithApp,
  TOKENS,
} from "./testing.ts";

describe("the actions of threat protection", () => {
  let context: TestContext;
  beforeAll(async () => {
    context = await testContext({ triggers: askForNumber });
  });

  it.each(["MFA_IF_CONFIGURED", "MFA_REQUIRED"] as const)(
    "%s requires the code of a user's authenticator app, and is recorded in the event",
    async (action) => {
      const here = await sceneWithApp(context, "ENFORCED");
      await enableApp(here);
      await here.act(action);
      here.later();
      const published: unknown[] = [];
      const end = context.events.subscribe("authEvent", ({ change, isNew }) =>
        published.push([change, isNew]),
      );
      const challenge = await here.begin(AWAY);
      expect(challenge).toMatchObject({ ChallengeName: "SOFTWARE_TOKEN_MFA" });
      expect((await here.events())[0]).toMatchObject({
        EventResponse: "InProgress",
        EventRisk: { RiskDecision: "AccountTakeover", RiskLevel: "Medium" },
      });
      expect(await here.answer(AWAY, challenge, { SOFTWARE_TOKEN_MFA_CODE: "000000" })).toContain(
        "CodeMismatch",
      );
      expect((await here.events())[0]).toMatchObject({
        EventResponse: "Fail",
        ChallengeResponses: [
          { ChallengeName: "Password", ChallengeResponse: "Success" },
          { ChallengeName: "Mfa", ChallengeResponse: "Failure" },
        ],
      });
      expect(await here.answer(AWAY, challenge, { SOFTWARE_TOKEN_MFA_CODE: here.code() })).toMatchObject(
        TOKENS,
      );
      expect((await here.events())[0]).toMatchObject({
        EventResponse: "Pass",
        ChallengeResponses: [
          { ChallengeName: "Password", ChallengeResponse: "Success" },
          { ChallengeName: "Mfa", ChallengeResponse: "Success" },
        ],
      });
      end();
      expect(published).toEqual([
        ["begun", true],
        ["outcome", false],
        ["outcome", false],
      ]);
    },
  );

  it("MFA_IF_CONFIGURED signs in a user without a second factor, and MFA_REQUIRED rejects the sign-in", async () => {
    const here = await sceneWithApp(context, "ENFORCED");
    await here.act("MFA_IF_CONFIGURED");
    here.later();
    expect(await here.begin(AWAY)).toMatchObject(TOKENS);
    await here.act("MFA_REQUIRED");
    here.later();
    const elsewhere = {
      sourceIp: "192.0.2.1",
      userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.0 Safari/605",
    };
    expect(await here.begin(elsewhere)).toBe(BLOCKED);
  });

  it("MFA_REQUIRED rejects every user in a pool with MFA off", async () => {
    const here = await protectionScene(context, addOns("ENFORCED"));
    await here.begin(HOME);
    await here.act("MFA_REQUIRED");
    here.later();
    expect(await here.begin(AWAY)).toBe(BLOCKED);
  });

  it("require the code although the device is remembered", async () => {
    const here = await sceneWithApp(context, "ENFORCED", {
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
    });
    await enableApp(here);
    await here.act("MFA_REQUIRED");
    here.later();
    const challenge = await here.begin(AWAY, {
      DEVICE_KEY: "us-east-1_00000000-0000-4000-8000-000000000000",
    });
    expect(challenge).toMatchObject({ ChallengeName: "SOFTWARE_TOKEN_MFA" });
  });

  it.each([
    ["signs in a user with passkey MFA", "MULTI_FACTOR_WITH_USER_VERIFICATION", true, TOKENS],
    [
      "rejects a passkey of a user without passkey MFA",
      "MULTI_FACTOR_WITH_USER_VERIFICATION",
      false,
      BLOCKED,
    ],
    ["rejects a passkey that is a single factor", "SINGLE_FACTOR", false, BLOCKED],
  ] as const)("MFA_REQUIRED %s", async (_what, FactorConfiguration, isActivated, expected) => {
    const here = await sceneWithApp(context, "ENFORCED", {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
      WebAuthnConfiguration: { RelyingPartyId: RP, FactorConfiguration },
    });
    const { AccessToken } = here;
    const authenticator = createAuthenticator();
    const { CredentialCreationOptions } = await here.call("StartWebAuthnRegistration", { AccessToken });
    const { challenge } = CredentialCreationOptions as { challenge: string };
    await here.call("CompleteWebAuthnRegistration", {
      AccessToken,
      Credential: authenticator.register({ challenge, rpId: RP }) as never,
    });
    if (isActivated) {
      await enableApp(here);
      await here.call("SetUserMFAPreference", { AccessToken, WebAuthnMfaSettings: { Enabled: true } });
    }
    await here.act("MFA_REQUIRED");
    here.later();
    const api = caller({ ...context, request: { ...context.request, ...AWAY } });
    const asked = await api.call("InitiateAuth", {
      ClientId: here.client.id,
      AuthFlow: "USER_AUTH",
      AuthParameters: { USERNAME: "alice", PREFERRED_CHALLENGE: "WEB_AUTHN" },
    });
    const options = JSON.parse(asked.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "{}");
    const CREDENTIAL = authenticator.authenticate({ challenge: options.challenge, rpId: RP });
    const answer = await here.answer(AWAY, asked, { CREDENTIAL });
    if (typeof expected === "string") expect(answer).toBe(expected);
    else expect(answer).toMatchObject(expected);
  });

  it.each(["BLOCK", "MFA_REQUIRED", "MFA_IF_CONFIGURED"] as const)(
    "%s is not applied in AUDIT mode",
    async (action) => {
      const here = await sceneWithApp(context, "AUDIT");
      await enableApp(here);
      await here.act(action);
      here.later();
      // The user's own MFA asks for a code, whatever the risk.
      const challenge = await here.begin(AWAY);
      expect(challenge).toMatchObject({ ChallengeName: "SOFTWARE_TOKEN_MFA" });
      here.later();
      expect(
        await here.answer(AWAY, await here.begin(AWAY), { SOFTWARE_TOKEN_MFA_CODE: here.code() }),
      ).toMatchObject(TOKENS);
      expect((await here.events())[0]).toMatchObject({
        EventResponse: "Pass",
        EventRisk: { RiskDecision: "AccountTakeover" },
      });
    },
  );

  it("follow an app client's own configuration before the pool's", async () => {
    const here = await protectionScene(context, addOns("ENFORCED"));
    await here.begin(HOME);
    await here.act("BLOCK");
    await here.act("NO_ACTION", here.client.id);
    here.later();
    expect(await here.begin(AWAY)).toMatchObject(TOKENS);
    await here.call("SetRiskConfiguration", { UserPoolId: here.pool.id, ClientId: here.client.id });
    here.later();
    expect(await here.begin({ ...AWAY, sourceIp: "192.0.2.1", userAgent: "aws-cli/2.15" })).toBe(BLOCKED);
  });

  describe("in notifications of the user", () => {
    const NotifyConfiguration = {
      SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/security@example.com",
      From: "security@example.com",
      ReplyTo: "help@example.com",
    };
    const notifying = (here: AppScene, EventAction: AccountTakeoverEventActionType, Notify = true) =>
      here.configure({
        AccountTakeoverRiskConfiguration: {
          Actions: { MediumAction: { EventAction, Notify }, HighAction: { EventAction, Notify } },
          NotifyConfiguration,
        },
      });
    /** Signs in from elsewhere. @returns the notifications that were sent for it */
    async function mailsOf(here: AppScene) {
      const before = context.sent.length;
      here.later();
      await here.begin(AWAY);
      await context.outbox.idle();
      return context.sent.slice(before);
    }

    it.each([
      ["BLOCK", "Blocked sign-in attempt", "We blocked an unrecognized sign-in to your account"],
      ["MFA_REQUIRED", "New sign-in attempt", "We required you to use multi-factor authentication"],
      ["NO_ACTION", "New sign-in attempt", "We observed an unrecognized sign-in to your account"],
    ] as const)("send Cognito's default e-mail for %s", async (action, subject, intro) => {
      const here = await sceneWithApp(context, "ENFORCED");
      await enableApp(here);
      await notifying(here, action);
      const [mail, ...more] = await mailsOf(here);
      expect(more).toEqual([]);
      expect(mail).toMatchObject({
        medium: "EMAIL",
        destination: "alice@example.com",
        from: "security@example.com",
        replyTo: "help@example.com",
        subject,
      });
      expect(mail?.body).toContain(intro);
      expect(mail?.body).toContain("198.51.100.7");
      expect(mail?.body).toContain("Firefox 130, Linux");
    });

    it("are sent only if the action has Notify, and never in AUDIT mode", async () => {
      const silent = await sceneWithApp(context, "ENFORCED");
      await notifying(silent, "BLOCK", false);
      expect(await mailsOf(silent)).toEqual([]);
      const audited = await sceneWithApp(context, "AUDIT");
      await notifying(audited, "BLOCK");
      expect(await mailsOf(audited)).toEqual([]);
    });

    it("are sent only to a verified address", async () => {
      const here = await sceneWithApp(context, "ENFORCED");
      await notifying(here, "BLOCK");
      await here.call("AdminUpdateUserAttributes", {
        UserPoolId: here.pool.id,
        Username: "alice",
        UserAttributes: [
          { Name: "email", Value: "alice@example.com" },
          { Name: "email_verified", Value: "false" },
        ],
      });
      expect(await mailsOf(here)).toEqual([]);
    });
  });

  describe("in custom authentication", () => {
    const signIn = async (here: Awaited<ReturnType<typeof protectionScene>>, origin: object, ANSWER = "5") =>
      here.answer(origin, await here.beginCustom(origin), { ANSWER });

    it("are not applied, and no event is recorded, without a mode of its own", async () => {
      const here = await protectionScene(context, addOns("ENFORCED"));
      await here.act("BLOCK");
      expect(await signIn(here, HOME)).toMatchObject(TOKENS);
      here.later();
      expect(await signIn(here, AWAY)).toMatchObject(TOKENS);
      expect(await signIn(here, AWAY, "6")).toContain("NotAuthorizedException");
      expect(await here.events()).toEqual([]);
    });

    it("are not applied, but events are recorded, in its AUDIT mode", async () => {
      const here = await protectionScene(context, addOns("ENFORCED", "AUDIT"));
      await here.act("BLOCK");
      await signIn(here, HOME);
      here.later();
      expect(await signIn(here, AWAY)).toMatchObject(TOKENS);
      here.later();
      expect(await signIn(here, AWAY, "6")).toContain("NotAuthorizedException");
      const events = await here.events();
      expect(events).toMatchObject([
        { EventResponse: "Fail" },
        { EventResponse: "Pass", EventRisk: { RiskLevel: "Medium" } },
        { EventResponse: "Pass", EventRisk: { RiskDecision: "NoRisk" } },
      ]);
      expect(events[0]?.ChallengeResponses).toBeUndefined();
    });

    it("are applied in its ENFORCED mode, even if the pool's is AUDIT", async () => {
      const here = await protectionScene(context, addOns("AUDIT", "ENFORCED"));
      await here.act("BLOCK");
      await signIn(here, HOME);
      here.later();
      expect(await signIn(here, AWAY)).toBe(BLOCKED);
      here.later();
      expect(await here.begin(AWAY)).toMatchObject(TOKENS);
    });

    it("require a second factor after the last round", async () => {
      const here = await sceneWithApp(context, "ENFORCED", addOns("ENFORCED", "ENFORCED"));
      await enableApp(here);
      await here.act("MFA_REQUIRED");
      here.later();
      const challenge = await signIn(here, AWAY);
      expect(challenge).toMatchObject({ ChallengeName: "SOFTWARE_TOKEN_MFA" });
      expect(await here.answer(AWAY, challenge, { SOFTWARE_TOKEN_MFA_CODE: here.code() })).toMatchObject(
        TOKENS,
      );
    });
  });

  it("add no query and no row in a pool without threat protection", async () => {
    const asked: string[] = [];
    const watched = (store: Store): Store =>
      new Proxy(store, {
        get(target, name) {
          const value = Reflect.get(target, name, target);
          if (name === "authEvents") asked.push("authEvents");
          if (name === "documents")
            return new Proxy(value, {
              get(documents, method) {
                return (key: { kind: string }, ...rest: unknown[]) => {
                  asked.push(key.kind);
                  return Reflect.get(documents, method, documents).call(documents, key, ...rest);
                };
              },
            });
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    const own = await testContext({ triggers: askForNumber });
    const here = await protectionScene(
      { ...own, store: watched(own.store) },
      { ...addOns("OFF"), ...OPTIONAL, ...APP },
    );
    expect(await here.begin(HOME)).toMatchObject(TOKENS);
    expect(await here.begin(AWAY, { PASSWORD: "Wrong-horse-1" })).toContain("NotAuthorizedException");
    expect(await here.answer(AWAY, await here.beginCustom(AWAY), { ANSWER: "5" })).toMatchObject(TOKENS);
    const user = { UserPoolId: here.pool.id, Username: "alice" };
    await here.call("ForgotPassword", { ClientId: here.client.id, Username: "alice" });
    await here.call("AdminSetUserPassword", { ...user, Password: "Another-horse-2", Permanent: true });
    expect(asked.filter((kind) => kind === "authEvents" || kind === "RiskConfiguration")).toEqual([]);
  });
});

it("a wrong answer in custom authentication is published as a failed sign-in, once, also without threat protection", async () => {
  const context = await testContext({ triggers: askForNumber });
  const here = await protectionScene(context, addOns("OFF"));
  const failed: unknown[] = [];
  context.events.subscribe("signInFailed", (event) => failed.push(event));
  await here.answer(HOME, await here.beginCustom(HOME), { ANSWER: "6" });
  expect(failed).toEqual([
    {
      poolId: here.pool.id,
      clientId: here.client.id,
      isSelfRegistered: false,
      challenge: "CUSTOM_CHALLENGE",
    },
  ]);
});
