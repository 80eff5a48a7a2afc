import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeliveryFailed } from "../../../delivery/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";
import {
  AUTO_EMAIL,
  attributeOf,
  attributes,
  EMAIL,
  PASSWORD,
  type SceneOptions,
  SMS,
  signUpScene,
} from "./testing.ts";

const HOUR_SECONDS = 3600;
const UNKNOWN = "UserNotFoundException: Username/client id combination not found.";
const WRONG = "CodeMismatchException: Invalid verification code provided, please try again.";
const EXPIRED = "ExpiredCodeException: Invalid code provided, please request a code again.";
const LIMIT = "LimitExceededException: Attempt limit exceeded, please try after some time.";
const DISABLED = "NotAuthorizedException: User is disabled.";
const TO_JANE = { Destination: "j***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" };
const TO_PHONE = { Destination: "+*******4567", DeliveryMedium: "SMS", AttributeName: "phone_number" };

let context: TestContext;
let api: Caller;
beforeAll(async () => {
  context = await testContext();
  api = caller(context);
});
afterAll(() => context.store.close());

const scene = (options?: SceneOptions) => signUpScene(context, options);
const sentCode = () => context.sent.at(-1)?.code ?? "no code";
const another = (code: string) => (code === "000000" ? "000001" : "000000");

