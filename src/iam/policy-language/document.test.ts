import { describe, expect, it } from "vitest";
import { type PolicyKind, PolicySyntaxError, parsePolicy, policySize } from "./document.ts";

const STATEMENT = { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" };
const TRUST = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "123456789012" } };

function complaint(document: unknown, kind: PolicyKind = "identity"): string | undefined {
  try {
    parsePolicy(typeof document === "string" ? document : JSON.stringify(document), kind);
    return undefined;
  } catch (error) {
    if (error instanceof PolicySyntaxError) return error.message;
    throw error;
  }
}

const withStatement = (statement: object) => ({
  Version: "2012-10-17",
  Statement: [{ ...STATEMENT, ...statement }],
});

describe("valid policy documents", () => {
  it.each([
    ["one statement that is not a list", { Version: "2012-10-17", Statement: STATEMENT }],
    ["no version", { Statement: [STATEMENT] }],
    ["the old version", { Version: "2008-10-17", Id: "x", Statement: [STATEMENT] }],
    [
      "numbers and booleans in conditions",
      withStatement({ Condition: { Bool: { "aws:SecureTransport": true } } }),
    ],
    ["an empty condition", withStatement({ Condition: {} })],
    [
      "dates and variables in their place",
      withStatement({
        Condition: { DateLessThan: { "aws:CurrentTime": ["2026-01-15", `\${aws:PrincipalTag/until}`] } },
      }),
    ],
    [
      "several statements without a Sid, and with an empty one",
      {
        Statement: [
          STATEMENT,
          { ...STATEMENT, Effect: "Deny" },
          { ...STATEMENT, Sid: "" },
          { ...STATEMENT, Sid: "" },
        ],
      },
    ],
    ...["aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"].map(
      (partition): [string, object] => [
        `a resource of the partition ${partition}`,
        withStatement({ Resource: `arn:${partition}:s3:::b` }),
      ],
    ),
    ...[
      "**",
      "arn:*:s3:::b",
      "arn:aws:iam::1:user/a",
      "arn:aws:iam:*:1:user/a",
      "arn:aws:iam",
      "arn:aws:s3:r:1:b",
    ].map((Resource): [string, object] => [`the resource ${Resource}`, withStatement({ Resource })]),
  ])("%s", (_, document) => expect(complaint(document)).toBeUndefined());

  it.each([
    ["an account", { AWS: "123456789012" }],
    ["everyone", "*"],
    ["services", { Service: ["ec2.amazonaws.com"] }],
    ["providers", { Federated: "cognito-identity.amazonaws.com" }],
    ["canonical users", { CanonicalUser: "79a59df900b949e55d96a1e698fbaced" }],
  ])("accepts a trust policy for %s", (_, Principal) =>
    expect(complaint({ Statement: [{ ...TRUST, Principal }] }, "trust")).toBeUndefined(),
  );
});

it("accepts actions of a trust policy in capital letters", () =>
  expect(complaint({ Statement: [{ ...TRUST, Action: "STS:AssumeRole" }] }, "trust")).toBeUndefined());

