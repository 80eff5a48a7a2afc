import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
  GetClientTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inMemoryStorage } from "./support/browser-storage.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "./support/server.ts";

const PASSWORD = "Permanent-1";

let folder: string;
let server: TestServer;
let app: CognitoIdentityProviderClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cognate-functions-"));
  server = await startTestServer({ lambdaDir: folder, fixedCode: "123456" });
  app = new CognitoIdentityProviderClient({ endpoint: server.url, region: "us-east-1" });
});
afterAll(async () => {
  app.destroy();
  await server.stop();
  await rm(folder, { recursive: true });
});

let count = 0;

/** Writes a function whose events are kept in a file. @returns its ARN, and the events */
async function functionOf(body: string): Promise<{
  arn: string;
  // biome-ignore lint/suspicious/noExplicitAny: events are compared by the tests
  events(): Promise<any[]>;
}> {
  const name = `function${++count}`;
  const log = join(folder, `${name}.jsonl`);
  await writeFile(log, "");
  await writeFile(
    join(folder, `${name}.mjs`),
    `import { appendFileSync } from "node:fs";
     export const handler = async (event) => {
       appendFileSync(${JSON.stringify(log)}, JSON.stringify(event) + "\\n");
       ${body}
       return event;
     };`,
  );
  return {
    arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    async events() {
      const text = await readFile(log, "utf8");
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line));
    },
  };
}

type Triggers = NonNullable<CreateUserPoolCommandInput["LambdaConfig"]>;

async function poolWith(
  LambdaConfig: Triggers,
  pool: Partial<CreateUserPoolCommandInput> = {},
  client: Partial<CreateUserPoolClientCommandInput> = {},
) {
  const made = await createPoolAndClient(server.cognito, { ...pool, LambdaConfig }, client);
  return {
    ...made,
    async addJane(attributes: Record<string, string> = {}) {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const named = { UserPoolId: made.poolId, Username: "jane" };
      const { User } = await server.cognito.send(
        new AdminCreateUserCommand({ ...named, UserAttributes, MessageAction: "SUPPRESS" }),
      );
      await server.cognito.send(
        new AdminSetUserPasswordCommand({ ...named, Password: PASSWORD, Permanent: true }),
      );
      return User?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
    },
    signIn: (ClientMetadata?: Record<string, string>, Password = PASSWORD) =>
      app.send(
        new InitiateAuthCommand({
          ClientId: made.clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane", PASSWORD: Password },
          ...(ClientMetadata && { ClientMetadata }),
        }),
      ),
  };
}

const refused = (name: string, message: string) => ({ name, message });
const caller = (clientId: string | null) => ({
  awsSdkVersion: expect.stringMatching(/^aws-sdk-js-3\./),
  clientId,
});

