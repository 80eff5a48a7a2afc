import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  PreventUserExistenceErrorTypes,
  RespondToAuthChallengeResponse,
} from "../../../api-model/index.ts";
import { DeliveryFailed } from "../../../delivery/index.ts";
import type { UserPoolSettings } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { APP, appCode, mfaScene, ON, OPTIONAL, SMS } from "../mfa/testing.ts";
import { PASSWORD } from "./testing.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

const tokens = { AuthenticationResult: expect.objectContaining({ TokenType: "Bearer" }) };
const PASSWORDLESS = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] } },
} satisfies UserPoolSettings;
const address = { email: "jane@example.com", email_verified: "true" };
const WRONG_CODE = ["CodeMismatchException", "Invalid code or auth state for the user."];

interface SceneOptions {
  readonly PreventUserExistenceErrors?: PreventUserExistenceErrorTypes;
  readonly ports?: TestContext;
}

async function scene(
  pool: UserPoolSettings = PASSWORDLESS,
  attributes: Record<string, string> = address,
  { PreventUserExistenceErrors = "ENABLED", ports = context }: SceneOptions = {},
) {
  const here = await mfaScene(pool, attributes, Promise.resolve(ports));
  const client = await here.addClient({
    ExplicitAuthFlows: ["ALLOW_USER_AUTH"],
    PreventUserExistenceErrors,
  });
  const request = (parameters: Record<string, string>) => ({
    ClientId: client.id,
    AuthFlow: "USER_AUTH" as const,
    AuthParameters: { USERNAME: "alice", ...parameters },
  });
  const answer = ({ ChallengeName, Session }: RespondToAuthChallengeResponse, responses: object) => ({
    ClientId: client.id,
    ChallengeName: ChallengeName ?? "SELECT_CHALLENGE",
    Session,
    ChallengeResponses: { USERNAME: "alice", ...responses },
  });
  return {
    ...here,
    client,
    start: (parameters: Record<string, string> = {}) => here.call("InitiateAuth", request(parameters)),
    refusesStart: (parameters: Record<string, string>) => here.refusal("InitiateAuth", request(parameters)),
    respond: (challenge: RespondToAuthChallengeResponse, responses: object) =>
      here.call("RespondToAuthChallenge", answer(challenge, responses)),
    refusesAnswer: (challenge: RespondToAuthChallengeResponse, responses: object) =>
      here.refusal("RespondToAuthChallenge", answer(challenge, responses)),
  };
}