describe("errors in a policy document", () => {
  it.each([
    ["text that is not JSON", "{", "Syntax errors in policy."],
    ["a list instead of an object", "[]", "Syntax errors in policy."],
    ["an unknown element", { ...withStatement({}), Foo: 1 }, "Syntax errors in policy."],
    ["an unknown version", { Version: "2020-01-01", Statement: [STATEMENT] }, "Syntax errors in policy."],
    ["no statement", { Version: "2012-10-17" }, "Syntax errors in policy."],
    ["an empty list of statements", { Version: "2012-10-17", Statement: [] }, "Syntax errors in policy."],
    ["an unknown element of a statement", withStatement({ Foo: 1 }), "Syntax errors in policy."],
    ["Action and NotAction", withStatement({ NotAction: "*" }), "Syntax errors in policy."],
    ["Resource and NotResource", withStatement({ NotResource: "*" }), "Syntax errors in policy."],
    [
      "Principal and NotPrincipal",
      withStatement({ Principal: "*", NotPrincipal: "*" }),
      "Syntax errors in policy.",
    ],
    ["an Id that is not text", { ...withStatement({}), Id: 1 }, "Syntax errors in policy."],
    ["a Sid that is not text", withStatement({ Sid: 1 }), "Syntax errors in policy."],
    ["an action that is not text", withStatement({ Action: [1] }), "Syntax errors in policy."],
    ["an effect that is not text", withStatement({ Effect: ["Allow"] }), "Syntax errors in policy."],
    ["an effect that starts with Allow", withStatement({ Effect: "Allowed" }), "Syntax errors in policy."],
    ["an effect that ends with deny", withStatement({ Effect: "Undeny" }), "Syntax errors in policy."],
    [
      "an object as value of a condition",
      withStatement({ Condition: { StringEquals: { a: { b: "c" } } } }),
      "Syntax errors in policy.",
    ],
    [
      "null as value of a condition",
      withStatement({ Condition: { Bool: { a: null } } }),
      "Syntax errors in policy.",
    ],
    [
      "Null with a quantifier",
      withStatement({ Condition: { "ForAnyValue:Null": { a: "true" } } }),
      "Syntax errors in policy.",
    ],
    ["an unknown effect", withStatement({ Effect: "Maybe" }), "Syntax errors in policy."],
    ["an effect in the wrong case", withStatement({ Effect: "allow" }), "The policy failed legacy parsing"],
    [
      "an unknown quantifier",
      withStatement({ Condition: { "ForSomeValues:StringEquals": { a: "b" } } }),
      "Syntax errors in policy.",
    ],
    ["an unknown operator", withStatement({ Condition: { Foo: { a: "b" } } }), "Syntax errors in policy."],
    ["NullIfExists", withStatement({ Condition: { NullIfExists: { a: "b" } } }), "Syntax errors in policy."],
    ...["soon", "January 15, 2026", "2026-1-5", "2026-01-15 12:00", "Thu, 15 Jan 2026 12:00:00 GMT"].map(
      (date): [string, object, string] => [
        `the date "${date}"`,
        withStatement({ Condition: { DateEquals: { "aws:CurrentTime": date } } }),
        "The policy failed legacy parsing",
      ],
    ),
    [
      "the same Sid twice",
      {
        Version: "2012-10-17",
        Statement: [
          { ...STATEMENT, Sid: "a" },
          { ...STATEMENT, Sid: "a" },
        ],
      },
      "Statement IDs (SID) in a single policy must be unique.",
    ],
    ["no action", withStatement({ Action: [] }), "Policy statement must contain actions."],
    [
      "no resource",
      { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*" } },
      "Policy statement must contain resources.",
    ],
    [
      "an action without a service",
      withStatement({ Action: "ListUsers" }),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [
      "an action with two colons",
      withStatement({ Action: "a:b:c" }),
      "Actions/Condition can contain only one colon.",
    ],
    ["an invalid service name", withStatement({ Action: "a_b:c" }), "Vendor a_b is not valid"],
    [
      "a resource that is no ARN",
      withStatement({ Resource: "pool" }),
      'Resource pool must be in ARN format or "*".',
    ],
    [
      "an unknown partition",
      withStatement({ Resource: "arn:foo:s3:::bucket" }),
      'Partition "foo" is not valid for resource "arn:foo:s3:*:*:bucket".',
    ],
    [
      "an unknown partition of a whole ARN",
      withStatement({ Resource: "arn:foo:s3:us-east-1:1:a:b" }),
      'Partition "foo" is not valid for resource "arn:foo:s3:us-east-1:1:a:b".',
    ],
    [
      "a resource that is no ARN and ends with *",
      withStatement({ Resource: "pool*" }),
      'Resource pool* must be in ARN format or "*".',
    ],
    [
      "a resource that is no ARN and starts with *",
      withStatement({ Resource: "*pool" }),
      'Resource *pool must be in ARN format or "*".',
    ],
    [
      "an ARN without a service",
      withStatement({ Resource: "arn:aws" }),
      "Resource vendor must be fully qualified and cannot contain regexes.",
    ],
    [
      "an IAM resource with a region",
      withStatement({ Resource: "arn:aws:iam:us-east-1:1:user/a" }),
      "IAM resource arn:aws:iam:us-east-1:1:user/a cannot contain region information.",
    ],
    [
      "an empty list of resources",
      withStatement({ Resource: [] }),
      "Policy statement must contain resources.",
    ],
    ["a principal", withStatement({ Principal: "*" }), "Policy document should not specify a principal."],
  ])("%s", (_, document, message) => expect(complaint(document)).toBe(message));

  it.each([
    ["a resource", { Resource: "*" }, "Has prohibited field Resource"],
    ["no principal", { Principal: undefined }, "Missing required field Principal"],
    [
      "another action",
      { Action: "iam:GetUser" },
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [
      "an action of STS and another one",
      { Action: ["sts:AssumeRole", "iam:GetUser"] },
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [
      "an action of a service whose name ends in sts",
      { Action: "xsts:AssumeRole" },
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    ["an unknown kind of principal", { Principal: { Foo: "x" } }, "Syntax errors in policy."],
  ])("rejects a trust policy with %s", (_, statement, message) =>
    expect(complaint({ Version: "2012-10-17", Statement: [{ ...TRUST, ...statement }] }, "trust")).toBe(
      message,
    ),
  );
});

it("counts the size of a policy document without white space", () =>
  expect(policySize('{ "a":\n\t1 }')).toBe(7));