describe("sign-up", () => {
  it("asks PreSignUp with what was sent, and tells PostConfirmation of a user whom it confirms", async () => {
    const pre = await functionOf(
      "event.response.autoConfirmUser = true; event.response.autoVerifyEmail = true;",
    );
    const post = await functionOf("");
    const { poolId, clientId } = await poolWith({ PreSignUp: pre.arn, PostConfirmation: post.arn });
    const { UserConfirmed, UserSub } = await app.send(
      new SignUpCommand({
        ClientId: clientId,
        Username: "jane",
        Password: PASSWORD,
        UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
        ValidationData: [{ Name: "captcha", Value: "ok" }],
        ClientMetadata: { tenant: "blue" },
      }),
    );
    expect(UserConfirmed).toBe(true);
    const envelope = {
      version: "1",
      region: "us-east-1",
      userPoolId: poolId,
      userName: "jane",
      callerContext: caller(clientId),
    };
    expect(await pre.events()).toEqual([
      {
        ...envelope,
        triggerSource: "PreSignUp_SignUp",
        request: {
          userAttributes: { email: "jane@example.com" },
          validationData: { captcha: "ok" },
          clientMetadata: { tenant: "blue" },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
    expect(await post.events()).toEqual([
      {
        ...envelope,
        triggerSource: "PostConfirmation_ConfirmSignUp",
        request: {
          userAttributes: {
            sub: UserSub,
            "cognito:user_status": "CONFIRMED",
            email: "jane@example.com",
            email_verified: "true",
          },
          clientMetadata: { tenant: "blue" },
        },
        response: {},
      },
    ]);
  });

  it("is refused with the text that PreSignUp throws, and leaves no user", async () => {
    const pre = await functionOf("throw new Error('Not in this country.');");
    const { poolId, clientId } = await poolWith({ PreSignUp: pre.arn });
    await expect(
      app.send(new SignUpCommand({ ClientId: clientId, Username: "jane", Password: PASSWORD })),
    ).rejects.toMatchObject(
      refused("UserLambdaValidationException", "PreSignUp failed with error Not in this country.."),
    );
    await expect(
      server.cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: "jane" })),
    ).rejects.toMatchObject({ name: "UserNotFoundException" });
  });

  it("tells PostConfirmation of an administrator's confirmation, without a client", async () => {
    const post = await functionOf("");
    const { poolId, clientId } = await poolWith({ PostConfirmation: post.arn });
    await app.send(new SignUpCommand({ ClientId: clientId, Username: "jane", Password: PASSWORD }));
    await server.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: poolId, Username: "jane" }));
    expect(await post.events()).toMatchObject([
      { triggerSource: "PostConfirmation_ConfirmSignUp", callerContext: caller(null) },
    ]);
  });

  it("asks PreSignUp about users of administrators, and ignores what it confirms", async () => {
    const pre = await functionOf("event.response.autoConfirmUser = true;");
    const pool = await poolWith({ PreSignUp: pre.arn });
    await server.cognito.send(
      new AdminCreateUserCommand({ UserPoolId: pool.poolId, Username: "jane", MessageAction: "SUPPRESS" }),
    );
    expect(await pre.events()).toMatchObject([
      {
        triggerSource: "PreSignUp_AdminCreateUser",
        callerContext: caller("CLIENT_ID_NOT_APPLICABLE"),
        request: { validationData: null },
      },
    ]);
    const { UserStatus } = await server.cognito.send(
      new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: "jane" }),
    );
    expect(UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  });
});

