import { describe, expect, it } from "vitest";
import { APP, appCode, EMAIL, type MfaScene, mfaScene, ON, OPTIONAL, SMS } from "./testing.ts";

const tokens = { AuthenticationResult: expect.objectContaining({ TokenType: "Bearer" }) };
const phone = { phone_number: "+15550104567" };
const email = { email: "jane@example.com" };
const WRONG_CODE = ["CodeMismatchException", "Invalid code or auth state for the user."];
const WRONG_APP_CODE = ["CodeMismatchException", "Invalid code received for user"];
const USED_APP_CODE = ["ExpiredCodeException", "Your software token has already been used once."];

const USED_SESSION = [
  "NotAuthorizedException",
  "Invalid session for the user, session can only be used once.",
];

/** A scene in which alice has an authenticator app, activated. */
async function withApp(here: MfaScene): Promise<{ secret: string; accessToken: string }> {
  const accessToken = await here.accessToken();
  const secret = await here.registerApp(accessToken);
  await here.call("SetUserMFAPreference", {
    AccessToken: accessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  here.nextStep();
  return { secret, accessToken };
}

describe("a code by SMS", () => {
  it("is sent after the password, and signs in", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const challenge = await here.begin();
    expect(challenge).toEqual({
      ChallengeName: "SMS_MFA",
      Session: expect.stringMatching(/^AYABe/),
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: "SMS",
        CODE_DELIVERY_DESTINATION: "+*******4567",
        USER_ID_FOR_SRP: "alice",
      },
    });
    expect(here.lastCode()).toMatch(/^\d{6}$/);
    expect(await here.answer(challenge, { SMS_MFA_CODE: here.lastCode() })).toMatchObject(tokens);
  });

  it("verifies the phone number and activates the factor, without preferring it", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const challenge = await here.begin();
    here.context.clock.advance(1000);
    const { AuthenticationResult } = await here.answer(challenge, { SMS_MFA_CODE: here.lastCode() });
    const user = await here.call("GetUser", { AccessToken: AuthenticationResult?.AccessToken ?? "" });
    expect(user.UserMFASettingList).toEqual(["SMS_MFA"]);
    expect(user.PreferredMfaSetting).toBeUndefined();
    expect(user.UserAttributes).toContainEqual({ Name: "phone_number_verified", Value: "true" });
    const named = { UserPoolId: here.pool.id, Username: "alice" };
    expect((await here.call("AdminGetUser", named)).UserLastModifiedDate).toBe(here.context.clock.now());
  });

  it("does not give back a phone number that was deleted since it was sent", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const challenge = await here.begin();
    const named = { UserPoolId: here.pool.id, Username: "alice" };
    await here.call("AdminDeleteUserAttributes", { ...named, UserAttributeNames: ["phone_number"] });
    expect(await here.answer(challenge, { SMS_MFA_CODE: here.lastCode() })).toMatchObject(tokens);
    const { UserAttributes } = await here.call("AdminGetUser", named);
    expect(UserAttributes?.map(({ Name }) => Name)).toEqual(["sub"]);
  });

  it("keeps the Session usable when it is wrong", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const challenge = await here.begin();
    expect(await here.refuses(challenge, { SMS_MFA_CODE: "000000" })).toEqual(WRONG_CODE);
    expect(await here.answer(challenge, { SMS_MFA_CODE: here.lastCode() })).toMatchObject(tokens);
  });

  it("is published with the challenge when it is wrong", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const challenge = await here.begin();
    const published: object[] = [];
    here.context.events.subscribe("signInFailed", (event) => published.push(event));
    await here.refuses(challenge, { SMS_MFA_CODE: "000000" });
    expect(published).toMatchObject([
      { poolId: here.pool.id, clientId: here.client.id, challenge: "SMS_MFA" },
    ]);
  });

  it("is accepted once", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const challenge = await here.begin();
    await here.answer(challenge, { SMS_MFA_CODE: here.lastCode() });
    expect(await here.refuses(challenge, { SMS_MFA_CODE: here.lastCode() })).toEqual(USED_SESSION);
  });

  it("belongs to its own sign-in: two concurrent sign-ins do not affect each other", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const first = await here.begin();
    const firstCode = here.lastCode();
    const second = await here.begin();
    const secondCode = here.lastCode();
    expect(await here.refuses(first, { SMS_MFA_CODE: secondCode })).toEqual(WRONG_CODE);
    expect(await here.answer(second, { SMS_MFA_CODE: secondCode })).toMatchObject(tokens);
    expect(await here.answer(first, { SMS_MFA_CODE: firstCode })).toMatchObject(tokens);
  });

  it("is rejected with PasswordResetRequiredException if the password was reset since it was sent", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, { ...phone, ...email, email_verified: "true" });
    const challenge = await here.begin();
    const code = here.lastCode();
    await here.call("AdminResetUserPassword", { UserPoolId: here.pool.id, Username: "alice" });
    expect(await here.refuses(challenge, { SMS_MFA_CODE: code })).toEqual([
      "PasswordResetRequiredException",
      "Password reset required for the user",
    ]);
  });

  it("is valid as long as the Session", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const challenge = await here.begin();
    here.context.clock.advance(3 * 60 * 1000);
    expect(await here.refuses(challenge, { SMS_MFA_CODE: here.lastCode() })).toEqual([
      "NotAuthorizedException",
      "Invalid session for the user, session is expired.",
    ]);
  });

  it("locks the user out after five wrong answers, so that the right one is rejected", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const challenge = await here.begin();
    for (let i = 0; i < 5; i++) {
      expect(await here.refuses(challenge, { SMS_MFA_CODE: "000000" })).toEqual(WRONG_CODE);
    }
    expect(await here.refuses(challenge, { SMS_MFA_CODE: here.lastCode() })).toEqual([
      "NotAuthorizedException",
      "Password attempts exceeded",
    ]);
    here.context.clock.advance(1000);
    expect(await here.answer(challenge, { SMS_MFA_CODE: here.lastCode() })).toMatchObject(tokens);
  });

  it("returns tokens for one of a hundred parallel answers", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    const challenge = await here.begin();
    const SMS_MFA_CODE = here.lastCode();
    const answers = await Promise.allSettled(
      Array.from({ length: 100 }, () => here.answer(challenge, { SMS_MFA_CODE })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("a code by e-mail", () => {
  it("has eight digits and the pool's own text, and signs in", async () => {
    const here = await mfaScene({ ...ON, ...EMAIL }, email);
    const challenge = await here.begin();
    expect(challenge).toMatchObject({
      ChallengeName: "EMAIL_OTP",
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL",
        CODE_DELIVERY_DESTINATION: "j***@e***",
        USER_ID_FOR_SRP: "alice",
      },
    });
    expect(here.context.sent.at(-1)).toMatchObject({ subject: "Code" });
    expect(here.lastCode()).toMatch(/^\d{8}$/);
    expect(await here.refuses(challenge, { EMAIL_OTP_CODE: "00000000" })).toEqual(WRONG_CODE);
    expect(await here.answer(challenge, { EMAIL_OTP_CODE: here.lastCode() })).toMatchObject(tokens);
  });
});

describe("a code of an authenticator app", () => {
  it("signs in after a challenge with the name of the app", async () => {
    const here = await mfaScene({ ...OPTIONAL, ...APP });
    const { secret } = await withApp(here);
    const challenge = await here.begin();
    expect(challenge).toMatchObject({
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      ChallengeParameters: { USER_ID_FOR_SRP: "alice", FRIENDLY_DEVICE_NAME: "phone" },
    });
    const code = appCode(secret, here.context.clock.now());
    expect(await here.answer(challenge, { SOFTWARE_TOKEN_MFA_CODE: code })).toMatchObject(tokens);
  });

  it.each(["000000", "12345", "abcdef", "1234567"])(
    "is rejected with the value %s, and the Session stays usable",
    async (wrong) => {
      const here = await mfaScene({ ...OPTIONAL, ...APP });
      const { secret } = await withApp(here);
      const challenge = await here.begin();
      expect(await here.refuses(challenge, { SOFTWARE_TOKEN_MFA_CODE: wrong })).toEqual(WRONG_APP_CODE);
      const code = appCode(secret, here.context.clock.now());
      expect(await here.answer(challenge, { SOFTWARE_TOKEN_MFA_CODE: code })).toMatchObject(tokens);
    },
  );

  it("is accepted from the previous, current and next time step only", async () => {
    const here = await mfaScene({ ...OPTIONAL, ...APP });
    const { secret } = await withApp(here);
    here.context.clock.advance(10 * 60_000);
    const challenge = await here.begin();
    const now = here.context.clock.now();
    for (const far of [-60_000, 60_000]) {
      const code = appCode(secret, now + far);
      expect(await here.refuses(challenge, { SOFTWARE_TOKEN_MFA_CODE: code })).toEqual(WRONG_APP_CODE);
    }
    const before = appCode(secret, now - 30_000);
    expect(await here.answer(challenge, { SOFTWARE_TOKEN_MFA_CODE: before })).toMatchObject(tokens);
    const after = appCode(secret, now + 30_000);
    expect(await here.answer(await here.begin(), { SOFTWARE_TOKEN_MFA_CODE: after })).toMatchObject(tokens);
  });

  it("is accepted once over all sign-ins, including the code that registered the app", async () => {
    const here = await mfaScene({ ...OPTIONAL, ...APP });
    const { secret } = await withApp(here);
    const registration = appCode(secret, here.context.clock.now() - 30_000);
    expect(await here.refuses(await here.begin(), { SOFTWARE_TOKEN_MFA_CODE: registration })).toEqual(
      USED_APP_CODE,
    );
    const code = appCode(secret, here.context.clock.now());
    await here.answer(await here.begin(), { SOFTWARE_TOKEN_MFA_CODE: code });
    expect(await here.refuses(await here.begin(), { SOFTWARE_TOKEN_MFA_CODE: code })).toEqual(USED_APP_CODE);
    const next = appCode(secret, here.context.clock.now() + 30_000);
    await here.answer(await here.begin(), { SOFTWARE_TOKEN_MFA_CODE: next });
    for (const used of [next, code])
      expect(await here.refuses(await here.begin(), { SOFTWARE_TOKEN_MFA_CODE: used })).toEqual(
        USED_APP_CODE,
      );
  });

  it("is accepted if the previous one was accepted while the clock was an hour ahead", async () => {
    const here = await mfaScene({ ...OPTIONAL, ...APP });
    const { clock } = here.context;
    const { secret } = await withApp(here);
    const signIn = async () =>
      here.answer(await here.begin(), { SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) });
    clock.advance(3600 * 1000);
    expect(await signIn()).toMatchObject(tokens);
    clock.advance(-3600 * 1000);
    expect(await signIn()).toMatchObject(tokens);
    const used = { SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
    expect(await here.refuses(await here.begin(), used)).toEqual(USED_APP_CODE);
  });

  it("returns tokens for one of a hundred sign-ins that answer with it in parallel", async () => {
    const here = await mfaScene({ ...OPTIONAL, ...APP });
    const { secret } = await withApp(here);
    const challenges = await Promise.all([1, 2, 3, 4].map(() => here.begin()));
    const SOFTWARE_TOKEN_MFA_CODE = appCode(secret, here.context.clock.now());
    const answers = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) =>
        here.answer(challenges[i % challenges.length] ?? {}, { SOFTWARE_TOKEN_MFA_CODE }),
      ),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("the choice among several factors", () => {
  const pool = { ...ON, ...SMS, ...EMAIL };

  it("leads to the chosen factor, whose code is sent only then", async () => {
    const here = await mfaScene(pool, { ...phone, ...email });
    const challenge = await here.begin();
    expect(challenge).toMatchObject({
      ChallengeName: "SELECT_MFA_TYPE",
      ChallengeParameters: { MFAS_CAN_CHOOSE: '["SMS_MFA","EMAIL_OTP"]', USER_ID_FOR_SRP: "alice" },
    });
    expect(here.context.sent).toHaveLength(0);
    const chosen = await here.answer(challenge, { ANSWER: "EMAIL_OTP" });
    expect(chosen.ChallengeName).toBe("EMAIL_OTP");
    expect(chosen.Session).not.toBe(challenge.Session);
    expect(await here.answer(chosen, { EMAIL_OTP_CODE: here.lastCode() })).toMatchObject(tokens);
  });

  it("is accepted once", async () => {
    const here = await mfaScene(pool, { ...phone, ...email });
    const challenge = await here.begin();
    await here.answer(challenge, { ANSWER: "SMS_MFA" });
    expect(await here.refuses(challenge, { ANSWER: "EMAIL_MFA" })).toEqual(USED_SESSION);
  });

  it.each(["SOFTWARE_TOKEN_MFA", "NEW_PASSWORD_REQUIRED", "x"])(
    "is rejected with the answer %s",
    async (ANSWER) => {
      const here = await mfaScene(pool, { ...phone, ...email });
      const challenge = await here.begin();
      expect((await here.refuses(challenge, { ANSWER }))[0]).toBe("InvalidParameterException");
      expect((await here.answer(challenge, { ANSWER: "SMS_MFA" })).ChallengeName).toBe("SMS_MFA");
    },
  );
});

describe("a factor that SetUserPoolMfaConfig omitted", () => {
  it("is not required, even if the pool has an SMS configuration for other codes", async () => {
    const here = await mfaScene({ ...ON, ...SMS, ...APP, SmsMfaEnabled: false }, phone);
    const challenge = await here.begin();
    expect(challenge).toMatchObject({
      ChallengeName: "MFA_SETUP",
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    });
  });
});

describe("a pool that can send SMS but does not allow it as a factor", () => {
  it("does not offer SMS to a user with a phone number", async () => {
    const scene = await mfaScene(
      { ...ON, ...SMS, ...APP, SmsMfaEnabled: false },
      { phone_number: "+15555550100" },
    );
    const { ChallengeName, ChallengeParameters } = await scene.begin();
    expect(ChallengeName).toBe("MFA_SETUP");
    expect(ChallengeParameters?.MFAS_CAN_SETUP).toBe('["SOFTWARE_TOKEN_MFA"]');
  });
});
