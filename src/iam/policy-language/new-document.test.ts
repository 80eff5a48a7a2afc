import { describe, expect, it } from "vitest";
import { type PolicyKind, PolicySyntaxError, parsePolicy } from "./document.ts";
import { checkNewDocument } from "./new-document.ts";

/** The refusal of a statement of one kind of policy that is to be saved. */
function refusal(statement: object, kind: PolicyKind = "identity"): string | undefined {
  const given = kind === "trust" ? { Action: "sts:AssumeRole" } : { Action: "iam:*", Resource: "*" };
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...given, ...statement }] };
  try {
    checkNewDocument(parsePolicy(JSON.stringify(document), kind));
    return undefined;
  } catch (error) {
    if (error instanceof PolicySyntaxError) return error.message;
    throw error;
  }
}

const withValue = (operator: string, value: unknown) => ({ Condition: { [operator]: { "x:key": value } } });

describe("a policy that is saved", () => {
  it.each([
    ...["10", 10, "10.5", "-1", "1e3", "1E3", "1.", ".5e-1"].map(
      (value) => ["NumericLessThan", value] as const,
    ),
    ...["203.0.113.0/24", "203.0.113.5", "2001:db8::/32", "::/0"].map(
      (value) => ["IpAddress", value] as const,
    ),
    ...["arn:*:s3:::b", "arn:aws:*:*:*:*", "*"].map((value) => ["ArnLike", value] as const),
    ["ArnEquals", `arn:aws:iam::\${aws:PrincipalAccount}:role/dev`],
    ...["YWJj", "YWJjZA=="].map((value) => ["BinaryEquals", value] as const),
    ["StringEquals", "anything at all"],
  ] as const)("may compare by %s with %j", (operator, value) =>
    expect(refusal(withValue(operator, value))).toBeUndefined(),
  );

  it.each([
    ...["abc", " 10", "0x10", "", ".", "1.e"].map((value) => ["NumericLessThan", value] as const),
    ...["203.0.113.999/24", "example.com", "1.2.3", "10.0.0.0/33", "10.0.0.1 "].map(
      (value) => ["NotIpAddressIfExists", value] as const,
    ),
    ...["nope", "arn:aws:s3:b", `\${aws:PrincipalArn}`].map(
      (value) => ["ForAnyValue:ArnLike", value] as const,
    ),
  ] as const)("is rejected if it compares by %s with %j", (operator, value) =>
    expect(refusal(withValue(operator, ["*", value].slice(operator.includes("Arn") ? 0 : 1)))).toBe(
      "The policy failed legacy parsing",
    ),
  );

  it("is rejected in linear time if it compares numbers with 130,000 digits and a letter", () =>
    expect(refusal(withValue("NumericLessThan", `${"1".repeat(130_000)}x`))).toBe(
      "The policy failed legacy parsing",
    ));

  it.each(["!!!", "abc", "YWJj=="])(
    "is rejected if it compares bytes with %j, which is not Base64",
    (value) => expect(refusal(withValue("BinaryEquals", value))).toBe("Syntax errors in policy."),
  );

  it.each(["allow-s3-read", "allow s3 read"])("is rejected with the Sid %j", (Sid) =>
    expect(refusal({ Sid })).toBe(
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    ),
  );

  it.each(["*:GetObject", "s3*:GetObject", "s3?:Get"])("is rejected with the action %s", (Action) =>
    expect(refusal({ Action })).toBe("Action vendors (e.g., aws, ec2, etc.) must not contain wildcards."),
  );

  it.each(["*", "*:*", "s3:*", "s3:Get*"])("may have the action %s", (Action) =>
    expect(refusal({ Action })).toBeUndefined(),
  );

  it.each([
    ["arn:aws:*:::b", "Resource vendor must be fully qualified and cannot contain regexes."],
    ["arn:aws:*:us-east-1:1:*", "Resource vendor must be fully qualified and cannot contain regexes."],
    ["arn:aws::us-east-1:1", "The policy failed legacy parsing"],
    ["arn:aws:s3*:::b", "Resource vendor must be fully qualified and cannot contain regexes."],
    ["arn:aws", "Resource vendor must be fully qualified and cannot contain regexes."],
    ["arn:aws:s3:b", "The policy failed legacy parsing"],
    ["arn:aws:s3::b", "The policy failed legacy parsing"],
    ["arn:aws:sqs", undefined],
    ["arn:aws:cognito-idp:*", undefined],
    ["arn:aws:cognito-idp:us-east-1:123456789012", undefined],
    ["arn:aws:s3:::b*", undefined],
  ])("with the resource %s is answered %j", (Resource, message) =>
    expect(refusal({ Resource })).toBe(message),
  );
});

describe("a trust policy that is saved", () => {
  it.each([
    ["*", 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'],
    [{ AWS: "*" }, undefined],
    [{ Service: "*" }, 'Invalid principal in policy: "SERVICE":"*"'],
    [{ Service: "lambda.example.com" }, 'Invalid principal in policy: "SERVICE":"lambda.example.com"'],
    [
      { Service: "ec2.amazonaws.com.example.com" },
      'Invalid principal in policy: "SERVICE":"ec2.amazonaws.com.example.com"',
    ],
    [{ Service: ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] }, undefined],
    [
      { Federated: "cognito-identity.amazonaws.com" },
      "A condition block must be present for the Cognito provider",
    ],
  ])("with the principal %j is answered %j", (Principal, message) =>
    expect(refusal({ Principal }, "trust")).toBe(message),
  );

  it("may trust Amazon Cognito identity pools under a condition", () =>
    expect(
      refusal(
        {
          Principal: { Federated: "cognito-identity.amazonaws.com" },
          Condition: { StringEquals: { "cognito-identity.amazonaws.com:aud": "pool" } },
        },
        "trust",
      ),
    ).toBeUndefined());
});