describe("SignUp", () => {
  it("creates an unconfirmed user and returns the destination of the code", async () => {
    const here = await scene();
    const answer = await here.signUp();
    expect(answer).toEqual({
      UserConfirmed: false,
      UserSub: expect.any(String),
      CodeDeliveryDetails: TO_JANE,
    });
    expect(await here.get()).toMatchObject({ UserStatus: "UNCONFIRMED", Enabled: true });
    expect(await attributeOf(here.get(), "email_verified")).toBe("false");
    expect(context.sent.at(-1)).toMatchObject({
      destination: "jane@example.com",
      subject: "Your verification code",
      body: expect.stringMatching(/^Your confirmation code is \d{6}$/),
      purpose: "SignUp",
    });
  });

  it("sends nothing if the pool verifies none of the given addresses", async () => {
    const before = context.sent.length;
    const here = await scene({ pool: {} });
    expect(await here.signUp()).toEqual({ UserConfirmed: false, UserSub: expect.any(String) });
    const other = await scene();
    expect(await other.signUp("jane", { name: "Jane" })).toEqual({
      UserConfirmed: false,
      UserSub: expect.any(String),
    });
    expect(context.sent.length).toBe(before);
  });

  it("sends one code, to the phone, if the pool verifies both addresses", async () => {
    const here = await scene({ pool: { ...SMS, AutoVerifiedAttributes: ["email", "phone_number"] } });
    const before = context.sent.length;
    expect(await here.signUp("jane", { ...EMAIL, phone_number: "+15551234567" })).toMatchObject({
      CodeDeliveryDetails: TO_PHONE,
    });
    expect(context.sent.slice(before).map(({ medium }) => medium)).toEqual(["SMS"]);
  });

  it("uses the sub as username if usernames are addresses", async () => {
    const here = await scene({ pool: { ...AUTO_EMAIL, UsernameAttributes: ["email"] } });
    const { UserSub } = (await here.signUp("jane@example.com", {})) as { UserSub: string };
    expect(await here.get("jane@example.com")).toMatchObject({ Username: UserSub });
    expect(await here.signUp("jane@example.com", {})).toBe(
      "UsernameExistsException: An account with the given email already exists.",
    );
  });

  it("needs no password if users can sign in by a code, but an address then", async () => {
    const pool = {
      ...AUTO_EMAIL,
      UserPoolTier: "ESSENTIALS" as const,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const] } },
    };
    const here = await scene({ pool });
    expect(await here.signUp("jane", EMAIL, { Password: undefined })).toMatchObject({ UserConfirmed: false });
    expect(await here.signUp("joe", {}, { Password: "" })).toBe(
      "InvalidParameterException: A user without a password needs an email or a phone number.",
    );
    const strict = await scene();
    expect(await strict.signUp("jane", EMAIL, { Password: undefined })).toMatch(
      /^InvalidParameterException: .*'password'/,
    );
  });

  it("keeps the user if the code cannot be delivered", async () => {
    const failing = await testContext({
      store: context.store,
      delivery: {
        send: async () => {
          throw new DeliveryFailed("no");
        },
      },
    });
    const here = await scene();
    expect(
      await caller(failing).outcome("SignUp", {
        ClientId: here.ClientId,
        Username: "jane",
        Password: PASSWORD,
        UserAttributes: attributes(EMAIL),
      }),
    ).toMatch(/^CodeDeliveryFailureException: /);
    expect(await here.get()).toMatchObject({ UserStatus: "UNCONFIRMED" });
  });

  it("gives a username to one of several parallel calls", async () => {
    const here = await scene();
    const answers = await Promise.all(Array.from({ length: 5 }, () => here.signUp()));
    const refusal = "UsernameExistsException: User already exists";
    expect(answers.filter((answer) => answer === refusal)).toHaveLength(4);
  });

  describe("rejects", () => {
    it.each([
      [
        { Password: "short" },
        "InvalidPasswordException: Password did not conform with policy: Password not long enough",
      ],
      [
        { UserAttributes: attributes({ "custom:role": "x" }) },
        "InvalidParameterException: Attributes did not conform to the schema: Type for attribute {custom:role} could not be determined",
      ],
      [
        { UserAttributes: attributes({ ...EMAIL, email_verified: "true" }) },
        "InvalidParameterException: Cannot modify the non-mutable attribute email_verified",
      ],
      [
        { UserAttributes: attributes({ sub: "x" }) },
        "InvalidParameterException: Cannot modify the non-mutable attribute sub",
      ],
      [
        { UserAttributes: attributes({ email: "jane" }) },
        "InvalidParameterException: Invalid email address format.",
      ],
    ])("the members %j", async (more, message) => {
      const here = await scene();
      expect(await here.signUp("jane", {}, more)).toBe(message);
      expect(await here.here.outcome("AdminGetUser", { UserPoolId: here.UserPoolId, Username: "jane" })).toBe(
        "UserNotFoundException: User does not exist.",
      );
    });

    it("a username that is taken, even if existence is hidden", async () => {
      const here = await scene({ client: { PreventUserExistenceErrors: "ENABLED" } });
      await here.signUp();
      expect(await here.signUp()).toBe("UsernameExistsException: User already exists");
    });

    it("a missing required attribute, named as in the schema", async () => {
      const here = await scene({ pool: { Schema: [{ Name: "family_name", Required: true }] } });
      expect(await here.signUp()).toBe(
        "InvalidParameterException: Attributes did not conform to the schema: name.familyName: The attribute name.familyName is required",
      );
    });

    it("an attribute that the client may not write", async () => {
      const here = await scene({ client: { WriteAttributes: ["email"] } });
      expect(await here.signUp("jane", { ...EMAIL, name: "Jane" })).toBe(
        "NotAuthorizedException: A client attempted to write unauthorized attribute",
      );
    });

    it("a preferred username that is an alias, because only confirmed users can have one", async () => {
      const here = await scene({ pool: { ...AUTO_EMAIL, AliasAttributes: ["preferred_username"] } });
      expect(await here.signUp("jane", { preferred_username: "J" })).toBe(
        "InvalidParameterException: Preferred username cannot be provided for unconfirmed account",
      );
    });

    it("every call in a pool where only administrators create users", async () => {
      const here = await scene({ pool: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } });
      expect(await here.signUp()).toBe("NotAuthorizedException: SignUp is not permitted for this user pool");
    });

    it("a missing SECRET_HASH of a client with a secret", async () => {
      const here = await scene({ client: { GenerateSecret: true } });
      expect(await here.signUp()).toBe(
        `NotAuthorizedException: Client ${here.ClientId} is configured with secret but SECRET_HASH was not received`,
      );
      expect(await here.signUp("jane", EMAIL, { SecretHash: "d3Jvbmc=" })).toBe(
        `NotAuthorizedException: Unable to verify secret hash for client ${here.ClientId}`,
      );
    });
  });
});

