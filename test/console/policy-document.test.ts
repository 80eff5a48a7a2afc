import { describe, expect, it } from "vitest";
import { generatePassword, passwordFaults } from "../../console/src/rules/authentication/password.ts";
import {
  conditionOperators,
  examplePolicy,
  policyFinding,
  readablePolicy,
} from "../../console/src/rules/iam/policy-document.ts";
import { parseOperator } from "../../src/iam/policy-language/conditions.ts";

const statement = (lines: string) => `{
  "Version": "2012-10-17",
  "Statement": [
    {
${lines}
    }
  ]
}`;
const allow = '      "Effect": "Allow",\n      "Action": "cognito-idp:ListUsers",\n      "Resource": "*"';

describe("a policy in the editor", () => {
  it("has no error if it is the example, or one statement outside of a list", () => {
    expect(policyFinding(examplePolicy, "identity")).toBeUndefined();
    expect(
      policyFinding(
        '{"Statement":{"Effect":"Deny","NotAction":["iam:*"],"Resource":"arn:aws:s3:::a"}}',
        "identity",
      ),
    ).toBeUndefined();
  });

  it.each([
    ["", 1, "value"],
    ["{", 1, "name"],
    ["[]", 1, "object"],
    ['{\n  "Version" "2012-10-17"\n}', 2, "colon"],
    ['{\n  "Version": "2012-10-17"\n  "Statement": []\n}', 3, "comma"],
    ['{\n  "Version": "2012-10-17",\n}', 3, "name"],
    ['{\n  "Version": TRUE\n}', 2, "value"],
    [`${examplePolicy}\n}`, 13, "end"],
    ['{\n  "Version": "2012-10-17",\n  "Version": "2012-10-17"\n}', 3, "duplicate"],
    ['{\n  "Version": "2012-10-18",\n  "Statement": []\n}', 2, "version"],
    ['{\n  "Version": "2012-10-17",\n  "Statement": []\n}', 3, "statement"],
    ['{\n  "Statements": []\n}', 2, "element"],
    [statement('      "Effct": "Allow"'), 5, "element"],
    [statement('      "Effect": "allow",\n      "Action": "*",\n      "Resource": "*"'), 5, "effect"],
    [statement('      "Effect": "Allow",\n      "Resource": "*"'), 4, "action"],
    [
      statement(
        '      "Effect": "Allow",\n      "Action": ["*",\n        "ListUsers"],\n      "Resource": "*"',
      ),
      7,
      "action",
    ],
    [statement('      "Effect": "Allow",\n      "Action": "*"'), 4, "resource"],
    [statement('      "Effect": "Allow",\n      "Action": "*",\n      "Resource": "pool"'), 7, "resource"],
    [statement(`${allow},\n      "NotAction": "*"`), 8, "both"],
    [statement(`${allow},\n      "Principal": "*"`), 8, "noPrincipal"],
    [statement(`      "Sid": "not a name",\n${allow}`), 5, "sid"],
    [
      `{"Statement": [\n${`{"Sid": "a", ${allow.replaceAll("\n", "")}}`.repeat(2).replace("}{", "},\n{")}]}`,
      3,
      "sameSid",
    ],
    [statement(`${allow},\n      "Condition": "aws:username"`), 8, "condition"],
    [statement(`${allow},\n      "Condition": {\n        "StringEqual": {}}`), 9, "condition"],
    [
      statement(`${allow},\n      "Condition": {"Bool": {\n        "aws:SecureTransport": {}}}`),
      9,
      "condition",
    ],
    [
      statement('      "Effect": "Allow",\n      "Action": "*",\n      "Resource": "arn:aws:s3"'),
      7,
      "resource",
    ],
  ] as const)("%j has an error in line %i: %s", (json, line, fault) =>
    expect(policyFinding(json, "identity")).toEqual({ line, fault }),
  );

  it("is checked as a trust policy if it has a principal", () => {
    const trust = '"Effect": "Allow", "Action": "sts:AssumeRole"';
    expect(policyFinding(statement(trust), "trust")).toEqual({ line: 4, fault: "principal" });
    expect(policyFinding(statement(`${trust}, "Principal": "*"`), "trust")).toBeUndefined();
    expect(
      policyFinding(
        statement('"Effect": "Allow", "Principal": "*",\n "Action": "cognito-idp:ListUsers"'),
        "trust",
      ),
    ).toEqual({ line: 6, fault: "trustAction" });
    expect(policyFinding(statement(`${trust}, "Principal": "*",\n "Resource": "*"`), "trust")).toEqual({
      line: 6,
      fault: "noResource",
    });
  });

  it("may have each condition operator of the server, and no other", () => {
    const parsed = (name: string) => parseOperator(name) !== undefined;
    const isTaken = (name: string) =>
      policyFinding(statement(`${allow}, "Condition": {"${name}": {"aws:username": "a"}}`), "identity") ===
      undefined;
    const names = [...conditionOperators, "Null", "StringSame", "stringEquals"];
    const variants = names.flatMap((name) => [
      name,
      `${name}IfExists`,
      `ForAnyValue:${name}`,
      `ForAllValues:${name}IfExists`,
      `ForOneValue:${name}`,
    ]);
    expect(variants.filter(isTaken)).toEqual(variants.filter(parsed));
    expect(conditionOperators.every(parsed)).toBe(true);
  });

  it("is read from the encoding in which IAM returns it", () =>
    expect(readablePolicy(encodeURIComponent(JSON.stringify(JSON.parse(examplePolicy))))).toBe(
      examplePolicy,
    ));
});

describe("a password that the console generates", () => {
  it.each([6, 12, 99])("satisfies a policy of %i characters and every kind", (MinimumLength) => {
    const policy = {
      MinimumLength,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      RequireUppercase: true,
      PasswordHistorySize: 0,
      TemporaryPasswordValidityDays: 7,
    };
    const passwords = Array.from({ length: 50 }, () => generatePassword(policy));
    expect(passwords.filter((password) => passwordFaults(password, policy).length > 0)).toEqual([]);
    expect(new Set(passwords).size).toBe(50);
  });
});
