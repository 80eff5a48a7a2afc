import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RespondToAuthChallengeResponse } from "../../../api-model/index.ts";
import type { UserPoolSettings } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { APP, appCode, EMAIL, mfaScene, OPTIONAL, SMS } from "../mfa/testing.ts";
import { PASSWORD } from "./testing.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

const LOA = "urn:cognito:loa:";
const LEVELS = { AcrConfiguration: {}, ...OPTIONAL, ...APP } satisfies UserPoolSettings;
const PASSWORDLESS = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
} satisfies UserPoolSettings;

const claimsOf = (token: string | undefined) =>
  JSON.parse(Buffer.from(token?.split(".")[1] ?? "", "base64url").toString());

async function scene(pool: UserPoolSettings = LEVELS) {
  const email = { email: "jane@example.com", email_verified: "true" };
  const here = await mfaScene(pool, email, Promise.resolve(context));
  const client = await here.addClient({
    ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    PreventUserExistenceErrors: "ENABLED",
  });
  const request = (parameters: Record<string, string>) => ({
    ClientId: client.id,
    AuthFlow: "USER_AUTH" as const,
    AuthParameters: { USERNAME: "alice", ...parameters },
  });
  const start = (parameters: Record<string, string>) => here.call("InitiateAuth", request(parameters));
  return {
    ...here,
    client,
    start,
    refusesStart: (parameters: Record<string, string>) => here.refusal("InitiateAuth", request(parameters)),
    respond: ({ ChallengeName, Session }: RespondToAuthChallengeResponse, responses: object) =>
      here.call("RespondToAuthChallenge", {
        ClientId: client.id,
        ChallengeName: ChallengeName ?? "PASSWORD",
        Session,
        ChallengeResponses: { USERNAME: "alice", ...responses },
      }),
    async byPassword() {
      const { AuthenticationResult } = await start({ PREFERRED_CHALLENGE: "PASSWORD", PASSWORD });
      return AuthenticationResult ?? {};
    },
  };
}

/** A scene whose user can use SMS, e-mail and an authenticator app as second factors. */
async function sceneWithEveryFactor() {
  const here = await scene({ ...LEVELS, ...SMS, ...EMAIL });
  const { AccessToken = "" } = await here.byPassword();
  await here.call("AdminUpdateUserAttributes", {
    UserPoolId: here.pool.id,
    Username: "alice",
    UserAttributes: [{ Name: "phone_number", Value: "+15550100001" }],
  });
  return { ...here, AccessToken, app: await here.registerApp(AccessToken) };
}

describe("acr and amr", () => {
  it("contain the methods of the sign-in in both tokens, and are kept by a refresh", async () => {
    const here = await scene();
    const { AccessToken, IdToken, RefreshToken = "" } = await here.byPassword();
    const expected = { acr: `${LOA}1`, amr: ["pwd"] };
    expect(claimsOf(AccessToken)).toMatchObject(expected);
    expect(claimsOf(IdToken)).toMatchObject(expected);
    context.clock.advance(60_000);
    const refreshed = await here.call("InitiateAuth", {
      ClientId: here.client.id,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    });
    expect(claimsOf(refreshed.AuthenticationResult?.AccessToken)).toMatchObject(expected);
  });

  it("use the pool's names of the levels", async () => {
    const here = await scene({ ...LEVELS, AcrConfiguration: { Level1: { AcrValue: "low" } } });
    expect(claimsOf((await here.byPassword()).AccessToken).acr).toBe("low");
  });

  it("keep the level's name in a refresh after the pool has renamed it", async () => {
    const here = await scene();
    const { RefreshToken = "" } = await here.byPassword();
    const AcrConfiguration = { Level1: { AcrValue: "low" } };
    await context.store.pools.update(here.pool.id, (pool) => ({
      ...pool,
      settings: { ...pool.settings, AcrConfiguration },
    }));
    const refreshed = await here.call("GetTokensFromRefreshToken", {
      ClientId: here.client.id,
      RefreshToken,
    });
    for (const token of ["AccessToken", "IdToken"] as const)
      expect(claimsOf(refreshed.AuthenticationResult?.[token])).toMatchObject({
        acr: `${LOA}1`,
        amr: ["pwd"],
      });
    expect(claimsOf((await here.byPassword()).AccessToken).acr).toBe("low");
  });

  it("are absent without AcrConfiguration, and TARGET_ACR_VALUES has no effect then", async () => {
    const here = await scene({});
    const { AccessToken } = await here.byPassword();
    expect(claimsOf(AccessToken)).not.toHaveProperty("acr");
    expect(claimsOf(AccessToken)).not.toHaveProperty("amr");
    expect((await here.start({ TARGET_ACR_VALUES: `${LOA}4` })).ChallengeName).toBe("SELECT_CHALLENGE");
  });
});

