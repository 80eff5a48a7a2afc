import {
  AdminGetUserCommand,
  type CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { AuthenticationDetails, type CognitoUser, type CognitoUserSession } from "amazon-cognito-identity-js";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inMemoryStorage } from "../support/browser-storage.ts";
import { openUserPool } from "../support/identity-js.ts";
import { newestCode } from "../support/inbox.ts";
import {
  clockOf,
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

/** Second factors and devices with amazon-cognito-identity-js, against the server as it runs. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const PASSWORD = "Perm4nent!";
const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };

async function poolWithJane(
  mfa: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId"> | undefined,
  pool: Partial<CreateUserPoolCommandInput> = {},
) {
  const { poolId, clientId } = await createPoolAndClient(server.cognito, pool, {
    ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  if (mfa !== undefined) {
    await server.cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId: poolId, ...mfa }));
  }
  const named = { UserPoolId: poolId, Username: "jane" };
  await createConfirmedUser(server.cognito, {
    ...named,
    UserAttributes: [{ Name: "phone_number", Value: "+15550104567" }],
    Password: PASSWORD,
  });
  return { poolId, clientId, named };
}

const janeOf = (ids: { poolId: string; clientId: string }, storage = inMemoryStorage()) =>
  openUserPool(server, ids, storage).userOf("jane");

type Asked = "SMS_MFA" | "SOFTWARE_TOKEN_MFA" | "SELECT_MFA_TYPE" | "MFA_SETUP";

/** Signs jane in up to what is asked of her next. */
function signIn(user: CognitoUser): Promise<CognitoUserSession | Asked> {
  return new Promise((resolve, reject) =>
    user.authenticateUser(new AuthenticationDetails({ Username: "jane", Password: PASSWORD }), {
      onSuccess: resolve,
      onFailure: reject,
      mfaRequired: () => resolve("SMS_MFA"),
      totpRequired: () => resolve("SOFTWARE_TOKEN_MFA"),
      selectMFAType: () => resolve("SELECT_MFA_TYPE"),
      mfaSetup: () => resolve("MFA_SETUP"),
    }),
  );
}

const sendCode = (user: CognitoUser, code: string, type: Asked): Promise<CognitoUserSession> =>
  new Promise((onSuccess, onFailure) => user.sendMFACode(code, { onSuccess, onFailure }, type));

/** Registers an app, with the access token or inside of the sign-in. */
async function registerApp(user: CognitoUser): Promise<{ secret: string; session: CognitoUserSession }> {
  const secret = await new Promise<string>((associateSecretCode, onFailure) =>
    user.associateSoftwareToken({ associateSecretCode, onFailure }),
  );
  const session = await new Promise<CognitoUserSession>((onSuccess, onFailure) =>
    user.verifySoftwareToken(appCode(secret), "phone", { onSuccess, onFailure }),
  );
  return { secret, session };
}

const clock = () => clockOf(server);

const appCode = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock().now() });

/** Moves the server's clock to where an app shows another code. */
const nextStep = () => clock().advance(30_000);

const lastCode = () => newestCode(server, "+15550104567");

describe("a user of amazon-cognito-identity-js with second factors", () => {
  it("signs in with a code by SMS after a wrong one", async () => {
    const user = janeOf(await poolWithJane({ MfaConfiguration: "ON", SmsMfaConfiguration: SMS }));
    expect(await signIn(user)).toBe("SMS_MFA");
    await expect(sendCode(user, "000000", "SMS_MFA")).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    expect((await sendCode(user, await lastCode(), "SMS_MFA")).isValid()).toBe(true);
  });

  it("registers an authenticator app in a sign-in that requires it, and signs in with it", async () => {
    const pool = await poolWithJane({
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const user = janeOf(pool);
    expect(await signIn(user)).toBe("MFA_SETUP");
    const { secret, session } = await registerApp(user);
    expect(session.isValid()).toBe(true);
    nextStep();
    const again = janeOf(pool);
    expect(await signIn(again)).toBe("SOFTWARE_TOKEN_MFA");
    expect((await sendCode(again, appCode(secret), "SOFTWARE_TOKEN_MFA")).isValid()).toBe(true);
    const { UserMFASettingList } = await server.cognito.send(new AdminGetUserCommand(pool.named));
    expect(UserMFASettingList).toEqual(["SOFTWARE_TOKEN_MFA"]);
  });

  it("chooses between two factors", async () => {
    const pool = await poolWithJane({
      MfaConfiguration: "OPTIONAL",
      SmsMfaConfiguration: SMS,
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const user = janeOf(pool);
    await signIn(user);
    const { secret } = await registerApp(user);
    await new Promise<void>((resolve, reject) =>
      user.setUserMfaPreference(
        { PreferredMfa: false, Enabled: true },
        { PreferredMfa: false, Enabled: true },
        (error) => (error ? reject(error) : resolve()),
      ),
    );
    nextStep();
    const again = janeOf(pool);
    expect(await signIn(again)).toBe("SELECT_MFA_TYPE");
    const asked = await new Promise((resolve, reject) =>
      again.sendMFASelectionAnswer("SOFTWARE_TOKEN_MFA", {
        onFailure: reject,
        onSuccess: resolve,
        totpRequired: resolve,
        mfaRequired: resolve,
      }),
    );
    expect(asked).toBe("SOFTWARE_TOKEN_MFA");
    expect((await sendCode(again, appCode(secret), "SOFTWARE_TOKEN_MFA")).isValid()).toBe(true);
  });
});

describe("remembered devices with amazon-cognito-identity-js", () => {
  it("replace the second factor by SRP until they are forgotten", async () => {
    const pool = await poolWithJane(
      { MfaConfiguration: "ON", SmsMfaConfiguration: SMS },
      { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true } },
    );
    const browser = inMemoryStorage();
    const user = janeOf(pool, browser);
    expect(await signIn(user)).toBe("SMS_MFA");
    await sendCode(user, await lastCode(), "SMS_MFA");
    // Confirmed by the library; remembering is the user's.
    expect(await signIn(janeOf(pool, browser))).toBe("SMS_MFA");
    await new Promise((onSuccess, onFailure) => user.setDeviceStatusRemembered({ onSuccess, onFailure }));

    const remembered = janeOf(pool, browser);
    const session = await signIn(remembered);
    if (typeof session === "string") throw new Error(`${session} was asked for.`);
    expect(session.getAccessToken().payload.device_key).toMatch(/^us-east-1_/);
    const refreshed = await new Promise<CognitoUserSession>((resolve, reject) =>
      remembered.refreshSession(session.getRefreshToken(), (error, renewed) =>
        error ? reject(error) : resolve(renewed),
      ),
    );
    expect(refreshed.isValid()).toBe(true);
    const devices = await new Promise<{ Devices: object[] }>((onSuccess, onFailure) =>
      remembered.listDevices(60, null as never, { onSuccess, onFailure }),
    );
    expect(devices.Devices).toHaveLength(1);

    expect(await signIn(janeOf(pool))).toBe("SMS_MFA");
    await new Promise((onSuccess, onFailure) => remembered.forgetDevice({ onSuccess, onFailure }));
    expect(await signIn(janeOf(pool, browser))).toBe("SMS_MFA");
  });
});