describe("choice-based sign-in", () => {
  it("lists the available first challenges", async () => {
    const here = await scene();
    expect(await here.start()).toEqual({
      ChallengeName: "SELECT_CHALLENGE",
      AvailableChallenges: ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"],
      ChallengeParameters: {},
      Session: expect.stringMatching(/^AYABe/),
    });
  });

  it.each([
    ["LEGACY", ["PasswordResetRequiredException", "Password reset required for the user"]],
    ["ENABLED", ["NotAuthorizedException", "Incorrect username or password."]],
  ] as const)(
    "refuses the right code of an imported user without a password as it refuses passwords, with PreventUserExistenceErrors %s",
    async (PreventUserExistenceErrors, refusal) => {
      const here = await scene(PASSWORDLESS, address, { PreventUserExistenceErrors });
      const challenge = await here.start({ PREFERRED_CHALLENGE: "EMAIL_OTP" });
      const code = here.lastCode();
      const { sub = "" } = (await context.store.users.find(here.pool.id, "alice")) ?? {};
      await context.store.users.update(here.pool.id, sub, ({ password: _, ...user }) => ({
        ...user,
        status: "RESET_REQUIRED",
      }));
      expect(await here.refusesAnswer(challenge, { EMAIL_OTP_CODE: code })).toEqual(refusal);
    },
  );

  it.each([
    ["a name", { USERNAME: "x".repeat(2000) }, { USERNAME: "x".repeat(2000) }],
    ["a device key", { DEVICE_KEY: "x".repeat(3000) }, {}],
  ])("accepts %s that is longer than a Session can hold", async (_, begun, answered) => {
    const here = await scene();
    const challenge = await here.start(begun);
    expect(challenge).toMatchObject({ ChallengeName: "SELECT_CHALLENGE" });
    expect(challenge.Session?.length).toBeLessThan(2048);
    const wrong = { ...answered, ANSWER: "PASSWORD", PASSWORD: "Wrong-horse-1" };
    expect(await here.refusesAnswer(challenge, wrong)).toEqual([
      "NotAuthorizedException",
      "Incorrect username or password.",
    ]);
  });

  it.each<[string, UserPoolSettings, Record<string, string>]>([
    ["an unverified address", PASSWORDLESS, { email: "jane@example.com" }],
    ["a pool that allows only passwords", {}, address],
    ["a pool that requires a second factor", { ...PASSWORDLESS, ...ON, ...APP }, address],
  ])("offers only the password with %s", async (_, pool, attributes) => {
    const here = await scene(pool, attributes);
    expect((await here.start()).AvailableChallenges).toEqual(["PASSWORD_SRP", "PASSWORD"]);
    expect((await here.start({ PREFERRED_CHALLENGE: "EMAIL_OTP" })).ChallengeName).toBe("SELECT_CHALLENGE");
  });

  it("signs in by a preferred password in one request, and rejects a wrong one", async () => {
    const here = await scene();
    const preferred = { PREFERRED_CHALLENGE: "PASSWORD" };
    expect(await here.start({ ...preferred, PASSWORD })).toMatchObject(tokens);
    expect(await here.refusesStart({ ...preferred, PASSWORD: "Wrong-horse-1" })).toEqual([
      "NotAuthorizedException",
      "Incorrect username or password.",
    ]);
    expect(await here.refusesStart(preferred)).toEqual([
      "InvalidParameterException",
      "Missing required parameter PASSWORD",
    ]);
  });

  it("uses SRP with a Session beside the secret block, which the answer must contain", async () => {
    const here = await scene();
    const challenge = await here.start({ PREFERRED_CHALLENGE: "PASSWORD_SRP", SRP_A: "abcdef" });
    expect(challenge).toMatchObject({
      ChallengeName: "PASSWORD_VERIFIER",
      Session: expect.stringMatching(/^AYABe/),
      ChallengeParameters: { SECRET_BLOCK: expect.any(String), USER_ID_FOR_SRP: "alice" },
    });
    const claim = {
      PASSWORD_CLAIM_SECRET_BLOCK: challenge.ChallengeParameters?.SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString("base64"),
      TIMESTAMP: "Thu Jan 1 00:00:00 UTC 2026",
    };
    expect(await here.refusesAnswer({ ...challenge, Session: undefined }, claim)).toEqual([
      "InvalidParameterException",
      "Missing required parameter Session",
    ]);
    const other = await here.start({ PREFERRED_CHALLENGE: "PASSWORD_SRP", SRP_A: "abcdef" });
    expect(await here.refusesAnswer({ ...challenge, Session: other.Session }, claim)).toEqual([
      "NotAuthorizedException",
      "Invalid session for the user.",
    ]);
    expect(await here.refusesAnswer(challenge, claim)).toEqual([
      "NotAuthorizedException",
      "Incorrect username or password.",
    ]);
  });

  it.each([["PASSWORD", { PASSWORD }]])(
    "accepts the choice %s with or without its value",
    async (ANSWER, value) => {
      const here = await scene();
      expect(await here.respond(await here.start(), { ANSWER, ...value })).toMatchObject(tokens);
      const asked = await here.respond(await here.start(), { ANSWER });
      expect(asked.ChallengeName).toBe(ANSWER);
      expect(await here.respond(asked, value)).toMatchObject(tokens);
    },
  );

  it("accepts the choice of SRP with or without its value", async () => {
    const here = await scene();
    const ANSWER = "PASSWORD_SRP";
    const direct = await here.respond(await here.start(), { ANSWER, SRP_A: "abcdef" });
    expect(direct.ChallengeName).toBe("PASSWORD_VERIFIER");
    const asked = await here.respond(await here.start(), { ANSWER });
    expect((await here.respond(asked, { SRP_A: "abcdef" })).ChallengeName).toBe("PASSWORD_VERIFIER");
  });

  describe("of a disabled user", () => {
    const disabled = async (options: SceneOptions = {}) => {
      const here = await scene(PASSWORDLESS, address, options);
      const choice = await here.start();
      await here.call("AdminDisableUser", { UserPoolId: here.pool.id, Username: "alice" });
      const before = context.sent.length;
      return { ...here, choice, sentSince: () => context.sent.length - before };
    };
    const OTP = { PREFERRED_CHALLENGE: "EMAIL_OTP" };
    const DISABLED = ["NotAuthorizedException", "User is disabled."];

    it("looks like that of an unknown user if the client hides who exists, and sends no code", async () => {
      const here = await disabled();
      for (const asked of [await here.start(OTP), await here.respond(here.choice, { ANSWER: "EMAIL_OTP" })]) {
        expect(asked).toMatchObject({
          ChallengeName: "EMAIL_OTP",
          ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL" },
        });
        expect(await here.refusesAnswer(asked, { EMAIL_OTP_CODE: "00000000" })).toEqual(WRONG_CODE);
      }
      await context.outbox.idle();
      expect(here.sentSince()).toBe(0);
    });

    it("is refused if the client does not hide who exists, and sends no code", async () => {
      const here = await disabled({ PreventUserExistenceErrors: "LEGACY" });
      expect(await here.refusesStart(OTP)).toEqual(DISABLED);
      expect(await here.refusesAnswer(here.choice, { ANSWER: "EMAIL_OTP" })).toEqual(DISABLED);
      expect(here.sentSince()).toBe(0);
    });

    it("is refused as disabled only after the right password", async () => {
      const here = await disabled();
      const asked = await here.respond(here.choice, { ANSWER: "PASSWORD" });
      expect(await here.refusesAnswer(asked, { PASSWORD: "Wrong-horse-1" })).toEqual([
        "NotAuthorizedException",
        "Incorrect username or password.",
      ]);
      expect(await here.refusesAnswer(asked, { PASSWORD })).toEqual(DISABLED);
    });
  });

  it("leaves the Session usable after an SRP_A that is no number", async () => {
    const here = await scene();
    const refused = ["InvalidParameterException", "Invalid SRP_A"];
    const choice = await here.start();
    const ANSWER = "PASSWORD_SRP";
    expect(await here.refusesAnswer(choice, { ANSWER, SRP_A: "xyz" })).toEqual(refused);
    const asked = await here.respond(choice, { ANSWER });
    expect(await here.refusesAnswer(asked, { SRP_A: "xyz" })).toEqual(refused);
    expect((await here.respond(asked, { SRP_A: "abcdef" })).ChallengeName).toBe("PASSWORD_VERIFIER");
  });

  it("requires the second factor after a password", async () => {
    const here = await scene({ ...PASSWORDLESS, ...OPTIONAL, ...APP });
    const secret = await here.registerApp(
      (await here.start({ PREFERRED_CHALLENGE: "PASSWORD", PASSWORD })).AuthenticationResult?.AccessToken ??
        "",
    );
    await here.call("AdminSetUserMFAPreference", {
      UserPoolId: here.pool.id,
      Username: "alice",
      SoftwareTokenMfaSettings: { Enabled: true },
    });
    here.nextStep();
    expect((await here.start()).AvailableChallenges).toEqual(["PASSWORD_SRP", "PASSWORD"]);
    const asked = await here.start({ PREFERRED_CHALLENGE: "PASSWORD", PASSWORD });
    expect(asked).toMatchObject({ ChallengeName: "SOFTWARE_TOKEN_MFA" });
    expect(asked.AvailableChallenges).toBeUndefined();
    const code = appCode(secret, context.clock.now());
    expect(await here.respond(asked, { SOFTWARE_TOKEN_MFA_CODE: code })).toMatchObject(tokens);
  });

  it.each([["PREFERRED_CHALLENGE", "CUSTOM_CHALLENGE"]])(
    "rejects the preference %s %s",
    async (name, value) => {
      const here = await scene();
      expect((await here.refusesStart({ [name]: value }))[0]).toBe("InvalidParameterException");
    },
  );

  it("rejects a choice that is not available, and the Session stays usable", async () => {
    const here = await scene();
    const challenge = await here.start();
    expect((await here.refusesAnswer(challenge, { ANSWER: "SMS_OTP" }))[0]).toBe("InvalidParameterException");
    expect((await here.respond(challenge, { ANSWER: "EMAIL_OTP" })).ChallengeName).toBe("EMAIL_OTP");
  });
});