describe("a sign-in with TARGET_ACR_VALUES", () => {
  it("demands a second factor that would not be required otherwise", async () => {
    const here = await scene();
    const { AccessToken = "" } = await here.byPassword();
    const app = await here.registerApp(AccessToken);
    await here.call("SetUserMFAPreference", {
      AccessToken,
      SoftwareTokenMfaSettings: { Enabled: true },
    });
    here.nextStep();
    const choice = await here.start({ TARGET_ACR_VALUES: `unknown ${LOA}4` });
    expect(choice).toMatchObject({
      ChallengeName: "SELECT_CHALLENGE",
      AvailableChallenges: ["PASSWORD_SRP", "PASSWORD"],
    });
    const totp = await here.respond(choice, { ANSWER: "PASSWORD", PASSWORD });
    expect(totp.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const { AuthenticationResult } = await here.respond(totp, {
      SOFTWARE_TOKEN_MFA_CODE: appCode(app, context.clock.now()),
    });
    expect(claimsOf(AuthenticationResult?.AccessToken)).toMatchObject({
      acr: `${LOA}4`,
      amr: ["pwd", "otp", "mfa"],
    });
  });

  it("continues from the factors of an access token, and returns new tokens", async () => {
    const here = await scene();
    const { AccessToken = "" } = await here.byPassword();
    const app = await here.registerApp(AccessToken);
    await here.call("SetUserMFAPreference", { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });
    here.nextStep();
    const parameters = { TARGET_ACR_VALUES: `${LOA}4`, ACCESS_TOKEN: AccessToken };
    const totp = await here.start(parameters);
    expect(totp.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const { AuthenticationResult } = await here.respond(totp, {
      SOFTWARE_TOKEN_MFA_CODE: appCode(app, context.clock.now()),
    });
    const claims = claimsOf(AuthenticationResult?.IdToken);
    expect(claims).toMatchObject({ acr: `${LOA}4`, amr: ["pwd", "otp", "mfa"] });
    expect(claims.auth_time).toBe(context.clock.now() / 1000);
    // The token of the higher level is refused in turn.
    const stronger = { ...parameters, ACCESS_TOKEN: AuthenticationResult?.AccessToken ?? "" };
    expect((await here.refusesStart(stronger))[0]).toBe("InvalidParameterException");
  });

  it("starts from the first factor if the access token's sign-in is older than MAX_AGE", async () => {
    const here = await scene();
    const { AccessToken = "" } = await here.byPassword();
    context.clock.advance(60_000);
    const parameters = { TARGET_ACR_VALUES: `${LOA}4`, ACCESS_TOKEN: AccessToken, MAX_AGE: "59" };
    expect((await here.start(parameters)).ChallengeName).toBe("SELECT_CHALLENGE");
    // What is too old reaches no level either.
    const low = await here.start({ ...parameters, TARGET_ACR_VALUES: `${LOA}1` });
    expect(low.ChallengeName).toBe("SELECT_CHALLENGE");
    for (const MAX_AGE of ["soon", "59x", "x59", "-1", ""]) {
      expect(await here.refusesStart({ ...parameters, MAX_AGE })).toEqual([
        "InvalidParameterException",
        "MAX_AGE must be a number of seconds.",
      ]);
    }
  });

  it("rejects an access token of the highest of the wanted levels that the user can reach", async () => {
    const here = await scene();
    const { AccessToken = "" } = await here.byPassword();
    for (const levels of [`${LOA}4 ${LOA}1`, `${LOA}1 ${LOA}4`]) {
      expect(await here.refusesStart({ TARGET_ACR_VALUES: levels, ACCESS_TOKEN: AccessToken })).toEqual([
        "InvalidParameterException",
        "The access token has the authentication level already.",
      ]);
    }
  });

  it("rejects a malformed MAX_AGE also without an access token", async () => {
    const here = await scene();
    expect(await here.refusesStart({ TARGET_ACR_VALUES: `${LOA}1`, MAX_AGE: "soon" })).toEqual([
      "InvalidParameterException",
      "MAX_AGE must be a number of seconds.",
    ]);
  });

  it("continues from an access token whose sign-in is as old as MAX_AGE", async () => {
    const here = await scene({ ...PASSWORDLESS, ...EMAIL, ...OPTIONAL, AcrConfiguration: {} });
    const { AccessToken = "" } = await here.byPassword();
    await here.call("SetUserMFAPreference", { AccessToken, EmailMfaSettings: { Enabled: true } });
    context.clock.advance(60_000);
    const parameters = { TARGET_ACR_VALUES: `${LOA}3`, ACCESS_TOKEN: AccessToken, MAX_AGE: "60" };
    expect((await here.start(parameters)).ChallengeName).toBe("EMAIL_OTP");
  });

  it("uses the first level that the user can reach, and returns no tokens if there is none", async () => {
    const here = await scene();
    const given = { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD };
    expect((await here.refusesStart({ ...given, TARGET_ACR_VALUES: `${LOA}4` }))[0]).toBe(
      "InvalidParameterException",
    );
    const { AuthenticationResult } = await here.start({ ...given, TARGET_ACR_VALUES: `${LOA}4 ${LOA}1` });
    expect(claimsOf(AuthenticationResult?.AccessToken).acr).toBe(`${LOA}1`);
  });

  it("offers only a code for level 2", async () => {
    const here = await scene({ ...PASSWORDLESS, AcrConfiguration: {} });
    const choice = await here.start({
      TARGET_ACR_VALUES: `${LOA}2`,
      PREFERRED_CHALLENGE: "PASSWORD",
      PASSWORD,
    });
    expect(choice.AvailableChallenges).toEqual(["EMAIL_OTP"]);
    const code = await here.respond(choice, { ANSWER: "EMAIL_OTP" });
    const { AuthenticationResult } = await here.respond(code, { EMAIL_OTP_CODE: here.lastCode() });
    expect(claimsOf(AuthenticationResult?.AccessToken)).toMatchObject({ acr: `${LOA}2`, amr: ["email_otp"] });
  });

  it("rejects only unknown names, only an access token, an invalid one, another user's, and the tier LITE", async () => {
    const here = await scene();
    await here.addUser({ username: "bob" });
    const { AccessToken: ACCESS_TOKEN = "" } = await here.byPassword();
    const TARGET_ACR_VALUES = `${LOA}4`;
    expect(await here.refusesStart({ TARGET_ACR_VALUES: "unknown" })).toEqual([
      "InvalidParameterException",
      "TARGET_ACR_VALUES names no authentication level of the user pool.",
    ]);
    expect((await here.refusesStart({ ACCESS_TOKEN }))[0]).toBe("InvalidParameterException");
    for (const bad of [{ ACCESS_TOKEN: `${ACCESS_TOKEN}x` }, { ACCESS_TOKEN, USERNAME: "bob" }]) {
      expect((await here.refusesStart({ TARGET_ACR_VALUES, ...bad }))[0]).toBe("NotAuthorizedException");
    }
    const lite = await scene({ UserPoolTier: "LITE" });
    expect((await lite.refusesStart({ TARGET_ACR_VALUES }))[0]).toBe("FeatureUnavailableInTierException");
  });

  it("offers no first factor that must be followed by one which the pool does not have", async () => {
    const here = await scene({ ...OPTIONAL, ...EMAIL, AcrConfiguration: {} });
    expect(await here.refusesStart({ TARGET_ACR_VALUES: `${LOA}4` })).toEqual([
      "InvalidParameterException",
      "The user has no factors for the requested authentication level.",
    ]);
  });

  it("asks for a new password before the second factor", async () => {
    const here = await scene({ ...OPTIONAL, ...EMAIL, AcrConfiguration: {} });
    await here.call("AdminSetUserPassword", {
      UserPoolId: here.pool.id,
      Username: "alice",
      Password: "Temporary-1",
    });
    const given = { PREFERRED_CHALLENGE: "PASSWORD", PASSWORD: "Temporary-1" };
    const challenge = await here.start({ ...given, TARGET_ACR_VALUES: `${LOA}3` });
    expect(challenge.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  });

  describe("of a user with several second factors", () => {
    const FACTORS = ["SMSMfaSettings", "EmailMfaSettings", "SoftwareTokenMfaSettings"] as const;

    /** What follows the password on the way to a level. */
    async function stepAfterPassword(
      level: number,
      enabled: readonly (typeof FACTORS)[number][],
      preferred?: string,
    ) {
      const { AccessToken, ...here } = await sceneWithEveryFactor();
      const settings = FACTORS.map((factor) => [
        factor,
        { Enabled: enabled.includes(factor), PreferredMfa: factor === preferred },
      ]);
      await here.call("SetUserMFAPreference", { AccessToken, ...Object.fromEntries(settings) });
      const { ChallengeName, ChallengeParameters } = await here.start({
        TARGET_ACR_VALUES: `${LOA}${level}`,
        PREFERRED_CHALLENGE: "PASSWORD",
        PASSWORD,
      });
      const { MFAS_CAN_CHOOSE } = ChallengeParameters ?? {};
      return MFAS_CAN_CHOOSE === undefined ? ChallengeName : JSON.parse(MFAS_CAN_CHOOSE);
    }

    it("asks for the preferred one if it leads to the level, else for one that does", async () => {
      expect(await stepAfterPassword(3, ["SMSMfaSettings", "EmailMfaSettings"], "EmailMfaSettings")).toBe(
        "EMAIL_OTP",
      );
      expect(
        await stepAfterPassword(
          3,
          ["EmailMfaSettings", "SoftwareTokenMfaSettings"],
          "SoftwareTokenMfaSettings",
        ),
      ).toBe("EMAIL_OTP");
    });

    it("offers all of them if the level is reached and one is required all the same", async () => {
      expect(await stepAfterPassword(1, ["SMSMfaSettings", "EmailMfaSettings"])).toEqual([
        "SMS_MFA",
        "EMAIL_OTP",
      ]);
    });
  });

  it("offers only second factors that reach the level", async () => {
    const { AccessToken, app, ...here } = await sceneWithEveryFactor();
    await here.call("SetUserMFAPreference", {
      AccessToken,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
      SMSMfaSettings: { Enabled: true },
      EmailMfaSettings: { Enabled: true },
    });
    here.nextStep();
    const choice = await here.start({
      TARGET_ACR_VALUES: `${LOA}3`,
      PREFERRED_CHALLENGE: "PASSWORD",
      PASSWORD,
    });
    expect(choice.ChallengeName).toBe("SELECT_MFA_TYPE");
    expect(JSON.parse(choice.ChallengeParameters?.MFAS_CAN_CHOOSE ?? "")).toEqual(["SMS_MFA", "EMAIL_OTP"]);
    const other = { ANSWER: "SOFTWARE_TOKEN_MFA" };
    await expect(here.respond(choice, other)).rejects.toThrow("Invalid ANSWER");
    const code = await here.respond(choice, { ANSWER: "EMAIL_OTP" });
    const { AuthenticationResult } = await here.respond(code, { EMAIL_OTP_CODE: here.lastCode() });
    expect(claimsOf(AuthenticationResult?.AccessToken)).toMatchObject({
      acr: `${LOA}3`,
      amr: ["pwd", "email_otp", "mfa"],
    });
    expect(app).not.toBe("");
  });

  it("returns the same challenges for a user who does not exist", async () => {
    const here = await scene();
    const TARGET_ACR_VALUES = `${LOA}4`;
    expect((await here.start({ TARGET_ACR_VALUES, USERNAME: "nobody" })).AvailableChallenges).toEqual(
      (await here.start({ TARGET_ACR_VALUES })).AvailableChallenges,
    );
  });
});

describe("AcrConfiguration", () => {
  const create = async (AcrConfiguration: Record<string, { AcrValue: string }>, tier = {}) =>
    (await scene()).call("CreateUserPool", { PoolName: "levels", AcrConfiguration, ...tier });

  it("is returned with the default name of each unnamed level", async () => {
    const { UserPool } = await create({ Level4: { AcrValue: "highest" } });
    expect(UserPool?.AcrConfiguration).toEqual({
      Level1: { AcrValue: `${LOA}1` },
      Level2: { AcrValue: `${LOA}2` },
      Level3: { AcrValue: `${LOA}3` },
      Level4: { AcrValue: "highest" },
    });
  });

  it("rejects a key other than the four levels", async () => {
    await expect(create({ Level5: { AcrValue: "top" } })).rejects.toThrow("Level5");
    await expect(create({ constructor: { AcrValue: "top" } })).rejects.toThrow("constructor");
  });

  it.each([
    ["two words", "satisfy regular expression pattern: [\\x21\\x23-\\x5B\\x5D-\\x7E]+"],
    ["a".repeat(65), "have length less than or equal to 64"],
  ])("rejects the name %s by its constraint", async (AcrValue, constraint) => {
    await expect(create({ Level1: { AcrValue } })).rejects.toThrow(
      `1 validation error detected: Value '${AcrValue}' at 'acrConfiguration.Level1.member.acrValue' failed to satisfy constraint: Member must ${constraint}`,
    );
  });

  it("names every constraint that an empty name breaks", async () => {
    await expect(create({ Level2: { AcrValue: "" } })).rejects.toThrow(
      /^2 validation errors detected: .+; Value ''/,
    );
  });

  it("rejects two levels with one name, and the tier LITE", async () => {
    await expect(create({ Level1: { AcrValue: `${LOA}2` } })).rejects.toThrow("different names");
    await expect(create({}, { UserPoolTier: "LITE" })).rejects.toThrow("Authentication Levels");
  });
});
