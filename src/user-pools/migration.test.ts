import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CreateUserPoolRequest,
  InvalidLambdaResponseException,
  UnexpectedLambdaException,
  UserLambdaValidationException,
} from "../api-model/index.ts";
import { Overloaded } from "../crypto/index.ts";
import { caller } from "./operations/testing.ts";
import { type TestContext, testContext } from "./testing.ts";
import type { Triggers } from "./triggers/index.ts";

const PASSWORD = "weak";
const ATTRIBUTES = { email: "jane@example.com", email_verified: "true", username: "jane" };
const SMS = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "shop" };
const WRONG = "NotAuthorizedException: Incorrect username or password.";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

interface SceneOptions extends Partial<TestContext> {
  readonly hides?: boolean;
  /** Whether the pool has a PreSignUp trigger, which refuses. */
  readonly refuses?: boolean;
  readonly settings?: Partial<CreateUserPoolRequest>;
}

/** A pool whose UserMigration trigger answers so. */
async function scene(
  answer: object | Error,
  { hides = false, refuses = false, settings, ...ports }: SceneOptions = {},
) {
  const asked: unknown[] = [];
  const triggers: Triggers = {
    has: (_, source) => source.startsWith("UserMigration_") || (refuses && source.startsWith("PreSignUp_")),
    missing: () => [],
    async invoke(source, { username, request }) {
      if (refuses && source.startsWith("PreSignUp_")) throw new UserLambdaValidationException("No.");
      if (!source.startsWith("UserMigration_")) return undefined;
      asked.push({ source, username, request });
      if (answer instanceof Error) throw answer;
      return answer as never;
    },
  };
  const api = caller({ ...context, ...ports, triggers });
  const UserPoolId = await api.pool({ AutoVerifiedAttributes: ["email"], ...settings });
  const ClientId = await api.client(UserPoolId, {
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"],
    ...(hides && { PreventUserExistenceErrors: "ENABLED" }),
  });
  return {
    asked,
    create: (Username: string, email: string) =>
      api.call("AdminCreateUser", {
        UserPoolId,
        Username,
        MessageAction: "SUPPRESS",
        UserAttributes: [
          { Name: "email", Value: email },
          { Name: "email_verified", Value: "true" },
        ],
      }),
    named: async (Username: string) => {
      const user = await api.outcome("AdminGetUser", { UserPoolId, Username });
      return typeof user === "string" ? undefined : (user as { Username: string }).Username;
    },
    signIn: (password = PASSWORD) =>
      api.outcome("InitiateAuth", {
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD: password },
      }),
    choose: (parameters: Record<string, string>) =>
      api.outcome("InitiateAuth", {
        ClientId,
        AuthFlow: "USER_AUTH",
        AuthParameters: { USERNAME: "jane", ...parameters },
      }),
    forgot: () => api.outcome("ForgotPassword", { ClientId, Username: "jane" }),
    find: () => api.outcome("AdminGetUser", { UserPoolId, Username: "jane" }),
  };
}