describe("a code as the first factor", () => {
  it.each([
    ["EMAIL_OTP", "EMAIL", "j***@e***", address],
    ["SMS_OTP", "SMS", "+*******4567", { phone_number: "+15550104567", phone_number_verified: "true" }],
  ])(
    "by %s has eight digits, and is accepted after six wrong answers",
    async (name, medium, destination, has) => {
      const here = await scene({ ...PASSWORDLESS, ...SMS }, has);
      const challenge = await here.start({ PREFERRED_CHALLENGE: name });
      expect(challenge).toMatchObject({
        ChallengeName: name,
        AvailableChallenges: ["PASSWORD_SRP", "PASSWORD", name],
        ChallengeParameters: {
          CODE_DELIVERY_DELIVERY_MEDIUM: medium,
          CODE_DELIVERY_DESTINATION: destination,
        },
      });
      await context.outbox.idle();
      const code = here.lastCode();
      expect(code).toMatch(/^\d{8}$/);
      for (let i = 0; i < 6; i++) {
        expect(await here.refusesAnswer(challenge, { [`${name}_CODE`]: "00000000" })).toEqual(WRONG_CODE);
      }
      expect(await here.respond(challenge, { [`${name}_CODE`]: code })).toMatchObject(tokens);
      expect(await here.refusesAnswer(challenge, { [`${name}_CODE`]: code })).toEqual([
        "NotAuthorizedException",
        "Invalid session for the user, session can only be used once.",
      ]);
    },
  );

  it("that cannot be delivered is reported, but not to a client that hides the existence of users", async () => {
    const send = () => Promise.reject(new DeliveryFailed("The mail server did not take the message."));
    const failing = await testContext({ delivery: { send } });
    const preferred = { PREFERRED_CHALLENGE: "EMAIL_OTP" };
    const told = await scene(PASSWORDLESS, address, { PreventUserExistenceErrors: "LEGACY", ports: failing });
    expect((await told.refusesStart(preferred))[0]).toBe("InvalidParameterException");
    const hidden = await scene(PASSWORDLESS, address, { ports: failing });
    expect((await hidden.start(preferred)).ChallengeName).toBe("EMAIL_OTP");
    await failing.store.close();
  });

  it("accepts at most twenty wrong answers an hour", async () => {
    const here = await scene();
    const challenge = await here.start({ PREFERRED_CHALLENGE: "EMAIL_OTP" });
    for (let i = 0; i < 20; i++) {
      expect(await here.refusesAnswer(challenge, { EMAIL_OTP_CODE: "00000000" })).toEqual(WRONG_CODE);
    }
    await context.outbox.idle();
    const [error] = await here.refusesAnswer(challenge, { EMAIL_OTP_CODE: here.lastCode() });
    expect(error).toMatch(/^(LimitExceeded|TooManyRequests)Exception$/);
  });
});

