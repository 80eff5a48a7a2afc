import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretHash } from "../../../crypto/index.ts";
import { DeliveryFailed } from "../../../delivery/index.ts";
import type { UserPoolSettings } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import {
  GRANTED,
  openRecoveryScene,
  PASSWORD,
  REACHABLE,
  type RecoveryScene,
  TO_ALICE,
  TOO_MANY,
  WRONG_PASSWORD,
} from "./testing.ts";

const UNKNOWN = "UserNotFoundException: Username/client id combination not found.";
const DISABLED = "NotAuthorizedException: User is disabled.";
const IN_THIS_STATE = "NotAuthorizedException: User password cannot be reset in the current state.";
const NO_ADDRESS =
  "InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number";

const BOTH = { ...REACHABLE, phone_number: "+15551234567", phone_number_verified: "true" };
const BY_SMS = {
  CodeDeliveryDetails: {
    Destination: "+*******4567",
    DeliveryMedium: "SMS",
    AttributeName: "phone_number",
  },
};

const recoveringBy = (...Names: ("verified_email" | "verified_phone_number" | "admin_only")[]) => ({
  AccountRecoverySetting: {
    // Listed the other way round: it is the priority that counts.
    RecoveryMechanisms: Names.map((Name, index) => ({ Name, Priority: index + 1 })).reverse(),
  },
});

let context: TestContext;
let here: RecoveryScene;
beforeAll(async () => {
  context = await testContext();
  here = await openRecoveryScene(context);
});
afterAll(() => context.store.close());

const open = (options: Parameters<typeof openRecoveryScene>[1]) => openRecoveryScene(context, options);

describe("a forgotten password", () => {
  it("returns the masked address and sends a message with six digits", async () => {
    const scene = await open({});
    await scene.addUser({ attributes: REACHABLE });
    expect(await scene.forgot()).toEqual(TO_ALICE);
    expect(context.sent.at(-1)).toMatchObject({
      poolId: scene.pool.id,
      username: "alice",
      medium: "EMAIL",
      destination: "alice@example.com",
      purpose: "ForgotPassword",
      subject: "Your verification code",
      body: expect.stringMatching(/^Your password reset code is \d{6}$/),
    });
  });

  it("changes nothing before it is confirmed", async () => {
    const scene = await open({});
    const user = await scene.addUser({ attributes: REACHABLE });
    context.clock.advance(1000);
    await scene.forgot();
    expect(await scene.stored(user)).toMatchObject({
      status: "CONFIRMED",
      lastModifiedAt: user.lastModifiedAt,
    });
    expect(await scene.signIn(PASSWORD)).toMatchObject(GRANTED);
  });

  it("is accepted with every sign-in name of the user", async () => {
    const scene = await open({ pool: { AliasAttributes: ["email"] } });
    const { sub } = await scene.addUser({ attributes: REACHABLE });
    for (const name of ["alice", "alice@example.com", sub])
      expect(await scene.forgot(name)).toEqual(TO_ALICE);
  });

  it("uses the pool's own texts and sender", async () => {
    const scene = await open({
      pool: {
        VerificationMessageTemplate: {
          EmailSubject: "Reset",
          EmailMessage: "<b>{####}</b> ({####})",
          SmsMessage: "Code: {####}",
          EmailMessageByLink: "{##Click##}",
          DefaultEmailOption: "CONFIRM_WITH_LINK",
        },
        EmailConfiguration: { From: "us@example.com", ReplyToEmailAddress: "help@example.com" },
      },
    });
    await scene.addUser({ attributes: REACHABLE });
    await scene.addUser({
      username: "bob",
      attributes: { phone_number: "+15551234567", phone_number_verified: "true" },
    });
    await scene.forgot();
    expect(context.sent.at(-1)).toMatchObject({
      subject: "Reset",
      body: expect.stringMatching(/^<b>(\d{6})<\/b> \(\1\)$/),
      from: "us@example.com",
      replyTo: "help@example.com",
    });
    await scene.forgot("bob");
    expect(context.sent.at(-1)).toMatchObject({
      medium: "SMS",
      body: expect.stringMatching(/^Code: \d{6}$/),
    });
  });

  it("sends Cognito's text by SMS", async () => {
    const scene = await open({});
    await scene.addUser({ attributes: { phone_number: "+15551234567", phone_number_verified: "true" } });
    expect(await scene.forgot()).toEqual(BY_SMS);
    expect(context.sent.at(-1)).toMatchObject({
      medium: "SMS",
      destination: "+15551234567",
      body: expect.stringMatching(/^Your verification code is \d{6}\.$/),
    });
  });
});