describe("ConfirmSignUp", () => {
  it("confirms the user and the address by the code, which is accepted once", async () => {
    const here = await scene();
    await here.signUp();
    const code = sentCode();
    expect(await here.confirm(code)).toEqual({});
    expect(await here.get()).toMatchObject({ UserStatus: "CONFIRMED" });
    expect(await attributeOf(here.get(), "email_verified")).toBe("true");
    expect(await here.confirm(code)).toBe(
      "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED",
    );
    expect(await api.signIn(here.ClientId, "jane", PASSWORD)).not.toBe("");
  });

  it("does not change the user after a wrong code", async () => {
    const here = await scene();
    await here.signUp();
    expect(await here.confirm(another(sentCode()))).toBe(WRONG);
    expect(await here.get()).toMatchObject({ UserStatus: "UNCONFIRMED" });
  });

  it("rejects a code after a day", async () => {
    const here = await scene();
    await here.signUp();
    context.clock.advance(24 * HOUR_SECONDS * 1000);
    expect(await here.confirm(sentCode())).toBe(EXPIRED);
  });

  it("rejects a code that was sent to another address than the user's", async () => {
    const here = await scene();
    await here.signUp();
    const code = sentCode();
    await api.call("AdminUpdateUserAttributes", {
      UserPoolId: here.UserPoolId,
      Username: "jane",
      UserAttributes: attributes({ email: "other@example.com" }),
    });
    expect(await here.confirm(code)).toBe(EXPIRED);
    expect(await attributeOf(here.get(), "email_verified")).toBe("false");
  });

  it("allows 15 attempts an hour, including those with the right code", async () => {
    const here = await scene();
    await here.signUp();
    const code = sentCode();
    for (let attempt = 0; attempt < 15; attempt++) expect(await here.confirm(another(code))).toBe(WRONG);
    expect(await here.confirm(code)).toBe(LIMIT);
    context.clock.advance(HOUR_SECONDS * 1000);
    expect(await here.confirm(code)).toEqual({});
  });

  it("reveals the existence of users only if the client allows it", async () => {
    expect(await (await scene()).confirm("123456")).toBe(UNKNOWN);
    const hiding = await scene({ client: { PreventUserExistenceErrors: "ENABLED" } });
    expect(await hiding.confirm("123456")).toBe(EXPIRED);
  });

  it("rejects disabled users", async () => {
    const here = await scene();
    await here.signUp();
    const code = sentCode();
    await here.disable();
    expect(await here.confirm(code)).toBe(DISABLED);
  });

  it("rejects an address that is another user's alias, unless ForceAliasCreation is true", async () => {
    const here = await scene({ pool: { ...AUTO_EMAIL, AliasAttributes: ["email"] } });
    await here.signUp("jane");
    await here.confirm(sentCode());
    await here.signUp("joe");
    const code = sentCode();
    expect(await here.confirm(code, "joe")).toBe(
      "AliasExistsException: An account with the email already exists.",
    );
    expect(await here.confirm(another(code), "joe", { ForceAliasCreation: true })).toBe(WRONG);
    expect(await here.get("jane@example.com")).toMatchObject({ Username: "jane" });
    expect(await here.confirm(code, "joe", { ForceAliasCreation: true })).toEqual({});
    expect(await here.get("jane@example.com")).toMatchObject({ Username: "joe" });
    expect(await attributeOf(here.get("jane"), "email_verified")).toBe("false");
  });
});

