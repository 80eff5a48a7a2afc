import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestIam } from "../../iam/testing.ts";
import { strictTrust } from "../callers/index.ts";
import { type Keys, openTestCallers, outcomeOf, type TestCallers } from "./testing.ts";

const AT = Date.UTC(2026, 0, 15, 12, 34, 56);
const ADMINISTRATOR = "arn:aws:iam::123456789012:user/cognate";

let iam: TestIam;
let administrator: Keys;
let callersOf: TestCallers["callersOf"];
let poolCall: TestCallers["poolCall"];
let calls: TestCallers["calls"];
let query: TestCallers["query"];
let sessionOf: TestCallers["sessionOf"];
beforeEach(async () => {
  ({ iam, administrator, callersOf, poolCall, calls, query, sessionOf } = await openTestCallers(AT));
});
afterEach(() => iam.close());

describe("limits of sessions", () => {
  const ROLE = "arn:aws:iam::123456789012:role/cognate-power-user";
  const assume = (keys: Keys, fields: Record<string, string> = {}) =>
    query("sts", keys, { Action: "AssumeRole", RoleArn: ROLE, RoleSessionName: "s2", ...fields });

  async function trust(principals: string[], Action: string | string[] = "sts:AssumeRole") {
    const Statement = [{ Effect: "Allow", Principal: { AWS: principals }, Action }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    const fields = { Action: "UpdateAssumeRolePolicy", RoleName: "cognate-power-user", PolicyDocument };
    expect((await query("iam", administrator, fields)).Code).toBeUndefined();
  }

  it("restrict a role's session by inline and managed session policies, which grant nothing themselves", async () => {
    const POLICY = "arn:aws:iam::aws:policy/AmazonCognitoReadOnly";
    const readOnly = await sessionOf(administrator, { "PolicyArns.member.1.arn": POLICY });
    expect((await calls(await poolCall(readOnly))).code).toBeUndefined();
    const refused = await outcomeOf(
      callersOf(strictTrust).authorizeUserPools(await poolCall(readOnly), {
        operation: "AdminDeleteUser",
        input: { UserPoolId: "us-east-1_Ab" },
      }),
    );
    expect(refused.message).toMatch(
      /because no session policy allows the cognito-idp:AdminDeleteUser action$/,
    );

    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "iam:*", Resource: "*" }],
    });
    const iamOnly = await sessionOf(administrator, { Policy });
    expect((await calls(await poolCall(iamOnly))).message).toMatch(/no session policy allows/);
    expect((await query("iam", iamOnly, { Action: "ListUsers" })).Message).toMatch(
      /no identity-based policy/,
    );
  });

  it("reject session policies that are malformed, unknown or too long", async () => {
    expect(await assume(administrator, { Policy: "{" })).toMatchObject({
      Code: "MalformedPolicyDocument",
      Message: "The policy is not in the valid JSON format.",
    });
    expect(await assume(administrator, { Policy: '{"Statement":[]}' })).toMatchObject({
      Code: "MalformedPolicyDocument",
    });
    expect(
      await assume(administrator, { "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/NoSuchPolicy" }),
    ).toMatchObject({ Code: "MalformedPolicyDocument" });
    const ARN = "arn:aws:iam::aws:policy/AmazonCognitoReadOnly";
    const eleven = Array.from({ length: 11 }, (_, i) => [`PolicyArns.member.${i + 1}.arn`, ARN]);
    expect(await assume(administrator, Object.fromEntries(eleven))).toMatchObject({
      Code: "ValidationError",
      Message: expect.stringMatching(
        /^1 validation error detected: Value '\[PolicyDescriptorType\(arn=arn:.*\)\]' at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10$/,
      ),
    });
    await trust([ADMINISTRATOR], ["sts:AssumeRole", "sts:TagSession"]);
    const tags = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        [`Tags.member.${i + 1}.Key`, `k${i}`],
        [`Tags.member.${i + 1}.Value`, "v".repeat(120)],
      ]).flat(),
    );
    expect(await assume(administrator, tags)).toMatchObject({ Code: "PackedPolicyTooLarge" });
    // Longer than any policy, so it is not parsed.
    expect(await assume(administrator, { Policy: "{".repeat(131_073) })).toMatchObject({
      Code: "PackedPolicyTooLarge",
      Message: "Packed size of session policies and tags consumes 6401% of allotted space.",
    });
  });

  it("report the packed size of policies and tags", async () => {
    expect((await assume(administrator)).PackedPolicySize).toBeUndefined();
    await trust([ADMINISTRATOR], ["sts:AssumeRole", "sts:TagSession"]);
    const tags = { "Tags.member.1.Key": "team", "Tags.member.1.Value": "red" };
    expect((await assume(administrator, tags)).PackedPolicySize).toBe("1");
  });

  it("allow the role's maximum duration, and one hour for calls with temporary credentials", async () => {
    expect(await assume(administrator, { DurationSeconds: "43200" })).toMatchObject({
      Expiration: "2026-01-16T00:34:56Z",
    });
    const shorten = { Action: "UpdateRole", RoleName: "cognate-power-user", MaxSessionDuration: "7200" };
    await query("iam", administrator, shorten);
    expect(await assume(administrator, { DurationSeconds: "7201" })).toMatchObject({
      Code: "ValidationError",
      Message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    });
    await trust([ADMINISTRATOR, ROLE]);
    const session = await sessionOf(administrator);
    expect(await assume(session, { DurationSeconds: "7200" })).toMatchObject({
      Code: "ValidationError",
      Message:
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    });
    expect((await assume(session)).AccessKeyId).toMatch(/^ASIA/);
  });

  it("allow a role to assume itself only if its trust policy names it", async () => {
    const session = await sessionOf(administrator);
    expect(await assume(session)).toMatchObject({ Code: "AccessDenied" });
    await trust([ADMINISTRATOR, ROLE]);
    expect((await assume(session)).AccessKeyId).toMatch(/^ASIA/);
  });

  it("depend on the caller's policies when the role trusts the account", async () => {
    await trust(["123456789012"]);
    expect((await assume(administrator)).AccessKeyId).toMatch(/^ASIA/);
    const session = await sessionOf(administrator);
    expect(await assume(session)).toMatchObject({
      Code: "AccessDenied",
      Message: `User: arn:aws:sts::123456789012:assumed-role/cognate-power-user/session is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
    });
  });

  it("restrict a session that is trusted by its role, but not one that is trusted by its own ARN", async () => {
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "cognito-idp:*", Resource: "*" }],
    });
    await trust([ADMINISTRATOR, ROLE]);
    const bounded = await sessionOf(administrator, { Policy });
    expect(await assume(bounded)).toMatchObject({ Code: "AccessDenied" });
    await trust([ADMINISTRATOR, "arn:aws:sts::123456789012:assumed-role/cognate-power-user/session"]);
    expect((await assume(bounded)).AccessKeyId).toMatch(/^ASIA/);
  });

  it("apply a Deny of the caller's policies, whatever the role trusts, and name it", async () => {
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "sts:*", Resource: "*" }],
    });
    const put = { Action: "PutUserPolicy", UserName: "cognate", PolicyName: "no", PolicyDocument };
    await query("iam", administrator, put);
    expect(await assume(administrator)).toMatchObject({
      Code: "AccessDenied",
      Message: `User: ${ADMINISTRATOR} is not authorized to perform: sts:AssumeRole on resource: ${ROLE} with an explicit deny in an identity-based policy`,
    });
    expect((await query("sts", administrator, { Action: "GetCallerIdentity" })).Arn).toBe(ADMINISTRATOR);
  });

  it("give the same answer for an unknown role as for one without trust in the caller", async () => {
    const RoleArn = "arn:aws:iam::123456789012:role/nobody";
    expect(await assume(administrator, { RoleArn })).toMatchObject({
      Code: "AccessDenied",
      Message: `User: ${ADMINISTRATOR} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
    expect(await assume(administrator, { RoleArn: "arn:aws:iam::123456789012:user/cognate" })).toMatchObject({
      Code: "ValidationError",
      Message: "Request ARN is invalid",
    });
  });

  it("reject a new user with the name of the deleted user that the role trusted", async () => {
    const user = await iam.store.iam.users.get(iam.accountId, "cognate");
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (current) => ({ ...current, uniqueId: "AIDANEW" })),
    );
    expect(await assume(administrator)).toMatchObject({ Code: "AccessDenied" });
    const shown = await query("iam", administrator, { Action: "GetRole", RoleName: "cognate-power-user" });
    expect(decodeURIComponent(shown.AssumeRolePolicyDocument ?? "")).toContain(`"AWS":"${user?.uniqueId}"`);
  });

  it("require sts:TagSession for tags, make them the principal's, and pass transitive ones on", async () => {
    const tags = {
      "Tags.member.1.Key": "team",
      "Tags.member.1.Value": "red",
      "TransitiveTagKeys.member.1": "team",
    };
    expect(await assume(administrator, tags)).toMatchObject({
      Code: "AccessDenied",
      Message: expect.stringContaining("sts:TagSession"),
    });
    await trust([ADMINISTRATOR, ROLE], ["sts:AssumeRole", "sts:TagSession"]);
    const first = await sessionOf(administrator, tags);
    expect(await assume(first, { "Tags.member.1.Key": "Team", "Tags.member.1.Value": "blue" })).toMatchObject(
      {
        Code: "ValidationError",
      },
    );
    const second = await sessionOf(first);
    const { caller } = await callersOf(strictTrust).authenticate(
      await poolCall(second, { service: "sts" }),
      "sts",
    );
    expect(caller.tags).toEqual({ team: "red" });
  });

  it("override the role's tags, without regard to the case of keys", async () => {
    await query("iam", administrator, {
      Action: "TagRole",
      RoleName: "cognate-power-user",
      "Tags.member.1.Key": "team",
      "Tags.member.1.Value": "blue",
    });
    await trust([ADMINISTRATOR], ["sts:AssumeRole", "sts:TagSession"]);
    const session = await sessionOf(administrator, {
      "Tags.member.1.Key": "Team",
      "Tags.member.1.Value": "red",
    });
    const request = await poolCall(session, { service: "sts" });
    const { caller, lookup } = await callersOf(strictTrust).authenticate(request, "sts");
    expect(caller.tags).toEqual({ Team: "red" });
    expect(lookup("aws:principaltag/team")).toBe("red");
  });

  it("reject tags whose keys differ only by case", async () => {
    await trust([ADMINISTRATOR], ["sts:AssumeRole", "sts:TagSession"]);
    const tags = {
      "Tags.member.1.Key": "team",
      "Tags.member.1.Value": "red",
      "Tags.member.2.Key": "Team",
      "Tags.member.2.Value": "blue",
    };
    expect(await assume(administrator, tags)).toMatchObject({
      Code: "ValidationError",
      Message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    });
  });

  it("pass on a tag whose key was named as transitive in another case", async () => {
    await trust([ADMINISTRATOR, ROLE], ["sts:AssumeRole", "sts:TagSession"]);
    const tags = {
      "Tags.member.1.Key": "Team",
      "Tags.member.1.Value": "red",
      "TransitiveTagKeys.member.1": "team",
    };
    const second = await sessionOf(await sessionOf(administrator, tags));
    const request = await poolCall(second, { service: "sts" });
    const { caller } = await callersOf(strictTrust).authenticate(request, "sts");
    expect(caller.tags).toEqual({ Team: "red" });
  });

  it("require sts:SetSourceIdentity for a source identity, and keep it in chained sessions", async () => {
    expect(await assume(administrator, { SourceIdentity: "jane" })).toMatchObject({ Code: "AccessDenied" });
    await trust([ADMINISTRATOR, ROLE], ["sts:AssumeRole", "sts:SetSourceIdentity"]);
    const first = await sessionOf(administrator, { SourceIdentity: "jane" });
    expect((await assume(first, { SourceIdentity: "john" })).SourceIdentity).toBe("jane");
  });

  it("reject an MFA code, because users have no device", async () => {
    const mfa = { SerialNumber: "arn:aws:iam::123456789012:mfa/cognate", TokenCode: "123456" };
    expect(await assume(administrator, mfa)).toMatchObject({
      Code: "AccessDenied",
      Message: "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
    });
  });

  it("check the input against the API model", async () => {
    expect(await assume(administrator, { RoleSessionName: "a" })).toMatchObject({
      Code: "ValidationError",
      Message:
        "1 validation error detected: Value 'a' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
    });
    expect(await query("sts", administrator, { Action: "Nope" })).toMatchObject({
      Code: "InvalidAction",
      Message: "Could not find operation Nope for version 2011-06-15",
    });
    expect(await query("sts", administrator, {})).toMatchObject({ Code: "MissingAction" });
  });
});
