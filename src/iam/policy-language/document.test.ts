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
  ])("%s", (_, document) => expect(complaint(document)).toBeUndefined());

  it.each([
    ["an account", { AWS: "123456789012" }],
    ["everyone", "*"],
    ["services", { Service: ["ec2.amazonaws.com"] }],
    ["providers", { Federated: "cognito-identity.amazonaws.com" }],
  ])("accepts a trust policy for %s", (_, Principal) =>
    expect(complaint({ Statement: [{ ...TRUST, Principal }] }, "trust")).toBeUndefined(),
  );
});

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
    ["an unknown effect", withStatement({ Effect: "Maybe" }), "Syntax errors in policy."],
    ["an effect in the wrong case", withStatement({ Effect: "allow" }), "The policy failed legacy parsing"],
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
    ["an unknown kind of principal", { Principal: { Foo: "x" } }, "Syntax errors in policy."],
  ])("rejects a trust policy with %s", (_, statement, message) =>
    expect(complaint({ Version: "2012-10-17", Statement: [{ ...TRUST, ...statement }] }, "trust")).toBe(
      message,
    ),
  );
});

it("counts the size of a policy document without white space", () =>
  expect(policySize('{ "a":\n\t1 }')).toBe(7));