describe("sign-in by password", () => {
  it("asks PreAuthentication, PostAuthentication and PreTokenGeneration, each with its event", async () => {
    const [pre, post, tokens] = [await functionOf(""), await functionOf(""), await functionOf("")];
    const pool = await poolWith(
      { PreAuthentication: pre.arn, PostAuthentication: post.arn, PreTokenGeneration: tokens.arn },
      {},
      { PreventUserExistenceErrors: "ENABLED" },
    );
    const sub = await pool.addJane({ email: "jane@example.com", email_verified: "true" });
    await pool.signIn({ tenant: "blue" });
    const envelope = {
      version: "1",
      region: "us-east-1",
      userPoolId: pool.poolId,
      userName: "jane",
      callerContext: caller(pool.clientId),
    };
    const userAttributes = {
      sub,
      "cognito:user_status": "CONFIRMED",
      email: "jane@example.com",
      email_verified: "true",
    };
    expect(await pre.events()).toEqual([
      {
        ...envelope,
        triggerSource: "PreAuthentication_Authentication",
        request: { userAttributes, validationData: { tenant: "blue" }, userNotFound: false },
        response: {},
      },
    ]);
    expect(await post.events()).toEqual([
      {
        ...envelope,
        triggerSource: "PostAuthentication_Authentication",
        request: { userAttributes, newDeviceUsed: false },
        response: {},
      },
    ]);
    expect(await tokens.events()).toEqual([
      {
        ...envelope,
        triggerSource: "TokenGeneration_Authentication",
        request: {
          userAttributes,
          groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
        },
        response: { claimsOverrideDetails: null },
      },
    ]);
  });

  it.each([
    ["PreAuthentication", "PreAuthentication failed with error No.."],
    ["PostAuthentication", "PostAuthentication failed with error No.."],
    ["PreTokenGeneration", "PreTokenGeneration failed with error No.."],
  ] as const)("is refused when %s throws", async (trigger, message) => {
    const { arn } = await functionOf("throw new Error('No.');");
    const pool = await poolWith({ [trigger]: arn });
    await pool.addJane();
    await expect(pool.signIn()).rejects.toMatchObject(refused("UserLambdaValidationException", message));
  });

  it("asks PreAuthentication before it looks at the password, also for a user who does not exist", async () => {
    const pre = await functionOf("");
    const pool = await poolWith(
      { PreAuthentication: pre.arn },
      {},
      { PreventUserExistenceErrors: "ENABLED" },
    );
    await expect(pool.signIn()).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect(await pre.events()).toMatchObject([
      { userName: "jane", request: { userAttributes: {}, validationData: null, userNotFound: true } },
    ]);
  });

  it.each([
    [
      "a function that is not there",
      undefined,
      "UnexpectedLambdaException",
      "PreAuthentication invocation failed due to error ResourceNotFoundException.",
    ],
    ["no JSON object", "return 'text';", "InvalidLambdaResponseException", "Unrecognizable lambda output"],
    ["null", "return null;", "InvalidLambdaResponseException", "Unrecognizable lambda output"],
    [
      "no response",
      "delete event.response;",
      "InvalidLambdaResponseException",
      "Unrecognizable lambda output",
    ],
    [
      "another user name",
      "event.userName = 'john';",
      "InvalidLambdaResponseException",
      "Invalid user name. User name in Lambda mismatches the actual username.",
    ],
    [
      "the end of the process",
      "process.exit(129);",
      "UserLambdaValidationException",
      expect.stringMatching(
        /^PreAuthentication failed with error RequestId: [\w-]+ Error: Runtime exited with error: exit status 129\.$/,
      ),
    ],
  ])("is refused for %s", async (_, body, name, message) => {
    const { arn } =
      body === undefined
        ? { arn: "arn:aws:lambda:us-east-1:123456789012:function:none" }
        : await functionOf(body);
    const pool = await poolWith({ PreAuthentication: arn });
    await pool.addJane();
    await expect(pool.signIn()).rejects.toMatchObject({ name, message });
  });
});

