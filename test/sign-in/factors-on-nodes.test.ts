/** What can be used once, or so often, when two nodes on one Postgres are asked at the same time. */
import {
  AdminListUserSessionsCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  CompleteWebAuthnRegistrationCommand,
  type CreateUserPoolCommandInput,
  InitiateAuthCommand,
  type InitiateAuthCommandInput,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
  SetUserPoolSessionConfigurationCommand,
  StartWebAuthnRegistrationCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAuthenticator } from "../../src/user-pools/operations/passkeys/testing.ts";
import { createDatabase } from "../support/database.ts";
import {
  clockOf,
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const PASSWORD = "Perm4nent!";
const TRIES = 100;
const LOCKED = "NotAuthorizedException: Password attempts exceeded";
const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };
const ON_BY_SMS = { MfaConfiguration: "ON", SmsMfaConfiguration: SMS } as const;

let nodes: readonly [TestServer, TestServer];
beforeAll(async () => {
  const shared = {
    databaseUrl: await createDatabase(),
    masterKey: Buffer.alloc(32, 7).toString("base64"),
    fixedCode: "123456",
  };
  const first = await startTestServer(shared);
  nodes = [first, await startTestServer(shared)];
});
afterAll(() => Promise.all(nodes.map((node) => node.stop())));

/** A pool with jane in it, known to both nodes. */
async function poolWithJane(
  mfa?: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId">,
  pool: Partial<CreateUserPoolCommandInput> = {},
) {
  const { cognito } = nodes[0];
  const { poolId, clientId } = await createPoolAndClient(cognito, pool, {
    ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  if (mfa) await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId: poolId, ...mfa }));
  const named = { UserPoolId: poolId, Username: "jane" };
  const UserAttributes = Object.entries({
    email: "jane@example.com",
    email_verified: "true",
    phone_number: "+15550104567",
  }).map(([Name, Value]) => ({ Name, Value }));
  await createConfirmedUser(cognito, { ...named, UserAttributes, Password: PASSWORD });
  const begin = (
    node: TestServer,
    AuthParameters: Record<string, string> = { PASSWORD },
    AuthFlow: InitiateAuthCommandInput["AuthFlow"] = "USER_PASSWORD_AUTH",
  ) =>
    node.cognito.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow,
        AuthParameters: { USERNAME: "jane", ...AuthParameters },
      }),
    );
  const answer = (
    node: TestServer,
    challenge: Pick<Awaited<ReturnType<typeof begin>>, "ChallengeName" | "Session">,
    responses: Record<string, string>,
  ) =>
    node.cognito.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName: challenge.ChallengeName,
        Session: challenge.Session,
        ChallengeResponses: { USERNAME: "jane", ...responses },
      }),
    );
  return { poolId, clientId, named, begin, answer };
}

/** Does the same a hundred times at once, on the nodes in turn. @returns how often each outcome came */
async function atOnce(attempt: (node: TestServer, index: number) => Promise<object>) {
  const outcomes = await Promise.all(
    Array.from({ length: TRIES }, (_, index) =>
      attempt(nodes[index % 2] ?? nodes[0], index).then(
        () => "success",
        (error: Error) => `${error.name}: ${error.message}`,
      ),
    ),
  );
  return Object.fromEntries(
    [...new Set(outcomes)].map((outcome) => [outcome, outcomes.filter((each) => each === outcome).length]),
  );
}

const appCode = (secret: string | undefined) =>
  new TOTP({ secret: Secret.fromBase32(secret ?? "") }).generate({ timestamp: nodes[0].clock?.now() ?? 0 });

