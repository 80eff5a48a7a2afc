/** The audit log of a server, by what real clients do. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableProviderForUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  DeleteUserCommand,
  InitiateAuthCommand,
  type ProviderUserIdentifierType,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const PASSWORD = "Correct-horse-1";
const HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

interface AuditRecord {
  readonly eventName: string;
  readonly eventSource: string;
  readonly additionalEventData?: { readonly sub?: string };
}

describe("the audit log", () => {
  let folder: string;
  let file: string;
  let server: TestServer;
  let ids: { poolId: string; clientId: string };
  /** All that a user typed, or that opens something. */
  let secrets: string[];

  const start = async (settings: Parameters<typeof startTestServer>[0] = {}) => {
    server = await startTestServer({ mode: "serve", inMemory: true, auditLog: { file }, ...settings });
    ids = await createPoolAndClient(server.cognito);
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-audit-"));
    file = join(folder, "audit.jsonl");
    secrets = [PASSWORD];
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** The records of the server, which ends. None of them has a secret. */
  const recordsAtTheEnd = async (): Promise<AuditRecord[]> => {
    await server.stop();
    const text = await readFile(file, "utf8");
    for (const secret of secrets) expect(text).not.toContain(secret);
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  const named = (records: AuditRecord[], name: string) =>
    records.filter(({ eventName }) => eventName === name);

  const signIn = (Password: string) =>
    server.cognito.send(
      new InitiateAuthCommand({
        ClientId: ids.clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "taro", PASSWORD: Password },
      }),
    );
  const administrator = () => server.administrator ?? { accessKeyId: "", secretAccessKey: "" };
  const consoleHeaders = () => ({
    "x-cognate-console": "1",
    origin: server.url,
    "content-type": "application/json",
  });
  const signInToConsole = (credentials: object) =>
    fetch(`${server.url}/console/api/sign-in`, {
      method: "POST",
      headers: consoleHeaders(),
      body: JSON.stringify(credentials),
    });

  it("records a call as CloudTrail does, with its signer and the sub of the user, without name and attributes", async () => {
    await start();
    const created = await server.cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: ids.poolId,
        Username: "taro",
        TemporaryPassword: PASSWORD,
        UserAttributes: [{ Name: "email", Value: "taro@example.com" }],
        MessageAction: "SUPPRESS",
      }),
    );
    const sub = created.User?.Attributes?.find(({ Name }) => Name === "sub")?.Value;
    secrets.push("taro");
    const [record] = named(await recordsAtTheEnd(), "AdminCreateUser");
    expect(record).toEqual({
      eventVersion: "1.08",
      userIdentity: {
        type: "IAMUser",
        principalId: expect.stringMatching(/^AIDA/),
        arn: "arn:aws:iam::123456789012:user/cognate",
        accountId: "123456789012",
        accessKeyId: administrator().accessKeyId,
        userName: "cognate",
      },
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      eventSource: "cognito-idp.amazonaws.com",
      eventName: "AdminCreateUser",
      awsRegion: "us-east-1",
      sourceIPAddress: "127.0.0.1",
      userAgent: expect.stringContaining("aws-sdk-js"),
      requestParameters: {
        userPoolId: ids.poolId,
        username: HIDDEN,
        temporaryPassword: HIDDEN,
        userAttributes: HIDDEN,
        messageAction: "SUPPRESS",
      },
      responseElements: {
        user: {
          username: HIDDEN,
          attributes: HIDDEN,
          enabled: true,
          userStatus: "FORCE_CHANGE_PASSWORD",
          userCreateDate: expect.any(Number),
          userLastModifiedDate: expect.any(Number),
        },
      },
      additionalEventData: { sub },
      requestID: created.$metadata.requestId,
      eventID: expect.stringMatching(/^[\da-f-]{36}$/),
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: "123456789012",
      eventCategory: "Management",
    });
  });

  it("names the user whose identity at a provider is linked and removed", async () => {
    await start();
    const UserPoolId = ids.poolId;
    await createConfirmedUser(server.cognito, { UserPoolId, Username: "taro", Password: PASSWORD });
    await server.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Corp",
        ProviderType: "OIDC",
        ProviderDetails: {
          client_id: "id",
          client_secret: "corp-secret",
          authorize_scopes: "openid",
          attributes_request_method: "GET",
          oidc_issuer: "https://idp.example.com",
          authorize_url: "https://idp.example.com/authorize",
          token_url: "https://idp.example.com/token",
          attributes_url: "https://idp.example.com/userinfo",
          jwks_uri: "https://idp.example.com/jwks",
        },
      }),
    );
    const identity = {
      ProviderName: "Corp",
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: "taro-at-corp",
    };
    const local = { ProviderName: "Cognito", ProviderAttributeValue: "taro" };
    await server.cognito.send(
      new AdminLinkProviderForUserCommand({ UserPoolId, DestinationUser: local, SourceUser: identity }),
    );
    const disable = (User: ProviderUserIdentifierType) =>
      server.cognito.send(new AdminDisableProviderForUserCommand({ UserPoolId, User }));
    await disable(identity);
    await disable({ ...local, ProviderAttributeName: "Cognito_Subject" });
    secrets.push("taro", "corp-secret");
    const records = await recordsAtTheEnd();
    const additionalEventData = named(records, "AdminCreateUser")[0]?.additionalEventData;
    expect(additionalEventData?.sub).toBeDefined();
    expect(named(records, "AdminLinkProviderForUser")).toMatchObject([{ additionalEventData }]);
    expect(named(records, "AdminDisableProviderForUser")).toMatchObject([
      { additionalEventData },
      { additionalEventData },
    ]);
  });

  it("records sign-ins that fail and that succeed, with the sub of the user", async () => {
    await start();
    await createConfirmedUser(server.cognito, {
      UserPoolId: ids.poolId,
      Username: "taro",
      Password: PASSWORD,
    });
    await expect(signIn("Wrong-horse-1")).rejects.toThrow("Incorrect username or password.");
    const { AuthenticationResult } = await signIn(PASSWORD);
    const { AccessToken = "", IdToken = "", RefreshToken = "" } = AuthenticationResult ?? {};
    secrets.push("taro", "Wrong-horse-1", AccessToken, IdToken, RefreshToken);
    await server.cognito.send(new DeleteUserCommand({ AccessToken }));
    const records = await recordsAtTheEnd();
    const sub = named(records, "AdminCreateUser")[0]?.additionalEventData?.sub;
    const unsigned = {
      userIdentity: { type: "Unknown", principalId: "Anonymous" },
      additionalEventData: { sub },
    };
    const requestParameters = {
      authFlow: "USER_PASSWORD_AUTH",
      authParameters: HIDDEN,
      clientId: ids.clientId,
    };
    expect(named(records, "InitiateAuth")).toMatchObject([
      {
        ...unsigned,
        errorCode: "NotAuthorizedException",
        errorMessage: "Incorrect username or password.",
        requestParameters,
        responseElements: null,
      },
      {
        ...unsigned,
        requestParameters,
        responseElements: {
          authenticationResult: {
            accessToken: HIDDEN,
            idToken: HIDDEN,
            refreshToken: HIDDEN,
            expiresIn: 3600,
          },
        },
      },
    ]);
    expect(named(records, "DeleteUser")).toMatchObject([
      { ...unsigned, requestParameters: { accessToken: HIDDEN }, responseElements: null },
    ]);
  });

  it("names the user of a call that deletes the user, and none for a name that nobody has", async () => {
    await start();
    const { UserSub } = await server.cognito.send(
      new SignUpCommand({ ClientId: ids.clientId, Username: "hanako", Password: PASSWORD }),
    );
    await server.cognito.send(new AdminDeleteUserCommand({ UserPoolId: ids.poolId, Username: "hanako" }));
    const again = new AdminDeleteUserCommand({ UserPoolId: ids.poolId, Username: "hanako" });
    await expect(server.cognito.send(again)).rejects.toThrow("User does not exist.");
    secrets.push("hanako");
    const records = await recordsAtTheEnd();
    expect(named(records, "SignUp")).toMatchObject([{ additionalEventData: { sub: UserSub } }]);
    const [deleted, unknown] = named(records, "AdminDeleteUser");
    expect(deleted).toMatchObject({ additionalEventData: { sub: UserSub } });
    expect(unknown).toMatchObject({ errorCode: "UserNotFoundException" });
    expect(unknown).not.toHaveProperty("additionalEventData");
  });

  it("names no user for a token that is refused", async () => {
    await start();
    const claims = Buffer.from(JSON.stringify({ sub: "11111111-2222-3333-4444-555555555555" })).toString(
      "base64url",
    );
    const forged = new DeleteUserCommand({ AccessToken: `e30.${claims}.c2ln` });
    await expect(server.cognito.send(forged)).rejects.toThrow("Could not verify signature");
    const [record] = named(await recordsAtTheEnd(), "DeleteUser");
    expect(record).toMatchObject({ errorCode: "NotAuthorizedException" });
    expect(record).not.toHaveProperty("additionalEventData");
  });

  it("records calls of IAM and STS, and calls under a role with the session and its role", async () => {
    await start();
    const client = { endpoint: server.url, region: "us-east-1", credentials: administrator() };
    const iam = new IAMClient(client);
    const sts = new STSClient(client);
    await iam.send(new CreateUserCommand({ UserName: "alice", Tags: [{ Key: "team", Value: "red" }] }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "alice" }));
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: "arn:aws:iam::123456789012:role/cognate-power-user",
        RoleSessionName: "deploy",
      }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    const asRole = new CognitoIdentityProviderClient({
      ...client,
      credentials: {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
      },
    });
    const { UserPoolClient } = await asRole.send(
      new CreateUserPoolClientCommand({ UserPoolId: ids.poolId, ClientName: "secret", GenerateSecret: true }),
    );
    secrets.push(
      AccessKey?.SecretAccessKey ?? "",
      SecretAccessKey,
      SessionToken,
      UserPoolClient?.ClientSecret ?? "",
    );
    for (const one of [iam, sts, asRole]) one.destroy();
    const records = await recordsAtTheEnd();
    expect(named(records, "CreateUser")).toMatchObject([
      {
        eventSource: "iam.amazonaws.com",
        requestParameters: { userName: "alice", tags: [{ key: "team", value: "red" }] },
        responseElements: { user: { userName: "alice", tags: [{ key: "team", value: "red" }] } },
      },
    ]);
    expect(named(records, "CreateAccessKey")).toMatchObject([
      { responseElements: { accessKey: { accessKeyId: AccessKey?.AccessKeyId, secretAccessKey: HIDDEN } } },
    ]);
    expect(named(records, "AssumeRole")).toMatchObject([
      { eventSource: "sts.amazonaws.com", readOnly: true, requestParameters: { roleSessionName: "deploy" } },
    ]);
    expect(named(records, "CreateUserPoolClient").at(-1)).toMatchObject({
      userIdentity: {
        type: "AssumedRole",
        principalId: expect.stringMatching(/^AROA\w+:deploy$/),
        arn: "arn:aws:sts::123456789012:assumed-role/cognate-power-user/deploy",
        accountId: "123456789012",
        accessKeyId: AccessKeyId,
        sessionContext: {
          sessionIssuer: {
            type: "Role",
            principalId: expect.stringMatching(/^AROA\w+$/),
            arn: "arn:aws:iam::123456789012:role/cognate-power-user",
            accountId: "123456789012",
            userName: "cognate-power-user",
          },
          attributes: { creationDate: expect.stringMatching(/Z$/), mfaAuthenticated: "false" },
        },
      },
      responseElements: { userPoolClient: { clientName: "secret", clientSecret: HIDDEN } },
    });
  });

  it("records a call that IAM refuses", async () => {
    await start();
    const unknown = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: { accessKeyId: "AKIAUNKNOWN000000000", secretAccessKey: "unknown" },
    });
    const call = new AdminGetUserCommand({ UserPoolId: ids.poolId, Username: "taro" });
    await expect(unknown.send(call)).rejects.toThrow("security token");
    unknown.destroy();
    expect(named(await recordsAtTheEnd(), "AdminGetUser")).toMatchObject([
      {
        userIdentity: { type: "Unknown" },
        errorCode: "UnrecognizedClientException",
        requestParameters: { userPoolId: ids.poolId, username: HIDDEN },
      },
    ]);
  });

  it("records requests to endpoints, whose codes and tokens are hidden", async () => {
    await start();
    const response = await fetch(`${server.url}/${ids.poolId}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: ids.clientId,
        code: "0123-the-code",
        redirect_uri: "https://app.example.com/",
      }),
    });
    await fetch(`${server.url}/${ids.poolId}/.well-known/jwks.json`);
    secrets.push("0123-the-code");
    const records = await recordsAtTheEnd();
    expect(named(records, "Token_POST")).toEqual([
      {
        eventVersion: "1.08",
        userIdentity: { accountId: "123456789012" },
        eventTime: expect.any(String),
        eventSource: "cognito-idp.amazonaws.com",
        eventName: "Token_POST",
        awsRegion: "us-east-1",
        sourceIPAddress: "127.0.0.1",
        userAgent: "node",
        requestParameters: null,
        responseElements: null,
        additionalEventData: {
          responseParameters: { status: 400 },
          requestParameters: {
            grant_type: ["authorization_code"],
            client_id: [ids.clientId],
            code: [HIDDEN],
            redirect_uri: ["https://app.example.com/"],
          },
          userPoolDomain: new URL(server.url).host,
          userPoolId: ids.poolId,
        },
        requestID: response.headers.get("x-amz-cognito-request-id"),
        eventID: expect.any(String),
        readOnly: false,
        eventType: "AwsServiceEvent",
        managementEvent: true,
        recipientAccountId: "123456789012",
        serviceEventDetails: { serviceAccountId: "123456789012" },
        eventCategory: "Management",
      },
    ]);
    expect(records.map(({ eventName }) => eventName)).toEqual([
      "CreateUserPool",
      "CreateUserPoolClient",
      "Token_POST",
    ]);
  });

  it("hides secrets that are sent to an endpoint in a form that it does not read", async () => {
    await start();
    const url = `${server.url}/${ids.poolId}/oauth2/token`;
    const json = { "content-type": "application/json" };
    await fetch(url, { method: "POST", headers: json, body: JSON.stringify({ code: "the-code" }) });
    await fetch(url, { method: "POST", body: new URLSearchParams({ '{"code":"the-code"}': "" }) });
    await fetch(`${url}?${encodeURIComponent("code:the-code;")}=1`, { method: "POST" });
    secrets.push("the-code");
    expect(named(await recordsAtTheEnd(), "Token_POST")).toHaveLength(3);
  });

  it("records sign-ins to the console, and does not show what was typed as the name of one that failed", async () => {
    await start();
    const iam = new IAMClient({ endpoint: server.url, region: "us-east-1", credentials: administrator() });
    await iam.send(new CreateUserCommand({ UserName: "alice" }));
    await iam.send(new CreateLoginProfileCommand({ UserName: "alice", Password: PASSWORD }));
    iam.destroy();
    expect((await signInToConsole({ userName: "alice", password: PASSWORD })).status).toBe(200);
    expect((await signInToConsole({ userName: "My-secret-1", password: "alice" })).status).toBe(401);
    secrets.push("My-secret-1");
    expect(named(await recordsAtTheEnd(), "ConsoleLogin")).toMatchObject([
      {
        userIdentity: {
          type: "IAMUser",
          principalId: expect.stringMatching(/^AIDA/),
          arn: "arn:aws:iam::123456789012:user/alice",
          userName: "alice",
        },
        eventSource: "signin.amazonaws.com",
        eventType: "AwsConsoleSignIn",
        responseElements: { ConsoleLogin: "Success" },
      },
      {
        userIdentity: { type: "IAMUser", accountId: "123456789012", userName: HIDDEN },
        errorMessage: "Failed authentication",
        responseElements: { ConsoleLogin: "Failure" },
      },
    ]);
  });

  it("records actions for which AWS has no operation, also those that are refused", async () => {
    await start({ dataDir: folder });
    const main = resolve("src/cli/main.ts");
    const command = [main, "rotate-keys", "--data-dir", folder, "--user-pool-id", ids.poolId];
    await promisify(execFile)(process.execPath, command, { env: { PATH: process.env.PATH, HOME: folder } });
    const address = `${server.url}/_cognate/signing-keys?poolId=${ids.poolId}`;
    const { status } = await fetch(address, { method: "POST" });
    const common = {
      eventSource: "cognate",
      requestParameters: { userPoolId: ids.poolId },
      readOnly: false,
    };
    expect(named(await recordsAtTheEnd(), "RotateSigningKeys")).toMatchObject([
      { ...common, userIdentity: { type: "IAMUser", userName: "cognate" } },
      { ...common, userIdentity: { type: "Unknown" }, errorCode: String(status) },
    ]);
  });

  it("tells the console where it is written, and how many records were delivered", async () => {
    await start();
    const signedIn = await signInToConsole({ ...administrator() });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const state = async () => {
      const answer = await fetch(`${server.url}/console/api/audit-log`, {
        headers: { ...consoleHeaders(), cookie },
      });
      return (await answer.json()) as object;
    };
    // The pool, its app client and the sign-in.
    await expect.poll(state).toEqual({
      target: { kind: "file", path: file },
      delivered: expect.toSatisfy((count) => count >= 3),
      lost: 0,
    });
    await recordsAtTheEnd();
  });

  it("leaves out requests that change nothing if the setting says so", async () => {
    await start({ auditLogReads: false });
    await createConfirmedUser(server.cognito, {
      UserPoolId: ids.poolId,
      Username: "taro",
      Password: PASSWORD,
    });
    await server.cognito.send(new AdminGetUserCommand({ UserPoolId: ids.poolId, Username: "taro" }));
    await fetch(`${server.url}/${ids.poolId}/login?client_id=${ids.clientId}`);
    const records = await recordsAtTheEnd();
    expect(records.map(({ eventName }) => eventName)).toEqual([
      "CreateUserPool",
      "CreateUserPoolClient",
      "AdminCreateUser",
      "AdminSetUserPassword",
    ]);
  });
});