describe("PreTokenGeneration", () => {
  it("changes the claims of the ID token and the groups of both in its first version", async () => {
    const { arn } = await functionOf(`event.response.claimsOverrideDetails = {
      claimsToAddOrOverride: { tenant: "blue", sub: "stolen", both: "x" },
      claimsToSuppress: ["email", "both", "iss"],
      groupOverrideDetails: { groupsToOverride: ["admins"], iamRolesToOverride: [], preferredRole: null },
    };`);
    const pool = await poolWith({ PreTokenGeneration: arn });
    const sub = await pool.addJane({ email: "jane@example.com" });
    const { AuthenticationResult } = await pool.signIn();
    const id = decodeJwt(AuthenticationResult?.IdToken ?? "");
    expect(id).toMatchObject({ sub, tenant: "blue", "cognito:groups": ["admins"], iss: expect.any(String) });
    expect(id).not.toHaveProperty("email");
    expect(id).not.toHaveProperty("both");
    const access = decodeJwt(AuthenticationResult?.AccessToken ?? "");
    expect(access["cognito:groups"]).toEqual(["admins"]);
    expect(access).not.toHaveProperty("tenant");
  });

  it("changes claims and scopes of both tokens in its second version", async () => {
    const made = await functionOf(`event.response.claimsAndScopeOverrideDetails = {
      idTokenGeneration: { claimsToAddOrOverride: { plan: { name: "pro", seats: 3 } } },
      accessTokenGeneration: {
        claimsToAddOrOverride: { roles: ["a", "b"], client_id: "stolen" },
        scopesToAdd: ["orders/read", "aws.cognito.signin.admin"],
        scopesToSuppress: ["aws.cognito.signin.user.admin"],
      },
    };`);
    const pool = await poolWith({
      PreTokenGenerationConfig: { LambdaArn: made.arn, LambdaVersion: "V2_0" },
    });
    await pool.addJane();
    const { AuthenticationResult } = await pool.signIn();
    expect(decodeJwt(AuthenticationResult?.IdToken ?? "").plan).toEqual({ name: "pro", seats: 3 });
    expect(decodeJwt(AuthenticationResult?.AccessToken ?? "")).toMatchObject({
      roles: ["a", "b"],
      client_id: pool.clientId,
      scope: "orders/read",
    });
    expect(await made.events()).toMatchObject([
      {
        version: "2",
        request: { scopes: ["aws.cognito.signin.user.admin"] },
        response: { claimsAndScopeOverrideDetails: null },
      },
    ]);
  });

  it("is told that tokens are for a refresh", async () => {
    const tokens = await functionOf("");
    const pool = await poolWith({ PreTokenGeneration: tokens.arn });
    await pool.addJane();
    const { AuthenticationResult } = await pool.signIn();
    await app.send(
      new InitiateAuthCommand({
        ClientId: pool.clientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? "" },
      }),
    );
    expect((await tokens.events()).map(({ triggerSource }) => triggerSource)).toEqual([
      "TokenGeneration_Authentication",
      "TokenGeneration_RefreshTokens",
    ]);
  });

  it("changes the token of a client alone in its third version", async () => {
    const made = await functionOf(`event.response.claimsAndScopeOverrideDetails = {
      accessTokenGeneration: { claimsToAddOrOverride: { tier: "gold" } } };`);
    const pool = await poolWith(
      { PreTokenGenerationConfig: { LambdaArn: made.arn, LambdaVersion: "V3_0" } },
      {},
      { GenerateSecret: true, ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH" as never] },
    );
    const { ClientAuthenticationResult } = await server.cognito.send(
      new GetClientTokenCommand({ ClientId: pool.clientId, Secret: pool.clientSecret ?? "" }),
    );
    expect(decodeJwt(ClientAuthenticationResult?.AccessToken ?? "").tier).toBe("gold");
    expect(await made.events()).toMatchObject([
      {
        version: "3",
        triggerSource: "TokenGeneration_ClientCredentials",
        userName: "ClientCredentials",
        request: { userAttributes: {}, groupConfiguration: null, scopes: [] },
      },
    ]);
  });

  it.each(["claimsToAddOrOverride: { x: { y: 1 } }", "claimsToSuppress: 'email'"])(
    "is refused in its first version for %s",
    async (details) => {
      const { arn } = await functionOf(`event.response.claimsOverrideDetails = { ${details} };`);
      const pool = await poolWith({ PreTokenGeneration: arn });
      await pool.addJane();
      await expect(pool.signIn()).rejects.toMatchObject({ name: "InvalidLambdaResponseException" });
    },
  );
});

