import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DescribeUserPoolCommand, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { presigned } from "../../src/aws/sigv4/testing.ts";
import { iamClient } from "../support/iam.ts";
import { need } from "../support/machine.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const ROLE = "arn:aws:iam::123456789012:role/cognate-power-user";

let server: TestServer;
let sts: STSClient;
beforeAll(async () => {
  server = await startTestServer();
  sts = stsClient(server.administrator ?? { accessKeyId: "none", secretAccessKey: "none" });
});
afterAll(async () => {
  sts.destroy();
  await server.stop();
});

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function stsClient(credentials: Credentials, region = "ap-northeast-1"): STSClient {
  return new STSClient({ endpoint: server.url, region, credentials });
}

/** Temporary credentials as the SDK's clients take them. */
function asCredentials(given: {
  Credentials?:
    | {
        AccessKeyId: string | undefined;
        SecretAccessKey: string | undefined;
        SessionToken: string | undefined;
      }
    | undefined;
}): Credentials {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = given.Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

describe("GetCallerIdentity", () => {
  it("returns the IAM user of an access key, signed for any region", async () => {
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: "123456789012",
      Arn: "arn:aws:iam::123456789012:user/cognate",
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    });
  });

  it("returns the role session for credentials of AssumeRole", async () => {
    const answer = await sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: "build" }));
    expect(answer.AssumedRoleUser).toMatchObject({
      Arn: "arn:aws:sts::123456789012:assumed-role/cognate-power-user/build",
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:build$/),
    });
    expect(answer.PackedPolicySize).toBeUndefined();
    const identity = await stsClient(asCredentials(answer)).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Arn: answer.AssumedRoleUser?.Arn,
      UserId: answer.AssumedRoleUser?.AssumedRoleId,
    });
  });

  it("returns the user for credentials of GetSessionToken", async () => {
    const answer = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    const identity = await stsClient(asCredentials(answer)).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe("arn:aws:iam::123456789012:user/cognate");
  });

  it("accepts a presigned URL, as Kubernetes authenticators send it", async () => {
    const url = new URL(server.url);
    const request = await presigned({
      method: "GET",
      service: "sts",
      query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      headers: { host: url.host },
      keyId: server.administrator?.accessKeyId ?? "",
      secret: server.administrator?.secretAccessKey ?? "",
      at: Date.now(),
      expiresIn: 60,
    });
    const answer = await fetch(`${server.url}/?${request.rawQuery}`);
    expect(answer.headers.get("content-type")).toBe("text/xml");
    expect(await answer.text()).toContain("<Arn>arn:aws:iam::123456789012:user/cognate</Arn>");
    const forged = await fetch(`${server.url}/?${request.rawQuery.replace("Expires=60", "Expires=61")}`);
    expect(forged.status).toBe(403);
    expect(await forged.text()).toContain("<Code>SignatureDoesNotMatch</Code>");
  });

  it("returns the administrator for an unknown key in dev, which can assume a role", async () => {
    const unknownKey = stsClient({ accessKeyId: "test", secretAccessKey: "test" });
    expect((await unknownKey.send(new GetCallerIdentityCommand({}))).Arn).toBe(
      "arn:aws:iam::123456789012:user/cognate",
    );
    const assumed = await unknownKey.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: "dummy" }));
    expect(assumed.Credentials?.AccessKeyId).toMatch(/^ASIA/);
  });

  it("rejects a known key with a wrong secret", () =>
    expect(
      stsClient({ accessKeyId: server.administrator?.accessKeyId ?? "", secretAccessKey: "wrong" }).send(
        new GetCallerIdentityCommand({}),
      ),
    ).rejects.toMatchObject({ name: "SignatureDoesNotMatch", $metadata: { httpStatusCode: 403 } }));

  it("returns the account of an access key by GetAccessKeyInfo", async () => {
    const AccessKeyId = server.administrator?.accessKeyId ?? "";
    expect((await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).Account).toBe("123456789012");
    await expect(
      sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: "AKIAIOSFODNN7EXAMPLE" })),
    ).rejects.toMatchObject({ name: "ValidationError" });
  });
});