describe("the address that a code is sent to", () => {
  it.each<[string, UserPoolSettings, Record<string, string>, unknown]>([
    ["the one of highest priority", recoveringBy("verified_phone_number", "verified_email"), BOTH, BY_SMS],
    ["the one of highest priority", recoveringBy("verified_email", "verified_phone_number"), BOTH, TO_ALICE],
    [
      "the next one if the first is not verified",
      recoveringBy("verified_email", "verified_phone_number"),
      { ...BOTH, email_verified: "false" },
      BY_SMS,
    ],
    ["the only one that the pool lists", recoveringBy("verified_email"), BOTH, TO_ALICE],
    [
      "missing if the pool lists only one that the user lacks",
      recoveringBy("verified_phone_number"),
      REACHABLE,
      NO_ADDRESS,
    ],
    ["missing if it is not verified", {}, { email: "alice@example.com" }, NO_ADDRESS],
    ["the phone number if the pool lists nothing", {}, BOTH, BY_SMS],
  ])("is %s", async (_, pool, attributes, answer) => {
    const scene = await open({ pool });
    await scene.addUser({ attributes });
    expect(await scene.forgot()).toEqual(answer);
  });

  it("is never a factor of the user's MFA", async () => {
    const scene = await open({});
    const user = await scene.addUser({ attributes: BOTH });
    const withFactors = (enabled: ("SMS_MFA" | "EMAIL_OTP")[]) =>
      context.store.users.update(user.poolId, user.sub, (current) => ({ ...current, mfa: { enabled } }));
    await withFactors(["SMS_MFA"]);
    expect(await scene.forgot()).toEqual(TO_ALICE);
    await withFactors(["SMS_MFA", "EMAIL_OTP"]);
    expect(await scene.forgot()).toBe(NO_ADDRESS);
  });
});

describe("a code is not sent", () => {
  it("to a user who does not exist", async () => {
    expect(await here.forgot("nobody")).toBe(UNKNOWN);
    expect(await here.forgot("alice", { ClientId: "nonesuch" })).toBe(
      "ResourceNotFoundException: User pool client nonesuch does not exist.",
    );
  });

  it.each([
    ["disabled", { enabled: false }, DISABLED],
    ["disabled and with a temporary password", { enabled: false, temporary: true }, DISABLED],
    ["of a temporary password", { temporary: true }, IN_THIS_STATE],
    ["of another provider", { status: "EXTERNAL_PROVIDER", password: null }, IN_THIS_STATE],
    ["unconfirmed, whose address is not verified", { status: "UNCONFIRMED", attributes: {} }, NO_ADDRESS],
  ] as const)("to a user who is %s", async (_, user, answer) => {
    const scene = await open({});
    await scene.addUser({ attributes: REACHABLE, ...user });
    const before = context.sent.length;
    expect(await scene.forgot()).toBe(answer);
    expect(context.sent.length).toBe(before);
  });

  it("in a pool where only administrators reset passwords", async () => {
    const refusal = "NotAuthorizedException: Contact administrator to reset password.";
    for (const PreventUserExistenceErrors of ["LEGACY", "ENABLED"] as const) {
      const scene = await open({ pool: recoveringBy("admin_only"), client: { PreventUserExistenceErrors } });
      await scene.addUser({ attributes: REACHABLE });
      expect(await scene.forgot()).toBe(refusal);
      expect(await scene.forgot("nobody")).toBe(refusal);
    }
  });

  it("for a client without proof of its secret, whether or not the user exists", async () => {
    const scene = await open({ secret: "the client's secret" });
    await scene.addUser({ attributes: REACHABLE });
    const hashOf = (name: string) => secretHash("the client's secret", name, scene.client.id);
    const missing = `NotAuthorizedException: Client ${scene.client.id} is configured with secret but SECRET_HASH was not received`;
    const wrong = `NotAuthorizedException: Unable to verify secret hash for client ${scene.client.id}`;
    expect(await scene.forgot("nobody")).toBe(missing);
    expect(await scene.forgot("nobody", { SecretHash: hashOf("alice") })).toBe(wrong);
    expect(await scene.forgot("alice", { SecretHash: hashOf("alice") })).toEqual(TO_ALICE);
  });

  it("more than twenty times an hour", async () => {
    const scene = await open({});
    await scene.addUser({ attributes: REACHABLE });
    await scene.addUser({ username: "bob", attributes: REACHABLE });
    const answers = await Promise.all(Array.from({ length: 25 }, () => scene.forgot()));
    expect(answers.filter((answer) => answer === TOO_MANY)).toHaveLength(5);
    expect(await scene.forgot("bob")).toEqual(TO_ALICE);
    context.clock.advance(60 * 60 * 1000 - 1);
    expect(await scene.forgot()).toBe(TOO_MANY);
    context.clock.advance(1);
    expect(await scene.forgot()).toEqual(TO_ALICE);
  });

  it("if delivery fails, which is reported to the caller", async () => {
    const failing = await testContext({
      delivery: {
        send: () => Promise.reject(new DeliveryFailed("no gateway", { isUnconfigured: true })),
      },
    });
    const scene = await openRecoveryScene(failing);
    await scene.addUser({ attributes: REACHABLE });
    expect(await scene.forgot()).toBe("CodeDeliveryFailureException: Unable to send the message.");
    await scene.addUser({
      username: "bob",
      attributes: { phone_number: "+15551234567", phone_number_verified: "true" },
    });
    expect(await scene.forgot("bob")).toBe(
      "CodeDeliveryFailureException: Invalid phone number provided/Unable to send the message. User pool does not have SMS configuration to send messages.",
    );
    await failing.store.close();
  });
});