describe("ResendConfirmationCode", () => {
  it("sends another code, without waiting, five times an hour", async () => {
    const here = await scene();
    await here.signUp();
    for (let time = 0; time < 5; time++) {
      expect(await here.resend()).toEqual({ CodeDeliveryDetails: TO_JANE });
      expect(context.sent.at(-1)?.purpose).toBe("ResendCode");
    }
    expect(await here.resend()).toBe(LIMIT);
    expect(await here.confirm(sentCode())).toEqual({});
  });

  it("makes the codes before it expire", async () => {
    const here = await scene();
    await here.signUp();
    const codes = [sentCode()];
    for (let time = 0; time < 2; time++) {
      await here.resend();
      codes.push(sentCode());
    }
    expect(new Set(codes).size).toBe(3);
    expect(await here.confirm(codes[0] ?? "")).toBe(EXPIRED);
    expect(await here.confirm(codes[1] ?? "")).toBe(EXPIRED);
    const unused = ["000000", "000001", "000002", "000003"].find((code) => !codes.includes(code));
    expect(await here.confirm(unused ?? "")).toBe(WRONG);
    expect(await here.confirm(codes[2] ?? "")).toEqual({});
  });

  it("sends a first code to a user who signed up while the pool verified nothing", async () => {
    const here = await scene({ pool: {} });
    await here.signUp();
    const pool = { UserPoolId: here.UserPoolId, ...AUTO_EMAIL };
    await api.call("UpdateUserPool", pool);
    expect(await here.resend()).toEqual({ CodeDeliveryDetails: TO_JANE });
    expect(await here.confirm(sentCode())).toEqual({});
  });

  it("is rejected after confirmation, and if the pool verifies nothing by a code", async () => {
    const here = await scene();
    await here.signUp();
    await here.confirm(sentCode());
    expect(await here.resend()).toBe("InvalidParameterException: User is already confirmed.");
    const none = await scene({ pool: {} });
    await none.signUp();
    expect(await none.resend()).toBe(
      "NotAuthorizedException: Cannot resend codes. Auto verification not turned on.",
    );
  });

  it("reveals the existence of users only if the client allows it", async () => {
    expect(await (await scene()).resend()).toBe(UNKNOWN);
    const hiding = await scene({ client: { PreventUserExistenceErrors: "ENABLED" } });
    const simulated = await hiding.resend("mary@example.com");
    expect(simulated).toEqual({
      CodeDeliveryDetails: { Destination: "m***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    });
    await hiding.signUp();
    await hiding.disable();
    expect(await hiding.resend()).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: "EMAIL" } });
    const open = await scene();
    await open.signUp();
    await open.disable();
    expect(await open.resend()).toBe(DISABLED);
  });
});

describe("a sign-up by a link", () => {
  const byLink = {
    ...AUTO_EMAIL,
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_LINK" as const,
      EmailMessageByLink: "Go {##here & now##}, {username}.",
      EmailSubjectByLink: "Welcome",
    },
  };

  it("sends a link with the template's text, which contains client, user and code", async () => {
    const here = await scene({ pool: byLink });
    await here.signUp();
    const { body, subject, link = "", code } = context.sent.at(-1) ?? {};
    expect(subject).toBe("Welcome");
    expect(body).toBe(`Go <a href="${link.replaceAll("&", "&amp;")}">here & now</a>, {username}.`);
    const { origin, pathname, searchParams } = new URL(link);
    expect(`${origin}${pathname}`).toBe("http://127.0.0.1:9229/confirmUser");
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: here.ClientId,
      user_name: "jane",
      confirmation_code: code,
    });
  });

  it("sends a code if it goes to a phone", async () => {
    const here = await scene({
      pool: { ...byLink, ...SMS, AutoVerifiedAttributes: ["phone_number"] },
    });
    await here.signUp("jane", { phone_number: "+15551234567" });
    expect(context.sent.at(-1)?.body).toMatch(/^Your verification code is \d{6}\.$/);
  });
});