describe("unsigned requests", () => {
  it("are rejected by user pools in JSON", async () => {
    const answer = await fetch(server.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.ListUserPools",
      },
      body: "{}",
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      __type: "MissingAuthenticationTokenException",
      message: "Missing Authentication Token",
    });
  });

  it.each([
    ["sts", "2011-06-15", "GetCallerIdentity"],
    ["iam", "2010-05-08", "ListUsers"],
  ])("are rejected by %s in XML", async (service, Version, Action) => {
    const body = new URLSearchParams({ Action, Version });
    const answer = await fetch(server.url, { method: "POST", body });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    const requestId = answer.headers.get("x-amzn-requestid");
    expect(await answer.text()).toBe(
      `<ErrorResponse xmlns="https://${service}.amazonaws.com/doc/${Version}/"><Error><Type>Sender</Type><Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>\n`,
    );
  });
});

describe("ID tokens of a pool as web identities", () => {
  const anonymous = () =>
    new STSClient({
      endpoint: server.url,
      region: "us-east-1",
      // The operation is unsigned, so these credentials are not used.
      credentials: { accessKeyId: "none", secretAccessKey: "none" },
    });
  let issuer: string;
  let clientId: string;
  let otherClientId: string;
  let idToken: string;
  let accessToken: string;
  let otherIdToken: string;
  const RoleArn = "arn:aws:iam::123456789012:role/web";

  beforeAll(async () => {
    const { cognito } = server;
    const made = await createPoolAndClient(cognito);
    const other = await createPoolAndClient(cognito);
    ({ clientId } = made);
    otherClientId = other.clientId;
    issuer = `${server.url}/${made.poolId}`;
    const tokensOf = async (UserPoolId: string, ClientId: string) => {
      const user = { UserPoolId, Username: "taro" };
      await createConfirmedUser(cognito, { ...user, Password: "Permanent-1" });
      const AuthParameters = { USERNAME: "taro", PASSWORD: "Permanent-1" };
      const flow = { ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters } as const;
      return (await cognito.send(new InitiateAuthCommand(flow))).AuthenticationResult ?? {};
    };
    const tokens = await tokensOf(made.poolId, clientId);
    idToken = tokens.IdToken ?? "";
    accessToken = tokens.AccessToken ?? "";
    otherIdToken = (await tokensOf(other.poolId, otherClientId)).IdToken ?? "";

    const provider = issuer.replace("http://", "");
    const iam = iamClient(server);
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url: issuer, ClientIDList: [clientId] }));
    const trust = (Condition: object) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${provider}` },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition,
          },
        ],
      });
    const roles = {
      web: trust({ StringEquals: { [`${provider}:aud`]: clientId } }),
      "web-others": trust({ StringEquals: { [`${provider}:sub`]: "somebody-else" } }),
    };
    for (const [RoleName, AssumeRolePolicyDocument] of Object.entries(roles)) {
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    }
    iam.destroy();
  });

  const assume = (WebIdentityToken: string, role = RoleArn) =>
    anonymous().send(
      new AssumeRoleWithWebIdentityCommand({ RoleArn: role, RoleSessionName: "app", WebIdentityToken }),
    );

  it("are exchanged for credentials of a role that trusts the pool", async () => {
    const answer = await assume(idToken);
    expect(answer).toMatchObject({
      Audience: clientId,
      Provider: issuer,
      SubjectFromWebIdentityToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
      AssumedRoleUser: { Arn: "arn:aws:sts::123456789012:assumed-role/web/app" },
    });
    const identity = await stsClient(asCredentials(answer)).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe("arn:aws:sts::123456789012:assumed-role/web/app");
  });

  it("are rejected for a role that trusts another user, and for an unknown role", async () => {
    for (const role of [
      "arn:aws:iam::123456789012:role/web-others",
      ROLE,
      "arn:aws:iam::123456789012:role/none",
    ]) {
      await expect(assume(idToken, role)).rejects.toMatchObject({
        name: "AccessDenied",
        message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
      });
    }
  });

  it("are rejected when changed, when the pool is not a provider, or when they are not ID tokens", async () => {
    const [head = "", payload = "", signature = ""] = idToken.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: "somebody-else" })).toString("base64url");
    await expect(assume(`${head}.${forged}.${signature}`)).rejects.toMatchObject({
      name: "InvalidIdentityTokenException",
      message:
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    });
    await expect(assume(otherIdToken)).rejects.toMatchObject({
      name: "InvalidIdentityTokenException",
      message: expect.stringMatching(/^No OpenIDConnect provider found in your account for http:/),
    });
    await expect(assume(accessToken)).rejects.toMatchObject({ message: "Missing a required claim: aud" });
    await expect(assume("not-a-token")).rejects.toMatchObject({
      name: "InvalidIdentityTokenException",
      message:
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    });
    const foreign = Buffer.from(JSON.stringify({ ...claims, aud: otherClientId })).toString("base64url");
    await expect(assume(`${head}.${foreign}.${signature}`)).rejects.toMatchObject({
      message: "Incorrect token audience",
    });
  });

  it("are rejected after their expiry", async () => {
    server.clock?.advance(3601_000);
    await expect(assume(idToken)).rejects.toMatchObject({
      name: "ExpiredTokenException",
      message: expect.stringMatching(
        /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
      ),
    });
    // Keys and signatures use real time, so they stay valid.
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe("123456789012");
    server.clock?.reset();
  });

  it("are accepted from the AWS CLI's token file, without an access key", async () => {
    need("awsCli");
    const file = join(server.dataDir, "token");
    await writeFile(file, idToken);
    const { AWS_PROFILE: _, ...environment } = server.environment();
    const { stdout } = await promisify(execFile)("aws", ["sts", "get-caller-identity", "--output", "json"], {
      env: {
        ...environment,
        AWS_ENDPOINT_URL: server.url,
        AWS_DEFAULT_REGION: "us-east-1",
        AWS_WEB_IDENTITY_TOKEN_FILE: file,
        AWS_ROLE_ARN: RoleArn,
        AWS_ROLE_SESSION_NAME: "cli",
      },
    });
    expect(JSON.parse(stdout).Arn).toBe("arn:aws:sts::123456789012:assumed-role/web/cli");
  });
});

describe("the AWS CLI", () => {
  it("assumes a role by a profile and by a command", async () => {
    const byProfile = await server.aws("cognate-power-user", "sts", "get-caller-identity");
    expect(byProfile.Arn).toMatch(
      /^arn:aws:sts::123456789012:assumed-role\/cognate-power-user\/cognate-\w{8}$/,
    );
    const byHand = await server.aws(
      "cognate",
      ...["sts", "assume-role", "--role-arn", ROLE, "--role-session-name", "s1", "--duration-seconds", "900"],
    );
    expect(Date.parse(byHand.Credentials.Expiration)).not.toBeNaN();
  });

  it("does not use cached credentials of another server", async () => {
    const asked = ["sts", "get-caller-identity", "--output", "json"];
    await server.aws("cognate-power-user", ...asked);
    const another = await startTestServer();
    try {
      const env = { ...another.environment("cognate-power-user"), HOME: server.dataDir };
      const { stdout } = await promisify(execFile)("aws", asked, { env });
      expect(JSON.parse(stdout).Account).toBe("123456789012");
    } finally {
      await another.stop();
    }
  });

  it("shows the denial message of user pools for a role", async () => {
    const iam = ["--role-name", "cognate-power-user"];
    const limited = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "cognito-idp:Describe*", Resource: "*" }],
    });
    const put = ["--policy-name", "no", "--policy-document", limited];
    await server.aws("cognate", "iam", "put-role-policy", ...iam, ...put);
    await expect(
      server.aws(
        "cognate-power-user",
        "cognito-idp",
        "describe-user-pool",
        "--user-pool-id",
        "us-east-1_Nope",
      ),
    ).rejects.toThrow(
      "is not authorized to perform: cognito-idp:DescribeUserPool on resource: arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Nope with an explicit deny in an identity-based policy",
    );
    await server.aws("cognate", "iam", "delete-role-policy", ...iam, "--policy-name", "no");
  });

  it("is rejected with the key of a deleted user, even in dev", async () => {
    await server.aws("cognate", "iam", "create-user", "--user-name", "gone");
    const { AccessKey } = await server.aws("cognate", "iam", "create-access-key", "--user-name", "gone");
    await server.aws(
      "cognate",
      ...["iam", "delete-access-key", "--user-name", "gone", "--access-key-id", AccessKey.AccessKeyId],
    );
    const client = stsClient({
      accessKeyId: AccessKey.AccessKeyId,
      secretAccessKey: AccessKey.SecretAccessKey,
    });
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
      message: "The security token included in the request is invalid.",
    });
  });
});

it("reports an unknown pool only to callers with permission", () =>
  expect(
    server.cognito.send(new DescribeUserPoolCommand({ UserPoolId: "us-east-1_Nope" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" }));