describe("a user whom the UserMigration trigger returns", () => {
  it("is created at the first sign-in with the entered password, and later sign-ins do not invoke the trigger", async () => {
    const here = await scene({ userAttributes: ATTRIBUTES, finalUserStatus: "CONFIRMED" });
    expect(await here.signIn()).toMatchObject({ AuthenticationResult: { TokenType: "Bearer" } });
    expect(await here.find()).toMatchObject({ Username: "jane", UserStatus: "CONFIRMED" });
    expect(await here.signIn()).toMatchObject({ AuthenticationResult: { TokenType: "Bearer" } });
    expect(await here.signIn("other")).toBe(WRONG);
    expect(here.asked).toEqual([
      {
        source: "UserMigration_Authentication",
        username: "jane",
        request: { password: PASSWORD, validationData: undefined },
      },
    ]);
  });

  it("must set another password if the trigger does not confirm the user", async () => {
    const here = await scene({ userAttributes: ATTRIBUTES });
    expect(await here.signIn()).toBe("PasswordResetRequiredException: Password reset required for the user");
    expect(await here.find()).toMatchObject({ UserStatus: "RESET_REQUIRED" });
  });

  it("is created at a choice-based sign-in that sends the password", async () => {
    const here = await scene({ userAttributes: ATTRIBUTES, finalUserStatus: "CONFIRMED" });
    const preferred = { PREFERRED_CHALLENGE: "PASSWORD" };
    expect(await here.choose({ PASSWORD })).toBe("UserNotFoundException: User does not exist.");
    expect(await here.choose(preferred)).toBe("UserNotFoundException: User does not exist.");
    expect(here.asked).toEqual([]);
    expect(await here.choose({ ...preferred, PASSWORD })).toMatchObject({
      AuthenticationResult: { TokenType: "Bearer" },
    });
    expect(here.asked).toMatchObject([{ request: { password: PASSWORD } }]);
  });

  it("gets a code from ForgotPassword", async () => {
    const here = await scene({ userAttributes: ATTRIBUTES });
    expect(await here.forgot()).toMatchObject({ CodeDeliveryDetails: { Destination: "j***@e***" } });
    expect(context.sent.at(-1)).toMatchObject({ purpose: "ForgotPassword", destination: ATTRIBUTES.email });
    expect(here.asked).toMatchObject([{ source: "UserMigration_ForgotPassword" }]);
  });

  it("is rejected if the user cannot be created", async () => {
    const here = await scene({ userAttributes: { email: "nobody" } });
    expect(await here.signIn()).toMatch(
      /^UserNotFoundException: Exception migrating user in app client \w+$/,
    );
  });

  it("is rejected if the PreSignUp trigger refuses the user, also where a password was forgotten", async () => {
    const here = await scene({ userAttributes: ATTRIBUTES, finalUserStatus: "CONFIRMED" }, { refuses: true });
    const refusal = /^UserNotFoundException: Exception migrating user in app client/;
    expect(await here.signIn()).toMatch(refusal);
    expect(await here.forgot()).toMatch(refusal);
    expect(await here.find()).toBe("UserNotFoundException: User does not exist.");
  });

  it("signs in with a code by SMS if the trigger returns enableSMSMFA, and is rejected without a phone number then", async () => {
    const settings = { MfaConfiguration: "OPTIONAL", SmsConfiguration: SMS } as const;
    const answer = { finalUserStatus: "CONFIRMED", messageAction: "SUPPRESS", enableSMSMFA: true };
    const withPhone = { ...ATTRIBUTES, phone_number: "+15550104567" };
    const here = await scene({ ...answer, userAttributes: withPhone }, { settings });
    expect(await here.signIn()).toMatchObject({ ChallengeName: "SMS_MFA" });
    const without = await scene({ ...answer, userAttributes: ATTRIBUTES }, { settings });
    expect(await without.signIn()).toMatch(/^UserNotFoundException: Exception migrating user in app client/);
    expect(await without.find()).toBe("UserNotFoundException: User does not exist.");
  });

  it("does not sign in with a code by SMS unless the trigger returns enableSMSMFA and the pool has second factors", async () => {
    const userAttributes = { ...ATTRIBUTES, phone_number: "+15550104567" };
    const answer = { finalUserStatus: "CONFIRMED", messageAction: "SUPPRESS", userAttributes };
    const settings = { MfaConfiguration: "OPTIONAL", SmsConfiguration: SMS } as const;
    const tokens = { AuthenticationResult: { TokenType: "Bearer" } };
    expect(await (await scene(answer, { settings })).signIn()).toMatchObject(tokens);
    const withoutFactors = await scene({ ...answer, enableSMSMFA: true });
    expect(await withoutFactors.signIn()).toMatchObject(tokens);
    const enabled = { UserMFASettingList: ["SMS_MFA"] };
    expect(await withoutFactors.find()).toEqual(expect.not.objectContaining(enabled));
  });

  it("takes the verified address of another user for an alias only if the trigger returns forceAliasCreation", async () => {
    const settings: SceneOptions["settings"] = { AliasAttributes: ["email"] };
    const answer = { userAttributes: ATTRIBUTES, finalUserStatus: "CONFIRMED" };
    const polite = await scene(answer, { settings });
    await polite.create("owner", ATTRIBUTES.email);
    expect(await polite.signIn()).toMatch(/^UserNotFoundException: Exception migrating user in app client/);
    expect(await polite.named(ATTRIBUTES.email)).toBe("owner");
    const forced = await scene({ ...answer, forceAliasCreation: true }, { settings });
    await forced.create("owner", ATTRIBUTES.email);
    expect(await forced.signIn()).toMatchObject({ AuthenticationResult: { TokenType: "Bearer" } });
    expect(await forced.named(ATTRIBUTES.email)).toBe("jane");
  });

  it("gets the pool's invitation, unless the trigger returns SUPPRESS", async () => {
    const answer = { userAttributes: ATTRIBUTES, finalUserStatus: "CONFIRMED" };
    const sentBy = async (more: object) => {
      const before = context.sent.length;
      await (await scene({ ...answer, ...more })).signIn();
      await context.outbox.idle();
      return context.sent.slice(before).map(({ destination }) => destination);
    };
    const desiredDeliveryMediums = ["EMAIL"];
    expect(await sentBy({ desiredDeliveryMediums })).toEqual([ATTRIBUTES.email]);
    expect(await sentBy({ desiredDeliveryMediums, messageAction: "SUPPRESS" })).toEqual([]);
  });

  it("is not taken for an unknown user if the server is overloaded", async () => {
    const makeVerifier = () => Promise.reject(new Overloaded("Too many exponentiations wait."));
    const crypto = { ...context.crypto, srp: { ...context.crypto.srp, makeVerifier } };
    const here = await scene({ userAttributes: ATTRIBUTES, finalUserStatus: "CONFIRMED" }, { crypto });
    await expect(here.signIn()).rejects.toThrow(Overloaded);
  });
});

describe("a user whom the UserMigration trigger does not return", () => {
  it.each([
    ["throws", new UserLambdaValidationException("UserMigration failed with error Bad password.")],
    ["cannot be invoked", new UnexpectedLambdaException("UserMigration invocation failed.")],
    ["returns something else", new InvalidLambdaResponseException("Unrecognizable lambda output")],
    ["returns no user", {}],
  ])("gets the answer of an unknown user if the trigger %s", async (_, answer) => {
    expect(await (await scene(answer, { hides: true })).signIn()).toBe(WRONG);
    const here = await scene(answer);
    expect(await here.signIn()).toBe("UserNotFoundException: User does not exist.");
    expect(await here.forgot()).toBe("UserNotFoundException: Username/client id combination not found.");
  });

  it("gets the server's own error, if it fails", async () => {
    await expect((await scene(new Error("The disk is full."))).signIn()).rejects.toThrow("The disk is full.");
  });
});