describe("a hundred parallel requests on two nodes", () => {
  // A lockout lasts a second at first, which a busy machine needs for these requests.
  beforeEach(() => {
    const now = Date.now();
    for (const clock of nodes.map(clockOf)) {
      clock.stop();
      clock.set(now);
    }
  });

  it("lock the user out after five wrong passwords", async () => {
    const pool = await poolWithJane();
    expect(await atOnce((node) => pool.begin(node, { PASSWORD: "Wrong-horse-1" }))).toEqual({
      "NotAuthorizedException: Incorrect username or password.": 5,
      [LOCKED]: TRIES - 5,
    });
  });

  it("lock the user out after five wrong codes of a second factor", async () => {
    const pool = await poolWithJane(ON_BY_SMS);
    const challenge = await pool.begin(nodes[0]);
    expect(await atOnce((node) => pool.answer(node, challenge, { SMS_MFA_CODE: "000000" }))).toEqual({
      "CodeMismatchException: Invalid code or auth state for the user.": 5,
      [LOCKED]: TRIES - 5,
    });
  });

  it("get at most twenty wrong codes of a first factor checked", async () => {
    const pool = await poolWithJane(undefined, {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    });
    const challenge = await pool.begin(nodes[0], { PREFERRED_CHALLENGE: "EMAIL_OTP" }, "USER_AUTH");
    const counts = await atOnce((node) => pool.answer(node, challenge, { EMAIL_OTP_CODE: "00000000" }));
    expect(counts["CodeMismatchException: Invalid code or auth state for the user."]).toBe(20);
    expect(Object.keys(counts)).toHaveLength(2);
  });

  it("use a Session and its code once", async () => {
    const pool = await poolWithJane(ON_BY_SMS);
    const challenge = await pool.begin(nodes[0]);
    expect(await atOnce((node) => pool.answer(node, challenge, { SMS_MFA_CODE: "123456" }))).toEqual({
      success: 1,
      "NotAuthorizedException: Invalid session for the user, session can only be used once.": TRIES - 1,
    });
  });

  it("use a time step of an authenticator app once over all sign-ins", async () => {
    const pool = await poolWithJane({
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const { cognito } = nodes[0];
    const { AuthenticationResult: { AccessToken = "" } = {} } = await pool.begin(nodes[0]);
    const { SecretCode } = await cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const UserCode = appCode(SecretCode);
    await cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    await cognito.send(
      new AdminSetUserMFAPreferenceCommand({
        ...pool.named,
        SoftwareTokenMfaSettings: { Enabled: true },
      }),
    );
    for (const node of nodes) node.clock?.advance(30_000);
    const challenges = await Promise.all([0, 1, 0, 1].map((index) => pool.begin(nodes[index] ?? nodes[0])));
    const SOFTWARE_TOKEN_MFA_CODE = appCode(SecretCode);
    const counts = await atOnce((node, index) =>
      pool.answer(node, challenges[index % challenges.length] ?? {}, { SOFTWARE_TOKEN_MFA_CODE }),
    );
    const { success, ...refused } = counts;
    expect(success).toBe(1);
    expect(Object.keys(refused).sort()).toEqual([
      "ExpiredCodeException: Your software token has already been used once.",
      "NotAuthorizedException: Invalid session for the user, session can only be used once.",
    ]);
  });

  it("use an assertion of a passkey once", async () => {
    const pool = await poolWithJane(
      { WebAuthnConfiguration: { RelyingPartyId: "auth.example.com" } },
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
    );
    const { cognito } = nodes[0];
    const { AuthenticationResult: { AccessToken = "" } = {} } = await pool.begin(nodes[0]);
    const { CredentialCreationOptions } = await cognito.send(
      new StartWebAuthnRegistrationCommand({ AccessToken }),
    );
    const { challenge } = CredentialCreationOptions as { challenge: string };
    const authenticator = createAuthenticator();
    const Credential = authenticator.register({ challenge, rpId: "auth.example.com" }) as never;
    await cognito.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential }));
    const asked = await pool.begin(nodes[1], { PREFERRED_CHALLENGE: "WEB_AUTHN" }, "USER_AUTH");
    const options = JSON.parse(asked.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "{}");
    // An authenticator without a counter: the Session alone says that it was used.
    const CREDENTIAL = authenticator.authenticate({ ...options }, 0);
    const counts = await atOnce((node) => pool.answer(node, asked, { CREDENTIAL }));
    expect(counts).toEqual({
      success: 1,
      "NotAuthorizedException: Invalid session for the user, session can only be used once.": TRIES - 1,
    });
  });

  it("create no more sessions of a user than the pool allows", async () => {
    const pool = await poolWithJane();
    await nodes[0].cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId: pool.poolId,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 3 },
      }),
    );
    // The other node may know the configuration a second later.
    await expect
      .poll(async () => {
        await pool.begin(nodes[1]);
        const { Sessions } = await nodes[1].cognito.send(new AdminListUserSessionsCommand(pool.named));
        return Sessions?.length;
      })
      .toBeGreaterThan(0);
    expect(await atOnce((node) => pool.begin(node))).toEqual({ success: TRIES });
    const { Sessions } = await nodes[0].cognito.send(new AdminListUserSessionsCommand(pool.named));
    expect(Sessions).toHaveLength(3);
  });
});
