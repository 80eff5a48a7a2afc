import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestIam } from "../../iam/testing.ts";
import { type Keys, openTestCallers, type TestCallers } from "./testing.ts";

const AT = Date.UTC(2026, 0, 15, 12, 34, 56);
const BOB = "arn:aws:sts::123456789012:federated-user/bob";

let iam: TestIam;
let administrator: Keys;
let poolCall: TestCallers["poolCall"];
let calls: TestCallers["calls"];
let query: TestCallers["query"];
let sessionOf: TestCallers["sessionOf"];
beforeEach(async () => {
  ({ iam, administrator, poolCall, calls, query, sessionOf } = await openTestCallers(AT));
});
afterEach(() => iam.close());

const allow = (Action: string, rest: object = {}) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: "*", ...rest }],
  });

const federate = (keys: Keys, fields: Record<string, string> = {}) =>
  query("sts", keys, { Action: "GetFederationToken", Name: "bob", ...fields });

async function sessionOfBob(fields: Record<string, string> = {}): Promise<Keys> {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = await federate(administrator, fields);
  return { keyId: AccessKeyId, secret: SecretAccessKey, sessionToken: SessionToken };
}

/** A new user's key. @param policy the user's only policy */
async function userWith(policy: string): Promise<Keys> {
  const UserName = "proxy";
  await query("iam", administrator, { Action: "CreateUser", UserName });
  const put = { Action: "PutUserPolicy", UserName, PolicyName: "own", PolicyDocument: policy };
  await query("iam", administrator, put);
  const made = await query("iam", administrator, { Action: "CreateAccessKey", UserName });
  return { keyId: made.AccessKeyId ?? "", secret: made.SecretAccessKey ?? "" };
}

describe("GetFederationToken", () => {
  it("returns credentials for twelve hours, the federated user, and the size of the policy", async () => {
    expect(await federate(administrator, { Policy: allow("cognito-idp:*") })).toMatchObject({
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      Expiration: "2026-01-16T00:34:56Z",
      FederatedUserId: "123456789012:bob",
      Arn: BOB,
      PackedPolicySize: "5",
    });
    expect(await federate(administrator, { DurationSeconds: "129600" })).toMatchObject({
      Expiration: "2026-01-17T00:34:56Z",
    });
  });

  it.each([
    [
      { Name: "b" },
      "Value 'b' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      { DurationSeconds: "129601" },
      "Value '129601' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 129600",
    ],
  ])("rejects %j", async (fields, text) => {
    expect(await federate(administrator, fields)).toMatchObject({
      Code: "ValidationError",
      Message: `1 validation error detected: ${text}`,
    });
  });

  it("rejects temporary credentials", async () => {
    expect(await federate(await sessionOf(administrator))).toMatchObject({
      Code: "AccessDenied",
      Message: "Cannot call GetFederationToken with session credentials",
    });
  });

  it("requires a permission on the federated user, and another one for tags", async () => {
    const proxy = await userWith(allow("sts:GetFederationToken", { Resource: BOB }));
    const refusal = (action: string, name: string) => ({
      Code: "AccessDenied",
      Message: `User: arn:aws:iam::123456789012:user/proxy is not authorized to perform: sts:${action} on resource: arn:aws:sts::123456789012:federated-user/${name} because no identity-based policy allows the sts:${action} action`,
    });
    expect(await federate(proxy)).toMatchObject({ Arn: BOB });
    expect(await federate(proxy, { Name: "eve" })).toMatchObject(refusal("GetFederationToken", "eve"));
    const tags = { "Tags.member.1.Key": "team", "Tags.member.1.Value": "red" };
    expect(await federate(proxy, tags)).toMatchObject(refusal("TagSession", "bob"));
  });
});

describe("a federated user", () => {
  it("is its own principal to GetCallerIdentity and to condition keys", async () => {
    const Policy = allow("cognito-idp:*", {
      Condition: {
        StringEquals: {
          "aws:PrincipalType": "FederatedUser",
          "aws:PrincipalArn": BOB,
          "aws:userid": "123456789012:bob",
          "aws:PrincipalTag/team": "red",
        },
        Null: { "aws:username": "true", "aws:TokenIssueTime": "false" },
      },
    });
    const bob = await sessionOfBob({ Policy, "Tags.member.1.Key": "team", "Tags.member.1.Value": "red" });
    expect(await query("sts", bob, { Action: "GetCallerIdentity" })).toMatchObject({
      UserId: "123456789012:bob",
      Account: "123456789012",
      Arn: BOB,
    });
    expect(await calls(await poolCall(bob))).toMatchObject({ arn: BOB, code: undefined });
  });

  it("may do nothing without a session policy", async () => {
    expect((await calls(await poolCall(await sessionOfBob()))).message).toBe(
      `User: ${BOB} is not authorized to perform: cognito-idp:AdminGetUser on resource: arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab because no session policy allows the cognito-idp:AdminGetUser action`,
    );
  });

  it("has the tags of the request over those of the user", async () => {
    const tags = { "Tags.member.1.Key": "team", "Tags.member.2.Key": "place", "Tags.member.2.Value": "here" };
    const ofUser = { UserName: "cognate", ...tags, "Tags.member.1.Value": "blue" };
    await query("iam", administrator, { Action: "TagUser", ...ofUser });
    const Policy = allow("cognito-idp:*", {
      Condition: { StringEquals: { "aws:PrincipalTag/team": "red", "aws:PrincipalTag/place": "here" } },
    });
    const ofRequest = { "Tags.member.1.Key": "team", "Tags.member.1.Value": "red" };
    expect(await calls(await poolCall(await sessionOfBob({ Policy, ...ofRequest })))).toMatchObject({
      arn: BOB,
    });
    expect((await calls(await poolCall(await sessionOfBob({ Policy })))).code).toBe("AccessDeniedException");
  });

  it("is limited by the permissions boundary of the user", async () => {
    const PermissionsBoundary = "arn:aws:iam::aws:policy/IAMFullAccess";
    const bob = await sessionOfBob({ Policy: allow("*") });
    expect(await calls(await poolCall(bob))).toMatchObject({ arn: BOB });
    await query("iam", administrator, {
      Action: "PutUserPermissionsBoundary",
      UserName: "cognate",
      PermissionsBoundary,
    });
    expect((await calls(await poolCall(bob))).message).toMatch(
      / because no permissions boundary allows the /,
    );
  });

  it("cannot call IAM, nor STS but for GetCallerIdentity", async () => {
    const bob = await sessionOfBob({ Policy: allow("*") });
    expect(await query("iam", bob, { Action: "ListUsers" })).toMatchObject({ Code: "InvalidClientTokenId" });
    for (const Action of ["AssumeRole", "GetSessionToken", "GetAccessKeyInfo", "GetFederationToken"]) {
      expect(await query("sts", bob, { Action })).toMatchObject({
        Code: "AccessDenied",
        Message: `Cannot call ${Action} with session credentials`,
      });
    }
  });

  it("ends with the user whose permissions it has", async () => {
    const bob = await sessionOfBob({ Policy: allow("*") });
    await iam.directory.change(async ({ users }) => {
      const user = await users.get(iam.accountId, "cognate");
      await users.delete(iam.accountId, "cognate");
      if (user) await users.insert({ ...user, uniqueId: "AIDANEW" });
    });
    expect((await calls(await poolCall(bob))).code).toBe("UnrecognizedClientException");
  });
});
