import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isMissing } from "../support/machine.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

const run = promisify(execFile);

describe.skipIf(isMissing("boto3"))("boto3", () => {
  let server: TestServer;
  let ids: { poolId: string; clientId: string };
  beforeAll(async () => {
    server = await startTestServer();
  });
  beforeEach(async () => {
    ids = await createPoolAndClient(server.cognito);
  });
  afterAll(() => server.stop());

  /** Runs Python with `cognito`, `pool` and `client` at hand. @returns what it printed, parsed */
  async function python(...lines: string[]): Promise<unknown> {
    const program = [
      "import boto3, json, sys",
      // By argument, since Debian's boto3 does not read endpoints from the config file yet.
      `url = ${JSON.stringify(server.url)}`,
      'cognito = boto3.client("cognito-idp", endpoint_url=url)',
      `pool, client = ${JSON.stringify(ids.poolId)}, ${JSON.stringify(ids.clientId)}`,
      ...lines,
    ].join("\n");
    const { stdout } = await run("python3", ["-c", program], { env: server.environment() });
    return JSON.parse(stdout);
  }

  it("creates users, pages through them and parses timestamps", async () => {
    const found = await python(
      "for n in range(5):",
      '    cognito.admin_create_user(UserPoolId=pool, Username=f"user{n}", MessageAction="SUPPRESS")',
      'pages = cognito.get_paginator("list_users").paginate(UserPoolId=pool, PaginationConfig={"PageSize": 2})',
      'users = [user for page in pages for user in page["Users"]]',
      'print(json.dumps([[u["Username"], u["UserCreateDate"].year, u["Enabled"]] for u in users]))',
    );
    expect(found).toHaveLength(5);
    expect(new Set((found as [string][]).map(([name]) => name)).size).toBe(5);
  });

  it("signs a user up, confirms with the code in the inbox and resets a forgotten password", async () => {
    const said = await python(
      "import urllib.request",
      "def code():",
      '    inbox = urllib.request.urlopen(url + "/_cognate/inbox?destination=hanako@example.com&wait=10&limit=1")',
      '    return json.load(inbox)["messages"][0]["code"]',
      'own = cognito.create_user_pool(PoolName="own", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]',
      'app = cognito.create_user_pool_client(UserPoolId=own, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])["UserPoolClient"]["ClientId"]',
      'email = [{"Name": "email", "Value": "hanako@example.com"}]',
      'signed_up = cognito.sign_up(ClientId=app, Username="hanako", Password="Correct-horse-1", UserAttributes=email)',
      'cognito.confirm_sign_up(ClientId=app, Username="hanako", ConfirmationCode=code())',
      'sent = cognito.forgot_password(ClientId=app, Username="hanako")["CodeDeliveryDetails"]',
      'cognito.confirm_forgot_password(ClientId=app, Username="hanako", ConfirmationCode=code(), Password="Another-horse-2")',
      'password = {"USERNAME": "hanako", "PASSWORD": "Another-horse-2"}',
      'token = cognito.initiate_auth(ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=password)["AuthenticationResult"]["AccessToken"]',
      'cognito.update_user_attributes(AccessToken=token, UserAttributes=[{"Name": "name", "Value": "Hanako"}])',
      "cognito.delete_user(AccessToken=token)",
      'print(json.dumps([signed_up["UserConfirmed"], sent["Destination"], len(cognito.list_users(UserPoolId=own)["Users"])]))',
    );
    expect(said).toEqual([false, "h***@e***", 0]);
  });

  it("raises Cognito's exceptions by their names", async () => {
    const raised = await python(
      "try:",
      '    cognito.admin_get_user(UserPoolId=pool, Username="nobody")',
      "except cognito.exceptions.UserNotFoundException as e:",
      '    print(json.dumps([e.response["Error"], e.response["ResponseMetadata"]["HTTPStatusCode"]]))',
    );
    expect(raised).toEqual([{ Code: "UserNotFoundException", Message: "User does not exist." }, 400]);
  });

  it("signs in, refreshes and signs out", async () => {
    const said = await python(
      'cognito.admin_create_user(UserPoolId=pool, Username="taro", MessageAction="SUPPRESS")',
      'cognito.admin_set_user_password(UserPoolId=pool, Username="taro", Password="Permanent-1", Permanent=True)',
      'password = {"USERNAME": "taro", "PASSWORD": "Permanent-1"}',
      'tokens = cognito.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=password)["AuthenticationResult"]',
      'refresh = {"REFRESH_TOKEN": tokens["RefreshToken"]}',
      'again = cognito.initiate_auth(ClientId=client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=refresh)["AuthenticationResult"]',
      'who = cognito.get_user(AccessToken=again["AccessToken"])["Username"]',
      'cognito.global_sign_out(AccessToken=again["AccessToken"])',
      "try:",
      '    cognito.get_user(AccessToken=again["AccessToken"])',
      "except cognito.exceptions.NotAuthorizedException as e:",
      '    print(json.dumps([who, "RefreshToken" in again, e.response["Error"]["Message"]]))',
    );
    expect(said).toEqual(["taro", false, "Access Token has been revoked"]);
  });

  it("registers an authenticator app, and signs in by a password and its code", async () => {
    const said = await python(
      "import base64, hashlib, hmac, struct, time",
      "def code(secret, step):",
      "    digest = hmac.new(base64.b32decode(secret + '=' * (-len(secret) % 8)), struct.pack('>Q', step), hashlib.sha1).digest()",
      "    offset = digest[-1] & 15",
      "    return f\"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff) % 1000000:06d}\"",
      'own = cognito.create_user_pool(PoolName="totp")["UserPool"]["Id"]',
      'cognito.set_user_pool_mfa_config(UserPoolId=own, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True})',
      'app = cognito.create_user_pool_client(UserPoolId=own, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])["UserPoolClient"]["ClientId"]',
      'cognito.admin_create_user(UserPoolId=own, Username="jiro", MessageAction="SUPPRESS")',
      'cognito.admin_set_user_password(UserPoolId=own, Username="jiro", Password="Permanent-1", Permanent=True)',
      'password = {"USERNAME": "jiro", "PASSWORD": "Permanent-1"}',
      'sign_in = lambda: cognito.initiate_auth(ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=password)',
      'token = sign_in()["AuthenticationResult"]["AccessToken"]',
      'secret = cognito.associate_software_token(AccessToken=token)["SecretCode"]',
      "step = int(time.time()) // 30",
      'cognito.verify_software_token(AccessToken=token, UserCode=code(secret, step), FriendlyDeviceName="phone")',
      'cognito.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})',
      "asked = sign_in()",
      "def answer(given):",
      '    responses = {"USERNAME": "jiro", "SOFTWARE_TOKEN_MFA_CODE": given}',
      '    return cognito.respond_to_auth_challenge(ClientId=app, ChallengeName=asked["ChallengeName"], Session=asked["Session"], ChallengeResponses=responses)',
      "try:",
      "    answer(code(secret, step))",
      "except cognito.exceptions.ExpiredCodeException as e:",
      '    used = e.response["Error"]["Message"]',
      'signed_in = answer(code(secret, step + 1))["AuthenticationResult"]["TokenType"]',
      'print(json.dumps([asked["ChallengeName"], asked["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"], used, signed_in]))',
    );
    expect(said).toEqual([
      "SOFTWARE_TOKEN_MFA",
      "phone",
      "Your software token has already been used once.",
      "Bearer",
    ]);
  });

  it("assumes a role and calls user pools with its credentials", async () => {
    const arn = await python(
      'sts = boto3.client("sts", endpoint_url=url)',
      "role = f\"arn:aws:iam::{sts.get_caller_identity()['Account']}:role/cognate-power-user\"",
      'keys = sts.assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]',
      'session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])',
      'print(json.dumps(session.client("sts", "us-east-1", endpoint_url=url).get_caller_identity()["Arn"]))',
    );
    expect(arn).toBe("arn:aws:sts::123456789012:assumed-role/cognate-power-user/test");
  });
});