describe("choice-based sign-in of a user who does not exist", () => {
  it("has the same format as any other and ends with the error of a wrong password or code", async () => {
    const here = await scene();
    const nobody = { USERNAME: "nobody@example.com" };
    const select = await here.start(nobody);
    expect(select).toMatchObject({
      ChallengeName: "SELECT_CHALLENGE",
      AvailableChallenges: ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"],
    });
    const chosen = await here.respond(select, { ...nobody, ANSWER: "EMAIL_OTP" });
    expect(chosen.ChallengeParameters).toEqual({
      CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL",
      CODE_DELIVERY_DESTINATION: "n***@e***",
    });
    expect(await here.refusesAnswer(chosen, { ...nobody, EMAIL_OTP_CODE: "00000000" })).toEqual(WRONG_CODE);
    expect(await here.refusesAnswer(select, { ...nobody, ANSWER: "EMAIL_OTP" })).toEqual([
      "NotAuthorizedException",
      "Invalid session for the user, session can only be used once.",
    ]);
    expect(await here.refusesStart({ ...nobody, PREFERRED_CHALLENGE: "PASSWORD", PASSWORD })).toEqual([
      "NotAuthorizedException",
      "Incorrect username or password.",
    ]);
  });
});

describe("the Session of SignUp and ConfirmSignUp", () => {
  const PASSWORD_ONLY = { AutoVerifiedAttributes: ["email" as const] };

  async function carolSignsUp(settings: Parameters<typeof scene>[0]) {
    const here = await scene(settings);
    const client = { ClientId: here.client.id };
    const carol = { ...client, Username: "carol" };
    const { Session } = await here.call("SignUp", {
      ...carol,
      Password: PASSWORD,
      UserAttributes: [{ Name: "email", Value: "carol@example.com" }],
    });
    await context.outbox.idle();
    return {
      here,
      signUpSession: Session,
      confirm: async (given: { Session?: string | undefined }) =>
        (await here.call("ConfirmSignUp", { ...carol, ConfirmationCode: here.lastCode(), ...given })).Session,
      requestWith: (Session: string | undefined, USERNAME = "carol", preferred = {}) => ({
        ...client,
        AuthFlow: "USER_AUTH" as const,
        AuthParameters: { USERNAME, ...preferred },
        Session,
      }),
    };
  }

  it("signs in once, without a password", async () => {
    const { here, confirm, requestWith } = await carolSignsUp({ ...PASSWORDLESS, ...PASSWORD_ONLY });
    const session = await confirm({});
    expect(await here.refusal("InitiateAuth", requestWith(session, "alice"))).toEqual([
      "NotAuthorizedException",
      "Invalid session for the user.",
    ]);
    expect(await here.call("InitiateAuth", requestWith(session))).toMatchObject(tokens);
    expect(await here.refusal("InitiateAuth", requestWith(session))).toEqual([
      "NotAuthorizedException",
      "Invalid session for the user, session can only be used once.",
    ]);
  });

  it.each(["ConfirmSignUp", "SignUp"])(
    "is refused as expired when the time of a Session of %s is over",
    async (of) => {
      const { here, signUpSession, confirm, requestWith } = await carolSignsUp(PASSWORD_ONLY);
      const confirmed = await confirm({ Session: signUpSession });
      context.clock.advance(3 * 60 * 1000);
      const session = of === "SignUp" ? signUpSession : confirmed;
      expect(await here.refusal("InitiateAuth", requestWith(session))).toEqual([
        "NotAuthorizedException",
        "Invalid session for the user, session is expired.",
      ]);
    },
  );

  it("is refused to a user who has signed in otherwise since, even if signed out", async () => {
    const { here, signUpSession, confirm, requestWith } = await carolSignsUp(PASSWORD_ONLY);
    const session = await confirm({ Session: signUpSession });
    const preferred = { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD };
    await here.call("InitiateAuth", requestWith(undefined, "carol", preferred));
    const INVALID = ["NotAuthorizedException", "Invalid session for the user."];
    expect(await here.refusal("InitiateAuth", requestWith(session))).toEqual(INVALID);
    await here.call("AdminUserGlobalSignOut", { UserPoolId: here.pool.id, Username: "carol" });
    expect(await here.refusal("InitiateAuth", requestWith(session))).toEqual(INVALID);
  });

  it("signs in with the password of the sign-up where the pool has no codes as a first factor", async () => {
    const { here, signUpSession, confirm, requestWith } = await carolSignsUp(PASSWORD_ONLY);
    expect(signUpSession).toMatch(/^[\w-]{20,2048}$/);
    const session = await confirm({ Session: signUpSession });
    expect(await here.call("InitiateAuth", requestWith(session))).toMatchObject(tokens);
  });

  it("signs in by the Session of SignUp after a wrong code too", async () => {
    const { here, signUpSession, confirm, requestWith } = await carolSignsUp(PASSWORD_ONLY);
    const wrong = {
      ClientId: here.client.id,
      Username: "carol",
      ConfirmationCode: here.lastCode() === "000000" ? "000001" : "000000",
      Session: signUpSession,
    };
    expect((await here.refusal("ConfirmSignUp", wrong))[0]).toBe("CodeMismatchException");
    const session = await confirm({ Session: signUpSession });
    expect(await here.call("InitiateAuth", requestWith(session))).toMatchObject(tokens);
  });

  it.each([
    ["no Session", undefined],
    ["text that is no Session", "x".repeat(20)],
  ])("asks for a factor where ConfirmSignUp got %s and codes are no first factor", async (_, Session) => {
    const { here, confirm, requestWith } = await carolSignsUp(PASSWORD_ONLY);
    expect(await here.call("InitiateAuth", requestWith(await confirm({ Session })))).toMatchObject({
      ChallengeName: "SELECT_CHALLENGE",
      AvailableChallenges: ["PASSWORD_SRP", "PASSWORD"],
    });
  });

  it("proves nothing before ConfirmSignUp: a sign-in begins as without it", async () => {
    const { here, signUpSession, confirm, requestWith } = await carolSignsUp({
      ...PASSWORDLESS,
      ...PASSWORD_ONLY,
    });
    expect(await here.call("InitiateAuth", requestWith(signUpSession))).toMatchObject({
      ChallengeName: "SELECT_CHALLENGE",
    });
    await confirm({});
    const preferred = { PREFERRED_CHALLENGE: "EMAIL_OTP" };
    expect(await here.call("InitiateAuth", requestWith(signUpSession, "carol", preferred))).toMatchObject({
      ChallengeName: "EMAIL_OTP",
    });
    expect(await here.refusal("InitiateAuth", requestWith(signUpSession, "alice"))).toEqual([
      "NotAuthorizedException",
      "Invalid session for the user.",
    ]);
  });

  it("does not replace a second factor by a code", async () => {
    const { here, confirm, requestWith } = await carolSignsUp({
      ...PASSWORDLESS,
      ...ON,
      ...APP,
      ...PASSWORD_ONLY,
    });
    expect(await here.call("InitiateAuth", requestWith(await confirm({})))).toMatchObject({
      ChallengeName: "SELECT_CHALLENGE",
      AvailableChallenges: ["PASSWORD_SRP", "PASSWORD"],
    });
  });

  it("is followed by the second factor after the password of the sign-up", async () => {
    const { here, signUpSession, confirm, requestWith } = await carolSignsUp({
      ...PASSWORD_ONLY,
      ...ON,
      ...APP,
    });
    const session = await confirm({ Session: signUpSession });
    expect(await here.call("InitiateAuth", requestWith(session))).toMatchObject({
      ChallengeName: "MFA_SETUP",
    });
  });
});
