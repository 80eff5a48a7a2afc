import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureBootstrap, type IamEnvironment } from "../../iam/index.ts";
import { openTestIam, type TestIam } from "../../iam/testing.ts";
import { silentLog } from "../../log.ts";
import { handleQueryRequest } from "../query-protocol/index.ts";
import { type ReceivedRequest, WireError } from "../sigv4/index.ts";
import { type Draft, signed } from "../sigv4/testing.ts";
import { type Callers, createCallers } from "./callers.ts";
import { strictTrust, type TrustSettings } from "./settings.ts";

const AT = Date.UTC(2026, 0, 15, 12, 34, 56);
const HOURS = 3_600_000;
const ADMINISTRATOR = "arn:aws:iam::123456789012:user/cognate";

const devTrust: TrustSettings = {
  strangers: "administrator",
  isOwnHost: (host) => host === "localhost:9229",
  isLocalOrigin: (origin) => origin === undefined || origin === "http://localhost:3000",
  explainsSignatures: true,
};

interface Keys {
  readonly keyId: string;
  readonly secret: string;
  readonly sessionToken?: string;
}

let iam: TestIam;
let administrator: Keys;
beforeEach(async () => {
  iam = await openTestIam(AT);
  const { accessKey } = await ensureBootstrap(iam);
  administrator = { keyId: accessKey?.id ?? "", secret: accessKey?.secret ?? "" };
});
afterEach(() => iam.close());

function callersOf(trust: TrustSettings, environment: IamEnvironment = iam): Callers {
  return createCallers({
    iam: environment,
    trust,
    tagsOfPool: async (poolId) => (poolId === "us-east-1_Prod" ? { env: "prod" } : undefined),
  });
}

const poolCall = (keys: Keys, draft: Partial<Draft> = {}): Promise<ReceivedRequest> =>
  signed({ service: "cognito-idp", at: iam.clock.now(), body: "{}", ...keys, ...draft });

type Outcome = Readonly<Record<"arn" | "code" | "message", string | undefined>>;

async function outcomeOf(attempt: Promise<{ arn: string }>): Promise<Outcome> {
  try {
    return { arn: (await attempt).arn, code: undefined, message: undefined };
  } catch (error) {
    if (error instanceof WireError) return { arn: undefined, code: error.code, message: error.message };
    throw error;
  }
}

async function calls(
  request: ReceivedRequest,
  trust = strictTrust,
  UserPoolId = "us-east-1_Ab",
): Promise<Outcome> {
  return outcomeOf(
    callersOf(trust).authorizeUserPools(request, { operation: "AdminGetUser", input: { UserPoolId } }),
  );
}

/** Calls STS or IAM as `keys`. @returns the text in the answer's elements, by name; of lists the first */
async function query(service: "sts" | "iam", keys: Keys, fields: Record<string, string>) {
  const Version = service === "sts" ? "2011-06-15" : "2010-05-08";
  const body = new URLSearchParams({ Version, ...fields }).toString();
  const request = await signed({ service, at: iam.clock.now(), body, ...keys });
  const callers = callersOf(strictTrust);
  const answer = await handleQueryRequest(request, {
    ...iam,
    callers,
    log: silentLog,
    onCall: () => undefined,
  });
  const texts = [...answer.body.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].reverse();
  return Object.fromEntries(texts.map(([, name = "", text = ""]) => [name, text]));
}

async function sessionOf(keys: Keys, fields: Record<string, string> = {}): Promise<Keys> {
  const answer = await query("sts", keys, {
    Action: "AssumeRole",
    RoleArn: "arn:aws:iam::123456789012:role/cognate-power-user",
    RoleSessionName: "session",
    ...fields,
  });
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer;
  return { keyId: AccessKeyId, secret: SecretAccessKey, sessionToken: SessionToken };
}

const UNRECOGNIZED = {
  arn: undefined,
  code: "UnrecognizedClientException",
  message: "The security token included in the request is invalid.",
};

