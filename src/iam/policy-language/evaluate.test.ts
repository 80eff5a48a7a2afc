import { describe, expect, it } from "vitest";
import { denialText } from "./denial.ts";
import { type Decision, matchedStatements } from "./evaluate.ts";
import { awsManagedPolicies, awsManagedPolicy } from "./managed-policies.ts";
import { ALLOWED, applied, ask, NOT_ALLOWED, POOL, policy, type Question } from "./testing.ts";

const POWER_USER = awsManagedPolicy("arn:aws:iam::aws:policy/AmazonCognitoPowerUser")?.document ?? "";
const READ_ONLY = awsManagedPolicy("arn:aws:iam::aws:policy/AmazonCognitoReadOnly")?.document ?? "";
const DENIED: Decision = { effect: "explicitDeny", by: "identity" };
const prodTag = (operator: string) => ({ Condition: { [operator]: { "aws:ResourceTag/env": "prod" } } });

describe("decisions that were checked with an independent evaluator", () => {
  const vectors: [string, Question, Decision][] = [
    ["1 the power user's policy allows AdminInitiateAuth", { identity: [POWER_USER] }, ALLOWED],
    ["2 the read-only policy does not allow it", { identity: [READ_ONLY] }, NOT_ALLOWED],
    [
      "3 the read-only policy allows ListUsers",
      { identity: [READ_ONLY], action: "cognito-idp:ListUsers" },
      ALLOWED,
    ],
    [
      "4 an action matches in any case",
      { identity: [policy({ Action: "COGNITO-IDP:admininitiate*" })] },
      ALLOWED,
    ],
    [
      "5 a wildcard in an ARN matches",
      { identity: [policy({ Resource: "arn:aws:cognito-idp:us-east-1:*:userpool/us-east-1_Ab*" })] },
      ALLOWED,
    ],
    [
      "6 an ARN matches only in its own case",
      { identity: [policy({ Resource: "arn:aws:cognito-idp:us-east-1:*:userpool/us-east-1_ab*" })] },
      NOT_ALLOWED,
    ],
    [
      "7 an action without a resource is allowed only for *",
      {
        identity: [
          policy({
            Action: "cognito-idp:ListUserPools",
            Resource: "arn:aws:cognito-idp:*:*:userpool/*",
          }),
        ],
        action: "cognito-idp:ListUserPools",
        resource: "*",
      },
      NOT_ALLOWED,
    ],
    [
      "8 ? matches one character",
      { identity: [policy({ Action: "cognito-idp:AdminInitiateAut?" })] },
      ALLOWED,
    ],
    [
      "9 NotAction allows every other action",
      { identity: [policy({ NotAction: "cognito-idp:AdminDelete*" })] },
      ALLOWED,
    ],
    [
      "10 a Deny overrides an Allow",
      { identity: [POWER_USER, policy({ Effect: "Deny", Action: "cognito-idp:Admin*" })] },
      DENIED,
    ],
    [
      "11 a Deny on NotResource does not apply to that resource",
      { identity: [POWER_USER, policy({ Effect: "Deny", Action: "*", NotResource: POOL })] },
      ALLOWED,
    ],
    [
      "12 StringNotEquals holds for an absent key",
      { identity: [policy(prodTag("StringNotEquals"))] },
      ALLOWED,
    ],
    [
      "13 StringEquals does not hold for an absent key",
      { identity: [policy(prodTag("StringEquals"))] },
      NOT_ALLOWED,
    ],
    [
      "14 StringEqualsIfExists holds for an absent key",
      { identity: [policy(prodTag("StringEqualsIfExists"))] },
      ALLOWED,
    ],
    [
      "15 Null tests whether a key is absent",
      { identity: [policy({ Condition: { Null: { "aws:ResourceTag/env": "true" } } })] },
      ALLOWED,
    ],
    [
      "16 ForAllValues holds without values",
      {
        identity: [policy({ Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["env"] } } })],
        action: "cognito-idp:CreateUserPool",
        resource: "*",
      },
      ALLOWED,
    ],
    [
      "17 ForAnyValue does not hold without values",
      {
        identity: [policy({ Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": ["env"] } } })],
        action: "cognito-idp:CreateUserPool",
        resource: "*",
      },
      NOT_ALLOWED,
    ],
    [
      "18 a variable in a resource is replaced",
      {
        identity: [policy({ Resource: `${POOL.slice(0, -"AbCdEf123".length)}\${aws:username}` })],
        context: { "aws:username": "AbCdEf123" },
      },
      ALLOWED,
    ],
    [
      "19 a variable is not replaced in version 2008-10-17",
      {
        identity: [
          policy({ Resource: `${POOL.slice(0, -"AbCdEf123".length)}\${aws:username}` }, "2008-10-17"),
        ],
        context: { "aws:username": "AbCdEf123" },
      },
      NOT_ALLOWED,
    ],
    [
      "20 a permissions boundary limits the identity's policies",
      { identity: [POWER_USER], boundary: READ_ONLY },
      { effect: "implicitDeny", by: "boundary" },
    ],
    [
      "21 a session policy limits the identity's policies",
      { identity: [POWER_USER], session: [READ_ONLY] },
      { effect: "implicitDeny", by: "session" },
    ],
    [
      "22 all operators of a condition must hold",
      {
        identity: [
          policy({
            Condition: {
              StringEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] },
              Bool: { "aws:SecureTransport": "true" },
            },
          }),
        ],
        context: { "aws:RequestedRegion": "us-east-1", "aws:SecureTransport": "false" },
      },
      NOT_ALLOWED,
    ],
    [
      "23 IpAddress matches a range",
      {
        identity: [policy({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
        context: { "aws:SourceIp": "10.1.2.3" },
      },
      ALLOWED,
    ],
    [
      "24 ArnLike matches a pattern",
      {
        identity: [policy({ Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/d*" } } })],
        context: { "aws:PrincipalArn": "arn:aws:iam::000000000000:role/dev" },
      },
      ALLOWED,
    ],
  ];
  it.each(vectors)("%s", (_, question, decision) => expect(ask(question)).toEqual(decision));
});

describe("the order of evaluation", () => {
  const denies = policy({ Effect: "Deny", Action: "*" });

  it.each([
    ["boundary", { identity: [POWER_USER], boundary: denies }],
    ["session", { identity: [POWER_USER], session: [denies] }],
  ])("names the %s that denies explicitly", (by, question) =>
    expect(ask(question)).toEqual({ effect: "explicitDeny", by }),
  );

  it("names an explicit deny before an implicit one", () =>
    expect(ask({ identity: [], session: [denies] })).toEqual({ effect: "explicitDeny", by: "session" }));

  it("allows an action that one of several session policies allows", () =>
    expect(ask({ identity: [POWER_USER], session: [READ_ONLY, policy({})] })).toEqual(ALLOWED));

  it("denies everything in a session with an empty list of session policies", () =>
    expect(ask({ identity: [POWER_USER], session: [] })).toEqual({ effect: "implicitDeny", by: "session" }));

  it("denies everything when a policy cannot be parsed, because it might contain a Deny", () => {
    expect(ask({ identity: [POWER_USER, "{"] })).toEqual(DENIED);
    expect(ask({ identity: [POWER_USER, policy({ Effect: "Maybe" })] })).toEqual(DENIED);
  });
});

describe("resources", () => {
  const allows = (Resource: string | string[], resource = POOL) =>
    ask({ identity: [policy({ Resource })], resource }).effect === "allowed";

  it.each<[string | string[], string, boolean]>([
    ["arn:aws:s3:::a?c", "arn:aws:s3:::abc", true],
    ["arn:aws:s3:::a?c", "arn:aws:s3:::a:c", false],
    ["arn:aws:s3:::a*c", "arn:aws:s3:::abbc", true],
    ["arn:aws:s3:::a*c", "arn:aws:s3:::a:c", false],
    ["arn:aws:s3:::a*", "arn:aws:s3:::a:c", true],
    ["arn:aws:s3:*:1:a", "arn:aws:s3:r:1:a", true],
    ["arn:aws:s3:*:1:a", "arn:aws:s3:r:x:1:a", true],
    ["arn:aws:s3:r*x:1:a", "arn:aws:s3:r:x:1:a", false],
    ["arn:aws:s3", "arn:aws:s3:::a", true],
    ["arn:aws:s3", "arn:aws:sqs:::a", false],
    ["arn:aws:s3:r", "arn:aws:s3:r:1:a:b", true],
    [["arn:aws:s3:::a", "arn:aws:s3:::b"], "arn:aws:s3:::b", true],
    [["arn:aws:s3:::a", "arn:aws:s3:::b"], "arn:aws:s3:::c", false],
    [`arn:aws:s3:::*\${aws:username}`, "arn:aws:s3:::x-alice", true],
    [`arn:aws:s3:::*\${aws:username}`, "arn:aws:s3:::x:alice", false],
    [`arn:aws:s3:::\${aws:username}*`, "arn:aws:s3:::alice:x", true],
    [`arn:aws:s3:\${aws:username}:1:a`, "arn:aws:s3:alice:1:a", false],
    [`arn:aws:s3:::a\${*}\${?}\${$}`, "arn:aws:s3:::a*?$", true],
    [`arn:aws:s3:::a\${*}\${?}\${$}`, "arn:aws:s3:::abcd", false],
  ])("%j match %s: %s", (Resource, resource, expected) => expect(allows(Resource, resource)).toBe(expected));

  const LONG = `arn:aws:s3:::${"a".repeat(40)}`;
  it.each<[string, string, boolean]>([
    [`${LONG}?`, `${LONG}b`, true],
    [`${LONG}?`, LONG, false],
    [`${LONG}?`, `${LONG}:`, false],
    [`${LONG}?`, `arn:aws:s3:::${LONG}b`, false],
    [`${LONG}?`, `X${LONG.slice(1)}b`, false],
    [`${LONG}*b?`, `${LONG}xbx`, true],
    [`${LONG}*b?`, `${LONG}:bx`, false],
  ])("of more than 32 characters %s match %s: %s", (Resource, resource, expected) =>
    expect(allows(Resource, resource)).toBe(expected),
  );

  it("match when trailing ARN segments are omitted", () => {
    expect(allows("arn:aws:cognito-idp")).toBe(true);
    expect(allows("arn:aws:cognito-idp:*")).toBe(true);
    expect(allows("arn:aws:sts")).toBe(false);
  });

  it("limit a wildcard in the middle of a segment to that segment", () => {
    expect(allows("arn:aws:cognito-idp:us*1:*:userpool/*")).toBe(true);
    expect(allows("arn:aws:cognito-idp:u*pool/us-east-1_AbCdEf123")).toBe(false);
    expect(allows("arn:aws:cognito-idp:us-east-1?000000000000:userpool/*")).toBe(false);
  });

  it("let a wildcard at the end of a segment match the following colons", () =>
    expect(allows("arn:aws:logs:us-east-1:1:group:*", "arn:aws:logs:us-east-1:1:group:a:stream:b")).toBe(
      true,
    ));

  it("match nothing for a variable without a value, and its default value if it has one", () => {
    const prefix = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_";
    expect(allows(`${prefix}\${aws:PrincipalTag/pool}*`)).toBe(false);
    expect(allows(`${prefix}\${aws:PrincipalTag/pool, 'AbCd'}*`)).toBe(true);
  });

  it("match wildcards in the value of a variable literally", () => {
    const identity = [policy({ Resource: `\${x}` }), policy({ Resource: `arn:aws:s3:::\${aws:username}` })];
    const context = { "aws:username": "*" };
    expect(ask({ identity: identity.slice(1), resource: "arn:aws:s3:::any", context })).toEqual(NOT_ALLOWED);
    expect(ask({ identity: identity.slice(1), resource: "arn:aws:s3:::*", context })).toEqual(ALLOWED);
  });

  it("match a pattern of many wildcards quickly", () => {
    const pattern = `arn:aws:s3:::${"*a".repeat(200)}b`;
    expect(allows(pattern, `arn:aws:s3:::${"a".repeat(2000)}`)).toBe(false);
  });
});

describe("AWS's managed policies", () => {
  it("are valid in this parser", () => {
    for (const { document, name } of awsManagedPolicies()) {
      expect(ask({ identity: [document] }), name).not.toEqual(DENIED);
    }
  });

  it("let AdministratorAccess do everything, and PowerUserAccess neither pass nor assume a role", () => {
    const administrator = awsManagedPolicy("arn:aws:iam::aws:policy/AdministratorAccess")?.document ?? "";
    expect(ask({ identity: [administrator], action: "iam:PassRole" })).toEqual(ALLOWED);
    expect(ask({ identity: [POWER_USER], action: "iam:PassRole" })).toEqual(NOT_ALLOWED);
    expect(ask({ identity: [POWER_USER], action: "sts:AssumeRole" })).toEqual(NOT_ALLOWED);
  });

  it("let PowerUserAccess create service-linked roles only for user pools", () => {
    const create = { identity: [POWER_USER], action: "iam:CreateServiceLinkedRole" };
    expect(ask({ ...create, context: { "iam:AWSServiceName": "cognito-idp.amazonaws.com" } })).toEqual(
      ALLOWED,
    );
    expect(ask({ ...create, context: { "iam:AWSServiceName": "ec2.amazonaws.com" } })).toEqual(NOT_ALLOWED);
  });
});

describe("matched statements of a simulation", () => {
  it("are the statements that deny or, if none denies, those that allow", () => {
    const request = { action: "cognito-idp:ListUsers", resource: POOL, lookup: () => undefined };
    const both = [applied(READ_ONLY), applied(policy({ Sid: "No", Effect: "Deny" }))];
    expect(matchedStatements(both, request).map(({ statement }) => statement.effect)).toEqual(["Deny"]);
    expect(matchedStatements([applied(READ_ONLY)], request)).toHaveLength(1);
  });
});

describe("access denied messages", () => {
  const denial = {
    callerArn: "arn:aws:iam::999999999999:user/userA",
    action: "cognito-idp:AdminRespondToAuthChallenge",
    resource: "arn:aws:cognito-idp:ap-northeast-1:999999999999:userpool/ap-northeast-1_abc",
  };
  const start =
    "User: arn:aws:iam::999999999999:user/userA is not authorized to perform: cognito-idp:AdminRespondToAuthChallenge on resource: arn:aws:cognito-idp:ap-northeast-1:999999999999:userpool/ap-northeast-1_abc";
  const action = "cognito-idp:AdminRespondToAuthChallenge";

  it.each([
    ["implicitDeny", "identity", `because no identity-based policy allows the ${action} action`],
    ["implicitDeny", "boundary", `because no permissions boundary allows the ${action} action`],
    ["implicitDeny", "session", `because no session policy allows the ${action} action`],
    ["implicitDeny", "trust", `because no role trust policy allows the ${action} action`],
    ["explicitDeny", "identity", "with an explicit deny in an identity-based policy"],
    ["explicitDeny", "boundary", "with an explicit deny in a permissions boundary"],
    ["explicitDeny", "session", "with an explicit deny in a session policy"],
    ["explicitDeny", "trust", "with an explicit deny in the role trust policy"],
  ] as const)("%s by %s", (effect, by, context) =>
    expect(denialText(denial, { effect, by })).toBe(`${start} ${context}`),
  );

  it("name no policy when none is given", () => expect(denialText(denial)).toBe(start));
});
