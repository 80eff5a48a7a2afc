import { describe, expect, it } from "vitest";
import { APP, appCode, EMAIL, type MfaScene, mfaScene, ON, SMS } from "./testing.ts";

const tokens = { AuthenticationResult: expect.objectContaining({ TokenType: "Bearer" }) };
const phone = { phone_number: "+15550104567" };
const email = { email: "jane@example.com" };

describe("setting up a factor inside of a sign-in", () => {
  it("registers an authenticator app only with Sessions, and signs in", async () => {
    const here = await mfaScene({ ...ON, ...SMS, ...APP });
    const challenge = await here.begin();
    expect(challenge).toMatchObject({
      ChallengeName: "MFA_SETUP",
      ChallengeParameters: { MFAS_CAN_SETUP: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: "alice" },
    });
    const associated = await here.call("AssociateSoftwareToken", { Session: challenge.Session });
    expect(associated.SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    const verified = await here.call("VerifySoftwareToken", {
      Session: associated.Session,
      UserCode: appCode(associated.SecretCode, here.context.clock.now()),
      FriendlyDeviceName: "phone",
    });
    expect(verified).toEqual({ Status: "SUCCESS", Session: expect.stringMatching(/^AYABe/) });
    const setup = { ChallengeName: "MFA_SETUP", Session: verified.Session } as const;
    expect(await here.answer(setup, {})).toMatchObject(tokens);
    expect((await here.begin()).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  it("enrols the user with VerifySoftwareToken, even if MFA_SETUP is never answered", async () => {
    const here = await mfaScene({ ...ON, ...APP });
    const { Session } = await here.begin();
    const associated = await here.call("AssociateSoftwareToken", { Session });
    const UserCode = appCode(associated.SecretCode, here.context.clock.now());
    await here.call("VerifySoftwareToken", { Session: associated.Session, UserCode });
    expect((await here.begin()).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  it("accepts an e-mail address, verifies it by a code, and enrols it", async () => {
    const here = await mfaScene({ ...ON, ...SMS, ...APP, ...EMAIL });
    const challenge = await here.begin();
    const asked = await here.answer(challenge, { EMAIL: "new@example.com" });
    expect(asked).toMatchObject({
      ChallengeName: "EMAIL_OTP",
      ChallengeParameters: { CODE_DELIVERY_DESTINATION: "n***@e***" },
    });
    expect(await here.answer(asked, { EMAIL_OTP_CODE: here.lastCode() })).toMatchObject(tokens);
    const user = await here.call("AdminGetUser", { UserPoolId: here.pool.id, Username: "alice" });
    expect(user.UserMFASettingList).toEqual(["EMAIL_OTP"]);
    expect(user.UserAttributes).toContainEqual({ Name: "email", Value: "new@example.com" });
    expect((await here.begin()).ChallengeName).toBe("EMAIL_OTP");
  });

  it("refuses a malformed e-mail address, after which the same Session accepts another", async () => {
    const here = await mfaScene({ ...ON, ...APP, ...EMAIL });
    const challenge = await here.begin();
    expect(await here.refuses(challenge, { EMAIL: "jane" })).toEqual([
      "InvalidParameterException",
      "Invalid email address format.",
    ]);
    expect((await here.answer(challenge, { EMAIL: "new@example.com" })).ChallengeName).toBe("EMAIL_OTP");
  });

  it("takes no phone number, for which the API has no parameter", async () => {
    const here = await mfaScene({ ...ON, ...SMS });
    expect(await here.refuses(await here.begin(), { PHONE_NUMBER: "+15550104567" })).toEqual([
      "InvalidParameterException",
      "No MFA method has been set up.",
    ]);
  });

  it("cannot be completed before a factor is set up", async () => {
    const here = await mfaScene({ ...ON, ...APP });
    const challenge = await here.begin();
    const { Session } = await here.call("AssociateSoftwareToken", { Session: challenge.Session });
    for (const each of [challenge, { ...challenge, Session }]) {
      expect((await here.refuses(each, {}))[0]).toBe("InvalidParameterException");
      expect((await here.refuses(each, { EMAIL: "new@example.com" }))[0]).toBe("InvalidParameterException");
    }
  });

  it("comes after a new password", async () => {
    const here = await mfaScene({ ...ON, ...APP });
    await here.call("AdminSetUserPassword", {
      UserPoolId: here.pool.id,
      Username: "alice",
      Password: "Correct-horse-1",
    });
    const challenge = await here.begin();
    expect(challenge.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    expect((await here.answer(challenge, { NEW_PASSWORD: "Battery-staple-2" })).ChallengeName).toBe(
      "MFA_SETUP",
    );
  });
});

describe("a started sign-in", () => {
  const INVALID = ["NotAuthorizedException", "Invalid session for the user."];
  const setPassword = (here: MfaScene, Password: string) =>
    here.call("AdminSetUserPassword", {
      UserPoolId: here.pool.id,
      Username: "alice",
      Password,
      Permanent: true,
    });

  it("fails after the password is changed, also to the same one", async () => {
    for (const password of ["Battery-staple-2", "Correct-horse-1"]) {
      const here = await mfaScene({ ...ON, ...SMS }, phone);
      const challenge = await here.begin();
      await setPassword(here, password);
      expect(await here.refuses(challenge, { SMS_MFA_CODE: here.lastCode() })).toEqual(INVALID);
    }
  });

  it("fails after the password is changed while a factor is chosen or set up", async () => {
    const choosing = await mfaScene({ ...ON, ...SMS, ...EMAIL }, { ...phone, ...email });
    const choice = await choosing.begin();
    await setPassword(choosing, "Battery-staple-2");
    expect(await choosing.refuses(choice, { ANSWER: "SMS_MFA" })).toEqual(INVALID);

    const here = await mfaScene({ ...ON, ...APP });
    const { Session } = await here.begin();
    const { Session: associated } = await here.call("AssociateSoftwareToken", { Session });
    await setPassword(here, "Battery-staple-2");
    for (const each of [Session, associated]) {
      expect(await here.refusal("AssociateSoftwareToken", { Session: each })).toEqual(INVALID);
      expect(await here.refusal("VerifySoftwareToken", { Session: each, UserCode: "123456" })).toEqual(
        INVALID,
      );
    }
  });

  it("continues after its own new password", async () => {
    const here = await mfaScene({ ...ON, ...SMS }, phone);
    await here.call("AdminSetUserPassword", {
      UserPoolId: here.pool.id,
      Username: "alice",
      Password: "Correct-horse-1",
    });
    const code = await here.answer(await here.begin(), { NEW_PASSWORD: "Battery-staple-2" });
    expect(await here.answer(code, { SMS_MFA_CODE: here.lastCode() })).toMatchObject(tokens);
  });

  it("cannot set up a factor once the user has one", async () => {
    const pool = { ...ON, ...APP, ...EMAIL };
    const here = await mfaScene(pool);
    const [owner, other] = [await here.begin(), await here.begin()];
    const stolen = await here.call("AssociateSoftwareToken", { Session: other.Session });
    const emailed = await here.answer(await here.begin(), { EMAIL: "mallory@example.com" });
    const code = here.lastCode();

    const { SecretCode, Session } = await here.call("AssociateSoftwareToken", { Session: owner.Session });
    const now = here.context.clock.now();
    const verified = await here.call("VerifySoftwareToken", {
      Session,
      UserCode: appCode(SecretCode, now),
    });

    const UserCode = appCode(stolen.SecretCode, now);
    expect(await here.refusal("VerifySoftwareToken", { Session: stolen.Session, UserCode })).toEqual(INVALID);
    expect(await here.refusal("AssociateSoftwareToken", { Session: other.Session })).toEqual(INVALID);
    expect(await here.refuses(other, { EMAIL: "mallory@example.com" })).toEqual(INVALID);
    expect(await here.refuses(emailed, { EMAIL_OTP_CODE: code })).toEqual(INVALID);
    expect(await here.refusal("AssociateSoftwareToken", { Session: verified.Session })).toEqual(INVALID);
    const setup = { ChallengeName: "MFA_SETUP", Session: verified.Session } as const;
    expect(await here.answer(setup, {})).toMatchObject(tokens);
  });

  it("registers one app of a hundred that are verified in parallel", async () => {
    const here = await mfaScene({ ...ON, ...APP });
    const now = here.context.clock.now();
    const setups = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const { Session } = await here.begin();
        return here.call("AssociateSoftwareToken", { Session });
      }),
    );
    const outcomes = await Promise.allSettled(
      setups.map(({ Session, SecretCode }) =>
        here.call("VerifySoftwareToken", { Session, UserCode: appCode(SecretCode, now) }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