describe("a known key", () => {
  it("is its user, in the region of the signature", async () => {
    const request = await poolCall(administrator, { region: "eu-west-3" });
    const caller = await callersOf(strictTrust).authorizeUserPools(request, {
      operation: "ListUserPools",
      input: {},
    });
    expect(caller).toMatchObject({ arn: ADMINISTRATOR, region: "eu-west-3", kind: "user" });
  });

  it("is verified in dev as in serve, where only dev tells what should have been signed", async () => {
    const wrong = await poolCall({ ...administrator, secret: "wrong" });
    const inServe = await calls(wrong);
    const inDev = await calls(wrong, devTrust);
    expect([inServe.code, inDev.code]).toEqual(["InvalidSignatureException", "InvalidSignatureException"]);
    expect(inServe.message).not.toContain("Canonical String");
    expect(inDev.message).toContain("The Canonical String for this request should have been\n'POST\n/\n");
  });

  it("is refused when it is inactive or deleted, in dev too: it is nobody's, not a stranger's", async () => {
    const request = await poolCall(administrator);
    await iam.directory.change(({ accessKeys }) =>
      accessKeys.update(administrator.keyId, (key) => ({ ...key, status: "Inactive" })),
    );
    expect(await calls(request, devTrust)).toEqual(UNRECOGNIZED);
    await iam.directory.change(({ accessKeys }) => accessKeys.delete(administrator.keyId));
    expect(await calls(request, devTrust)).toEqual(UNRECOGNIZED);
  });

  it("is refused with a session token, which only temporary keys have", async () => {
    expect(await calls(await poolCall({ ...administrator, sessionToken: "token" }), devTrust)).toEqual(
      UNRECOGNIZED,
    );
  });

  it("may use only a region that could be one", async () => {
    expect(await calls(await poolCall(administrator, { region: "mars" }))).toMatchObject({
      code: "InvalidSignatureException",
      message: "Credential should be scoped to a valid region, not 'mars'. ",
    });
  });

  it("has its last use noted, though not every one", async () => {
    const noted = async () => (await iam.store.iam.accessKeys.get(administrator.keyId))?.lastUsed?.at;
    await calls(await poolCall(administrator));
    expect(await noted()).toBe(AT);
    iam.clock.advance(60_000);
    await calls(await poolCall(administrator));
    expect(await noted()).toBe(AT);
    iam.clock.advance(15 * 60_000);
    await calls(await poolCall(administrator));
    expect(await noted()).toBe(AT + 16 * 60_000);
  });
});

describe("a key that nobody here ever made", () => {
  const stranger = { keyId: "AKIAIOSFODNN7EXAMPLE", secret: "anything" };

  it("is refused in serve", async () => expect(await calls(await poolCall(stranger))).toEqual(UNRECOGNIZED));

  it("is the account's administrator in dev, whatever its form and token", async () => {
    expect((await calls(await poolCall(stranger), devTrust)).arn).toBe(ADMINISTRATOR);
    expect((await calls(await poolCall({ ...stranger, keyId: "test" }), devTrust)).arn).toBe(ADMINISTRATOR);
    const withToken = { ...stranger, keyId: "ASIAEXAMPLE", sessionToken: "IQoJb3JpZ2luX2Vj/realAwsToken==" };
    expect((await calls(await poolCall(withToken), devTrust)).arn).toBe(ADMINISTRATOR);
  });

  it("is the administrator by id too, so that roles that trust the administrator let it in", async () => {
    const { caller } = await callersOf(devTrust).authenticate(
      await poolCall(stranger, { service: "sts" }),
      "sts",
    );
    expect(caller.uniqueId).toBe((await iam.store.iam.users.get(iam.accountId, "cognate"))?.uniqueId);
  });

  it("is the administrator even when somebody took that user's rights away", async () => {
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (user) => ({ ...user, attachedPolicyArns: [] })),
    );
    expect((await calls(await poolCall(stranger), devTrust)).arn).toBe(ADMINISTRATOR);
    expect((await calls(await poolCall(administrator), devTrust)).code).toBe("AccessDeniedException");
  });

  it.each([
    ["a page of another site is behind the request", { headers: { origin: "https://evil.example" } }],
    ["a page without an origin is", { headers: { origin: "null" } }],
    ["the server is called by a name that is not its own", { headers: { host: "evil.example:9229" } }],
  ])("is refused in dev when %s", async (_, draft) =>
    expect(await calls(await poolCall(stranger, draft), devTrust)).toEqual(UNRECOGNIZED),
  );

  it("is let in from a page of this machine", async () => {
    const request = await poolCall(stranger, { headers: { origin: "http://localhost:3000" } });
    expect((await calls(request, devTrust)).arn).toBe(ADMINISTRATOR);
  });

  it("must still be signed for the service, and in time", async () => {
    expect((await calls(await poolCall(stranger, { service: "sts" }), devTrust)).code).toBe(
      "InvalidSignatureException",
    );
    const request = await poolCall(stranger);
    iam.clock.advance(6 * 60_000);
    expect((await calls(request, devTrust)).message).toMatch(/^Signature expired/);
  });
});