describe("a client that hides the existence of users", () => {
  const hiding = (pool: UserPoolSettings = {}) =>
    open({ pool, client: { PreventUserExistenceErrors: "ENABLED" } });

  it("gets an address in the format of the name that it sends", async () => {
    const scene = await hiding();
    const answer = await scene.forgot("zoe@xample.com");
    expect(answer).toEqual({
      CodeDeliveryDetails: { Destination: "z***@x***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    });
    expect(await scene.forgot("+15559876543")).toEqual({
      CodeDeliveryDetails: { ...BY_SMS.CodeDeliveryDetails, Destination: "+*******6543" },
    });
  });

  it("gets its answer before the message is sent, even if sending then fails", async () => {
    const { promise: delivered, resolve: deliver } = Promise.withResolvers<void>();
    const failing = await testContext({
      store: context.store,
      delivery: {
        async send() {
          await delivered;
          throw new DeliveryFailed("The mail server did not take the message.");
        },
      },
    });
    const failures: unknown[] = [];
    failing.events.subscribe("message", ({ failure }) => failures.push(failure));
    const scene = await openRecoveryScene(failing, { client: { PreventUserExistenceErrors: "ENABLED" } });
    await scene.addUser({ attributes: REACHABLE });
    expect(await scene.forgot()).toEqual(TO_ALICE);
    deliver();
    await failing.outbox.idle();
    expect(failures).toEqual(["The mail server did not take the message."]);
  });

  it("gets a made-up address for an unknown name, the same every time", async () => {
    const scene = await hiding(recoveringBy("verified_email"));
    const answer = await scene.forgot("nobody");
    expect(answer).toEqual({
      CodeDeliveryDetails: {
        Destination: expect.stringMatching(/^[a-z]\*{3}@[a-z]\*{3}$/),
        DeliveryMedium: "EMAIL",
        AttributeName: "email",
      },
    });
    expect(await scene.forgot("nobody")).toEqual(answer);
    const others = await Promise.all(["n1", "n2", "n3", "n4"].map((name) => scene.forgot(name)));
    expect(others.some((other) => JSON.stringify(other) !== JSON.stringify(answer))).toBe(true);

    const bySms = await hiding(recoveringBy("verified_phone_number"));
    expect(await bySms.forgot("nobody@example.com")).toEqual({
      CodeDeliveryDetails: {
        ...BY_SMS.CodeDeliveryDetails,
        Destination: expect.stringMatching(/^\+\*{7}\d{4}$/),
      },
    });
  });

  it.each([
    ["is disabled", { enabled: false, attributes: REACHABLE }],
    ["has no verified address", { attributes: { email: "alice@example.com" } }],
    ["was never reachable", { temporary: true }],
  ] as const)(
    "gets the answer of an unknown user, and no message is sent, if the user %s",
    async (_, user) => {
      const scene = await hiding();
      const ofNobody = await scene.forgot();
      await scene.addUser(user);
      const before = context.sent.length;
      expect(await scene.forgot()).toEqual(ofNobody);
      expect(context.sent.length).toBe(before);
    },
  );

  it("gets the address of a user who exists", async () => {
    const scene = await hiding();
    await scene.addUser({ attributes: REACHABLE });
    expect(await scene.forgot()).toEqual(TO_ALICE);
    expect(await scene.signIn("wrong")).toBe(WRONG_PASSWORD);
  });
});