describe("UserMigration", () => {
  const MIGRATES = `
    if (event.request.password && event.request.password !== "${PASSWORD}") throw new Error("Wrong password.");
    event.response.userAttributes = { email: "jane@example.com", email_verified: "true" };
    event.response.finalUserStatus = "CONFIRMED";
    event.response.messageAction = "SUPPRESS";`;

  it("brings over a user who signs in with the right password", async () => {
    const migration = await functionOf(MIGRATES);
    const pool = await poolWith({ UserMigration: migration.arn });
    expect((await pool.signIn({ tenant: "blue" })).AuthenticationResult?.AccessToken).toBeDefined();
    expect(await migration.events()).toEqual([
      {
        version: "1",
        region: "us-east-1",
        userPoolId: pool.poolId,
        userName: "jane",
        callerContext: caller(pool.clientId),
        triggerSource: "UserMigration_Authentication",
        request: { password: PASSWORD, validationData: { tenant: "blue" } },
        response: {
          userAttributes: null,
          forceAliasCreation: null,
          enableSMSMFA: null,
          finalUserStatus: null,
          messageAction: null,
          desiredDeliveryMediums: null,
        },
      },
    ]);
    // From now on the pool has the user.
    await pool.signIn();
    expect(await migration.events()).toHaveLength(1);
  });

  it("hides its errors behind those of a user who does not exist", async () => {
    const migration = await functionOf(MIGRATES);
    const hiding = await poolWith(
      { UserMigration: migration.arn },
      {},
      { PreventUserExistenceErrors: "ENABLED" },
    );
    await expect(hiding.signIn(undefined, "Wrong-1")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
    const legacy = await poolWith(
      { UserMigration: migration.arn },
      {},
      { PreventUserExistenceErrors: "LEGACY" },
    );
    await expect(legacy.signIn(undefined, "Wrong-1")).rejects.toMatchObject(
      refused("UserNotFoundException", "User does not exist."),
    );
  });

  it("says that a user whom it gives cannot be created", async () => {
    const migration = await functionOf("event.response.userAttributes = { sub: 'mine' };");
    const pool = await poolWith({ UserMigration: migration.arn });
    await expect(pool.signIn()).rejects.toMatchObject(
      refused("UserNotFoundException", `Exception migrating user in app client ${pool.clientId}`),
    );
  });

  it("brings over a user who has forgotten the password", async () => {
    const migration = await functionOf(MIGRATES);
    const pool = await poolWith({ UserMigration: migration.arn });
    const { CodeDeliveryDetails } = await app.send(
      new ForgotPasswordCommand({ ClientId: pool.clientId, Username: "jane" }),
    );
    expect(CodeDeliveryDetails?.DeliveryMedium).toBe("EMAIL");
    expect(await migration.events()).toMatchObject([
      { triggerSource: "UserMigration_ForgotPassword", request: { validationData: null } },
    ]);
  });
});

describe("CUSTOM_AUTH", () => {
  /** A pool whose functions let in whoever gives the right answer within three rounds. */
  async function passwordless(client: Partial<CreateUserPoolClientCommandInput> = {}) {
    const define = await functionOf(`
      const rounds = event.request.session.filter((round) => round.challengeName === "CUSTOM_CHALLENGE");
      if (rounds.at(-1)?.challengeResult) event.response.issueTokens = true;
      else if (rounds.length >= 3) event.response.failAuthentication = true;
      else event.response.challengeName = "CUSTOM_CHALLENGE";`);
    const create = await functionOf(`
      event.response.publicChallengeParameters = { hint: "round " + event.request.session.length };
      event.response.privateChallengeParameters = { answer: "42", filler: "x".repeat(1500) };
      event.response.challengeMetadata = "CODE-" + event.request.session.length;`);
    const verify = await functionOf(`
      event.response.answerCorrect = event.request.challengeAnswer === event.request.privateChallengeParameters.answer;`);
    const pool = await poolWith(
      {
        DefineAuthChallenge: define.arn,
        CreateAuthChallenge: create.arn,
        VerifyAuthChallengeResponse: verify.arn,
      },
      {},
      { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], ...client },
    );
    return {
      ...pool,
      define,
      create,
      verify,
      begin: (USERNAME = "jane") =>
        app.send(
          new InitiateAuthCommand({
            ClientId: pool.clientId,
            AuthFlow: "CUSTOM_AUTH",
            AuthParameters: { USERNAME },
            ClientMetadata: { from: "initiate" },
          }),
        ),
      answer: (Session: string | undefined, ANSWER: string, USERNAME = "jane") =>
        app.send(
          new RespondToAuthChallengeCommand({
            ClientId: pool.clientId,
            ChallengeName: "CUSTOM_CHALLENGE",
            Session,
            ChallengeResponses: { USERNAME, ANSWER },
            ClientMetadata: { from: "respond" },
          }),
        ),
    };
  }

  it("goes on for as many rounds as DefineAuthChallenge wants, and ends in tokens", async () => {
    const pool = await passwordless();
    const sub = await pool.addJane();
    const first = await pool.begin();
    expect(first).toMatchObject({
      ChallengeName: "CUSTOM_CHALLENGE",
      ChallengeParameters: { USERNAME: "jane", hint: "round 0" },
    });
    expect(first.ChallengeParameters).not.toHaveProperty("answer");
    const second = await pool.answer(first.Session, "wrong");
    expect(second.ChallengeParameters).toEqual({ USERNAME: "jane", hint: "round 1" });
    const done = await pool.answer(second.Session, "42");
    expect(decodeJwt(done.AuthenticationResult?.IdToken ?? "").sub).toBe(sub);

    const rounds = [
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "CODE-0" },
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "CODE-1" },
    ];
    const defined = await pool.define.events();
    expect(defined.map(({ request }) => request.session)).toEqual([[], rounds.slice(0, 1), rounds]);
    expect(defined.map(({ request }) => request.clientMetadata)).toEqual([
      undefined,
      { from: "respond" },
      { from: "respond" },
    ]);
    expect(defined[0]).toEqual({
      version: "1",
      region: "us-east-1",
      userPoolId: pool.poolId,
      userName: "jane",
      callerContext: caller(pool.clientId),
      triggerSource: "DefineAuthChallenge_Authentication",
      request: { userAttributes: { sub, "cognito:user_status": "CONFIRMED" }, session: [] },
      response: { challengeName: null, issueTokens: null, failAuthentication: null },
    });
    expect((await pool.create.events())[1]).toMatchObject({
      triggerSource: "CreateAuthChallenge_Authentication",
      request: { challengeName: "CUSTOM_CHALLENGE", session: rounds.slice(0, 1) },
      response: {
        publicChallengeParameters: null,
        privateChallengeParameters: null,
        challengeMetadata: null,
      },
    });
    expect((await pool.verify.events())[0]).toMatchObject({
      triggerSource: "VerifyAuthChallengeResponse_Authentication",
      request: {
        privateChallengeParameters: { answer: "42" },
        challengeAnswer: "wrong",
        clientMetadata: { from: "respond" },
      },
      response: { answerCorrect: null },
    });
  });

  it("fails when DefineAuthChallenge says so, and its Session cannot be used again", async () => {
    const pool = await passwordless();
    await pool.addJane();
    let { Session } = await pool.begin();
    for (let round = 0; round < 2; round++) ({ Session } = await pool.answer(Session, "wrong"));
    await expect(pool.answer(Session, "wrong")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
    await expect(pool.answer(Session, "42")).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  it("takes each Session once, also when two answers come at the same time", async () => {
    const pool = await passwordless();
    await pool.addJane();
    const { Session } = await pool.begin();
    const outcomes = await Promise.allSettled([pool.answer(Session, "42"), pool.answer(Session, "42")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("keeps the Session for an answer without ANSWER", async () => {
    const pool = await passwordless();
    await pool.addJane();
    const { Session } = await pool.begin();
    await expect(
      app.send(
        new RespondToAuthChallengeCommand({
          ClientId: pool.clientId,
          ChallengeName: "CUSTOM_CHALLENGE",
          Session,
          ChallengeResponses: { USERNAME: "jane" },
        }),
      ),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
    expect((await pool.answer(Session, "42")).AuthenticationResult).toBeDefined();
  });

  it("looks the same for a user who does not exist, who gets no tokens", async () => {
    const pool = await passwordless({ PreventUserExistenceErrors: "ENABLED" });
    const first = await pool.begin("nobody");
    expect(first.ChallengeParameters).toEqual({ USERNAME: "nobody", hint: "round 0" });
    await expect(pool.answer(first.Session, "42", "nobody")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
    expect((await pool.define.events())[0]).toMatchObject({
      userName: "nobody",
      request: { userAttributes: {}, userNotFound: true },
    });
  });

  it("asks for the password first by SRP, as amazon-cognito-identity-js does", async () => {
    const define = await functionOf(`
      const { session } = event.request;
      const last = session.at(-1);
      if (last.challengeName === "SRP_A") event.response.challengeName = "PASSWORD_VERIFIER";
      else if (last.challengeName === "PASSWORD_VERIFIER") event.response.challengeName = "CUSTOM_CHALLENGE";
      else if (last.challengeResult) event.response.issueTokens = true;
      else event.response.failAuthentication = true;`);
    const create = await functionOf("event.response.publicChallengeParameters = { captcha: '6 x 7' };");
    const verify = await functionOf("event.response.answerCorrect = event.request.challengeAnswer === '42';");
    const pool = await poolWith(
      {
        DefineAuthChallenge: define.arn,
        CreateAuthChallenge: create.arn,
        VerifyAuthChallengeResponse: verify.arn,
      },
      {},
      { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
    );
    const sub = await pool.addJane();
    const Storage = inMemoryStorage();
    const Pool = new CognitoUserPool({
      UserPoolId: pool.poolId,
      ClientId: pool.clientId,
      endpoint: server.url,
      Storage,
    });
    const user = new CognitoUser({ Username: "jane", Pool, Storage });
    user.setAuthenticationFlowType("CUSTOM_AUTH");
    const session = await new Promise<CognitoUserSession>((resolve, reject) => {
      const callbacks = {
        onSuccess: resolve,
        onFailure: reject,
        customChallenge(parameters: { captcha: string }) {
          expect(parameters.captcha).toBe("6 x 7");
          user.sendCustomChallengeAnswer("42", callbacks);
        },
      };
      user.authenticateUser(new AuthenticationDetails({ Username: "jane", Password: PASSWORD }), callbacks);
    });
    expect(session.getIdToken().decodePayload().sub).toBe(sub);
    const passed = (challengeName: string) => ({
      challengeName,
      challengeResult: true,
      challengeMetadata: null,
    });
    expect((await define.events()).map(({ request }) => request.session)).toEqual([
      [passed("SRP_A")],
      [passed("SRP_A"), passed("PASSWORD_VERIFIER")],
      [passed("SRP_A"), passed("PASSWORD_VERIFIER"), passed("CUSTOM_CHALLENGE")],
    ]);
  });

  it("works for administrators, too", async () => {
    const pool = await passwordless();
    await pool.addJane();
    const party = { UserPoolId: pool.poolId, ClientId: pool.clientId };
    const { Session } = await server.cognito.send(
      new AdminInitiateAuthCommand({
        ...party,
        AuthFlow: "CUSTOM_AUTH",
        AuthParameters: { USERNAME: "jane" },
      }),
    );
    const { AuthenticationResult } = await server.cognito.send(
      new AdminRespondToAuthChallengeCommand({
        ...party,
        ChallengeName: "CUSTOM_CHALLENGE",
        Session,
        ChallengeResponses: { USERNAME: "jane", ANSWER: "42" },
      }),
    );
    expect(AuthenticationResult?.AccessToken).toBeDefined();
  });

  it.each([
    ["nothing", "", "Unrecognizable lambda output"],
    [
      "a challenge that there is not",
      "event.response.challengeName = 'OTHER';",
      "Unrecognizable lambda output",
    ],
    [
      "PASSWORD_VERIFIER without SRP_A",
      "event.response.challengeName = 'PASSWORD_VERIFIER';",
      "Unrecognizable lambda output",
    ],
    ["a number in place of a flag", "event.response.issueTokens = 1;", "Unrecognizable lambda output"],
  ])("is refused when DefineAuthChallenge decides %s", async (_, body, message) => {
    const [define, other] = [await functionOf(body), await functionOf("")];
    const pool = await poolWith(
      {
        DefineAuthChallenge: define.arn,
        CreateAuthChallenge: other.arn,
        VerifyAuthChallengeResponse: other.arn,
      },
      {},
      { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] },
    );
    await pool.addJane();
    await expect(
      app.send(
        new InitiateAuthCommand({
          ClientId: pool.clientId,
          AuthFlow: "CUSTOM_AUTH",
          AuthParameters: { USERNAME: "jane" },
        }),
      ),
    ).rejects.toMatchObject(refused("InvalidLambdaResponseException", message));
  });
});

describe("messages", () => {
  it("are written by CustomMessage, which sees the place of the code and not the code", async () => {
    const message = await functionOf(`
      event.response.emailSubject = "Welcome";
      event.response.emailMessage = "Your code: " + event.request.codeParameter;`);
    const pool = await poolWith({ CustomMessage: message.arn }, { AutoVerifiedAttributes: ["email"] });
    await app.send(
      new SignUpCommand({
        ClientId: pool.clientId,
        Username: "jane",
        Password: PASSWORD,
        UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
        ClientMetadata: { locale: "en" },
      }),
    );
    expect(await message.events()).toMatchObject([
      {
        triggerSource: "CustomMessage_SignUp",
        request: {
          userAttributes: { email: "jane@example.com", "cognito:user_status": "UNCONFIRMED" },
          codeParameter: "{####}",
          linkParameter: "{##Click Here##}",
          usernameParameter: null,
          clientMetadata: { locale: "en" },
        },
        response: { smsMessage: null, emailMessage: null, emailSubject: null },
      },
    ]);
    const inbox = await (await fetch(`${server.url}/_cognate/inbox?destination=jane@example.com`)).json();
    expect(JSON.stringify(inbox)).toContain("Your code: 123456");
  });

  const KMSKeyID = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555";

  it("go to a custom sender, which decrypts the code with the official client and nothing but this server", async () => {
    const sender = await functionOf(`
      const { buildClient, CommitmentPolicy, KmsKeyringNode } = await import(${JSON.stringify(import.meta.resolve("@aws-crypto/client-node"))});
      const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
      const keyring = new KmsKeyringNode({ generatorKeyId: "${KMSKeyID}", keyIds: ["${KMSKeyID}"] });
      const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(event.request.code, "base64"));
      appendFileSync(${JSON.stringify(join(tmpdir(), "cognate-sent"))}, JSON.stringify({
        text: plaintext.toString(),
        pool: messageHeader.encryptionContext["userpool-id"],
      }) + "\\n");`);
    const sent = join(tmpdir(), "cognate-sent");
    await rm(sent, { force: true });
    const pool = await poolWith(
      { CustomEmailSender: { LambdaArn: sender.arn, LambdaVersion: "V1_0" }, KMSKeyID },
      { AutoVerifiedAttributes: ["email"] },
    );
    await app.send(
      new SignUpCommand({
        ClientId: pool.clientId,
        Username: "jane",
        Password: PASSWORD,
        UserAttributes: [{ Name: "email", Value: "jane2@example.com" }],
      }),
    );
    await expect.poll(() => readFile(sent, "utf8").catch(() => ""), { timeout: 15_000 }).not.toBe("");
    expect(JSON.parse(await readFile(sent, "utf8"))).toEqual({ text: "123456", pool: pool.poolId });
    await rm(sent);
    expect(await sender.events()).toMatchObject([
      {
        triggerSource: "CustomEmailSender_SignUp",
        request: {
          type: "customEmailSenderRequestV1",
          code: expect.stringMatching(/^AYAD/),
          clientMetadata: null,
        },
      },
    ]);
    expect((await sender.events())[0]).not.toHaveProperty("response");
    const inbox = await (await fetch(`${server.url}/_cognate/inbox?destination=jane2@example.com`)).json();
    expect(JSON.stringify(inbox)).not.toContain("123456");
  });

  it("need a KMS key for a custom sender", async () => {
    const LambdaArn = "arn:aws:lambda:us-east-1:123456789012:function:sender";
    await expect(poolWith({ CustomSMSSender: { LambdaArn, LambdaVersion: "V1_0" } })).rejects.toMatchObject(
      refused(
        "InvalidParameterException",
        "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.",
      ),
    );
  });
});