describe("temporary credentials", () => {
  it("of a role are a session of it, with its rights and no others", async () => {
    const session = await sessionOf(administrator);
    expect(session.keyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect((await calls(await poolCall(session))).arn).toBe(
      "arn:aws:sts::123456789012:assumed-role/cognate-power-user/session",
    );
    expect(await query("iam", session, { Action: "CreateUser", UserName: "x" })).toMatchObject({
      Code: "AccessDenied",
      Message:
        "User: arn:aws:sts::123456789012:assumed-role/cognate-power-user/session is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/x because no identity-based policy allows the iam:CreateUser action",
    });
  });

  it("end when they say", async () => {
    const session = await sessionOf(administrator, { DurationSeconds: "900" });
    iam.clock.advance(900_000 - 1000);
    expect((await calls(await poolCall(session))).code).toBeUndefined();
    iam.clock.advance(1000);
    expect(await calls(await poolCall(session), devTrust)).toEqual({
      arn: undefined,
      code: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    });
  });

  it("are refused without their token, with another's, with one that was altered, and of another server", async () => {
    const [one, other] = [await sessionOf(administrator), await sessionOf(administrator)];
    const { sessionToken = "", ...withoutToken } = one;
    expect(await calls(await poolCall(withoutToken), devTrust)).toEqual(UNRECOGNIZED);
    const swapped = { ...one, sessionToken: other.sessionToken ?? "" };
    expect(await calls(await poolCall(swapped), devTrust)).toEqual(UNRECOGNIZED);
    const middle = Math.floor(sessionToken.length / 2);
    const flipped = sessionToken[middle] === "A" ? "B" : "A";
    const altered = sessionToken.slice(0, middle) + flipped + sessionToken.slice(middle + 1);
    expect(await calls(await poolCall({ ...one, sessionToken: altered }), devTrust)).toEqual(UNRECOGNIZED);

    const elsewhere = { ...iam, sealer: { seal: iam.sealer.seal, open: () => undefined } };
    const there = callersOf(devTrust, elsewhere).authenticate(await poolCall(one), "cognito-idp");
    expect(await outcomeOf(there.then(({ caller }) => caller))).toEqual(UNRECOGNIZED);
  });

  it("are refused with a wrong secret", async () => {
    const session = await sessionOf(administrator);
    expect((await calls(await poolCall({ ...session, secret: "wrong" }), devTrust)).code).toBe(
      "InvalidSignatureException",
    );
  });

  it("end with their role, and do not come back with one of the same name", async () => {
    const session = await sessionOf(administrator);
    await iam.directory.change(async ({ roles }) => {
      const role = await roles.get(iam.accountId, "cognate-power-user");
      await roles.delete(iam.accountId, "cognate-power-user");
      if (role) await roles.insert({ ...role, uniqueId: "AROANEW" });
    });
    expect(await calls(await poolCall(session), devTrust)).toEqual(UNRECOGNIZED);
  });

  it("of GetSessionToken are the user, but may not call IAM nor ask for more", async () => {
    const answer = await query("sts", administrator, { Action: "GetSessionToken" });
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer;
    const session = { keyId: AccessKeyId, secret: SecretAccessKey, sessionToken: SessionToken };
    expect(answer.Expiration).toBe("2026-01-16T00:34:56Z");
    expect((await calls(await poolCall(session))).arn).toBe(ADMINISTRATOR);
    expect(await query("iam", session, { Action: "ListUsers" })).toMatchObject({
      Code: "InvalidClientTokenId",
      Message: "The security token included in the request is invalid.",
    });
    expect(await query("sts", session, { Action: "GetSessionToken" })).toMatchObject({
      Code: "AccessDenied",
      Message: "Cannot call GetSessionToken with session credentials",
    });
  });
});

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

  it("bound a role's session by session policies, inline and managed, which allow nothing themselves", async () => {
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

  it("refuse session policies that are none, are not there, or are too long", async () => {
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
    await trust([ADMINISTRATOR], ["sts:AssumeRole", "sts:TagSession"]);
    const tags = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        [`Tags.member.${i + 1}.Key`, `k${i}`],
        [`Tags.member.${i + 1}.Value`, "v".repeat(120)],
      ]).flat(),
    );
    expect(await assume(administrator, tags)).toMatchObject({ Code: "PackedPolicyTooLarge" });
  });

  it("tell how much room policies and tags take", async () => {
    expect((await assume(administrator)).PackedPolicySize).toBeUndefined();
    await trust([ADMINISTRATOR], ["sts:AssumeRole", "sts:TagSession"]);
    const tags = { "Tags.member.1.Key": "team", "Tags.member.1.Value": "red" };
    expect((await assume(administrator, tags)).PackedPolicySize).toBe("1");
  });

  it("hold to the role's longest session, and to an hour from temporary credentials", async () => {
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

  it("let a role assume itself only when it trusts itself", async () => {
    const session = await sessionOf(administrator);
    expect(await assume(session)).toMatchObject({ Code: "AccessDenied" });
    await trust([ADMINISTRATOR, ROLE]);
    expect((await assume(session)).AccessKeyId).toMatch(/^ASIA/);
  });

  it("leave it to the caller's policies when the role trusts the account", async () => {
    await trust(["123456789012"]);
    expect((await assume(administrator)).AccessKeyId).toMatch(/^ASIA/);
    const session = await sessionOf(administrator);
    expect(await assume(session)).toMatchObject({
      Code: "AccessDenied",
      Message: `User: arn:aws:sts::123456789012:assumed-role/cognate-power-user/session is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
    });
  });

  it("keep a named session within its boundary of session policies, but let one session in by its own ARN", async () => {
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

  it("obey a Deny on the caller's side, whatever the role trusts, and name it", async () => {
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

  it("refuse a role that is not there like one that trusts somebody else", async () => {
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

  it("do not let in a user of the same name who is not the one that the role meant", async () => {
    const user = await iam.store.iam.users.get(iam.accountId, "cognate");
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (current) => ({ ...current, uniqueId: "AIDANEW" })),
    );
    expect(await assume(administrator)).toMatchObject({ Code: "AccessDenied" });
    const shown = await query("iam", administrator, { Action: "GetRole", RoleName: "cognate-power-user" });
    expect(decodeURIComponent(shown.AssumeRolePolicyDocument ?? "")).toContain(`"AWS":"${user?.uniqueId}"`);
  });

  it("need sts:TagSession for tags, which then are the principal's, and hand transitive ones on", async () => {
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

  it("need sts:SetSourceIdentity for a source identity, which then stays", async () => {
    expect(await assume(administrator, { SourceIdentity: "jane" })).toMatchObject({ Code: "AccessDenied" });
    await trust([ADMINISTRATOR, ROLE], ["sts:AssumeRole", "sts:SetSourceIdentity"]);
    const first = await sessionOf(administrator, { SourceIdentity: "jane" });
    expect((await assume(first, { SourceIdentity: "john" })).SourceIdentity).toBe("jane");
  });

  it("take no MFA code, since users have no device", async () => {
    const mfa = { SerialNumber: "arn:aws:iam::123456789012:mfa/cognate", TokenCode: "123456" };
    expect(await assume(administrator, mfa)).toMatchObject({
      Code: "AccessDenied",
      Message: "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
    });
  });

  it("check what is asked for by the model", async () => {
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

describe("permissions on user pools", () => {
  async function alice(statement: object): Promise<Keys> {
    await query("iam", administrator, { Action: "CreateUser", UserName: "alice", Path: "/team/" });
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "cognito-idp:*", Resource: "*", ...statement }],
    });
    const put = { Action: "PutUserPolicy", UserName: "alice", PolicyName: "p", PolicyDocument };
    expect((await query("iam", administrator, put)).Code).toBeUndefined();
    const key = await query("iam", administrator, { Action: "CreateAccessKey", UserName: "alice" });
    return { keyId: key.AccessKeyId ?? "", secret: key.SecretAccessKey ?? "" };
  }

  it("are refused in AWS's words, with the key Message", async () => {
    const keys = await alice({ Action: "cognito-idp:List*" });
    const refused = calls(await poolCall(keys));
    expect((await refused).message).toBe(
      "User: arn:aws:iam::123456789012:user/team/alice is not authorized to perform: cognito-idp:AdminGetUser on resource: arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab because no identity-based policy allows the cognito-idp:AdminGetUser action",
    );
    const call = { operation: "AdminGetUser", input: {} } as const;
    await expect(callersOf(strictTrust).authorizeUserPools(await poolCall(keys), call)).rejects.toMatchObject(
      {
        code: "AccessDeniedException",
        messageKey: "Message",
      },
    );
  });

  it("can be for one pool", async () => {
    const keys = await alice({ Resource: "arn:aws:cognito-idp:*:*:userpool/us-east-1_Ab" });
    expect((await calls(await poolCall(keys))).code).toBeUndefined();
    expect((await calls(await poolCall(keys), strictTrust, "us-east-1_Cd")).code).toBe(
      "AccessDeniedException",
    );
  });

  it("can ask for the pool's tags", async () => {
    const keys = await alice({ Condition: { StringEquals: { "aws:ResourceTag/env": "prod" } } });
    expect((await calls(await poolCall(keys), strictTrust, "us-east-1_Prod")).code).toBeUndefined();
    expect((await calls(await poolCall(keys), strictTrust, "us-east-1_Ab")).code).toBe(
      "AccessDeniedException",
    );
  });

  it("can ask where the call comes from, when, by which region and over what", async () => {
    const keys = await alice({
      Condition: {
        IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
        Bool: { "aws:SecureTransport": "true" },
        StringEquals: { "aws:RequestedRegion": "us-east-1", "aws:username": "alice" },
        DateLessThan: { "aws:CurrentTime": "2026-01-16T00:00:00Z" },
        Null: { "aws:MultiFactorAuthPresent": "true" },
      },
    });
    const request = { ...(await poolCall(keys)), sourceIp: "10.1.2.3", isSecure: true };
    expect((await calls(request)).code).toBeUndefined();
    expect((await calls({ ...request, isSecure: false })).code).toBe("AccessDeniedException");
    expect((await calls({ ...request, sourceIp: "11.1.2.3" })).code).toBe("AccessDeniedException");
    expect((await calls(await poolCall(keys, { region: "eu-west-1" }))).code).toBe("AccessDeniedException");
    iam.clock.advance(12 * HOURS);
    const later = { ...(await poolCall(keys)), sourceIp: "10.1.2.3", isSecure: true };
    expect((await calls(later)).code).toBe("AccessDeniedException");
  });

  it("change at once when policies do", async () => {
    const keys = await alice({});
    expect((await calls(await poolCall(keys))).code).toBeUndefined();
    await query("iam", administrator, { Action: "DeleteUserPolicy", UserName: "alice", PolicyName: "p" });
    expect((await calls(await poolCall(keys))).code).toBe("AccessDeniedException");
  });
});
