import {
  GetAccountSummaryCommand,
  ListAccountAliasesCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { describe, expect, it } from "vitest";
import { ACCOUNT, POWER_USER, refused } from "../support/iam.ts";
import { iam, startIamServer } from "./iam-server.ts";

startIamServer();

describe("IAM for consoles and deployment tools", () => {
  it("returns an account summary and an empty list of aliases", async () => {
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([]);
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({ AccessKeysPerUserQuota: 2, Groups: 0 });
    expect(SummaryMap?.Users).toBeGreaterThan(0);
  });

  it("simulates the decisions of a principal's policies", async () => {
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/cognate-power-user`,
        ActionNames: ["cognito-idp:ListUsers", "iam:CreateUser", "iam:CreateServiceLinkedRole"],
        ContextEntries: [
          {
            ContextKeyName: "iam:AWSServiceName",
            ContextKeyValues: ["cognito-idp.amazonaws.com"],
            ContextKeyType: "string",
          },
        ],
      }),
    );
    expect(EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual([
      "allowed",
      "implicitDeny",
      "allowed",
    ]);
    expect(EvaluationResults?.[0]?.MatchedStatements).toEqual([
      { SourcePolicyId: POWER_USER, SourcePolicyType: "aws-managed" },
    ]);
    await expect(
      iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::${ACCOUNT}:user/nobody`,
          ActionNames: ["iam:GetUser"],
        }),
      ),
    ).rejects.toMatchObject(refused("NoSuchEntityException"));
  });
});

describe("a simulation", () => {
  const PolicySourceArn = `arn:aws:iam::${ACCOUNT}:role/cognate-power-user`;
  const simulate = (input: Partial<SimulatePrincipalPolicyCommandInput>) =>
    iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn,
        ActionNames: ["cognito-idp:ListUsers"],
        ...input,
      }),
    );
  const policyOf = (statement: object) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*", ...statement }],
    });

  it("returns each combination once over all pages", async () => {
    const ActionNames = ["cognito-idp:ListUsers", "iam:CreateUser"];
    const ResourceArns = ["arn:aws:cognito-idp:us-east-1:1:userpool/a", "*", "arn:aws:iam::1:user/b"];
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await simulate({ ActionNames, ResourceArns, MaxItems: 4, ...(Marker ? { Marker } : {}) });
      expect(page.IsTruncated).toBe(page.Marker !== undefined);
      for (const { EvalActionName, EvalResourceName } of page.EvaluationResults ?? [])
        seen.push(`${EvalActionName} ${EvalResourceName}`);
      Marker = page.Marker;
    } while (Marker);
    expect(seen).toEqual(ActionNames.flatMap((action) => ResourceArns.map((arn) => `${action} ${arn}`)));
  });

  it("ends a page early if its policies are costly to evaluate", async () => {
    const { EvaluationResults, IsTruncated } = await simulate({
      PolicyInputList: [policyOf({ Resource: `arn:aws:s3:::${"*a".repeat(9000)}` })],
      ResourceArns: Array.from({ length: 100 }, (_, i) => `arn:aws:s3:::${"a".repeat(1500)}${i}`),
    });
    expect(EvaluationResults?.length).toBeGreaterThan(0);
    expect(EvaluationResults?.length).toBeLessThan(5);
    expect(IsTruncated).toBe(true);
  });

  it.each([
    [
      "more than 10,000 combinations",
      {
        ActionNames: Array.from({ length: 101 }, (_, i) => `iam:Action${i}`),
        ResourceArns: Array.from({ length: 100 }, (_, i) => `arn:aws:iam::1:user/${i}`),
      },
      "Cannot simulate more than 10000 combinations of ActionNames and ResourceArns.",
    ],
    [
      "policies of more than 20,480 characters",
      { PolicyInputList: [policyOf({ Resource: `arn:aws:s3:::${"a".repeat(21_000)}` })] },
      "Cannot exceed 20480 characters of policies.",
    ],
    [
      "condition values of more than 1,024 characters",
      { ContextEntries: [{ ContextKeyName: "aws:username", ContextKeyValues: ["a".repeat(1025)] }] },
      "Cannot exceed 1024 characters of ContextKeyValues.",
    ],
    [
      "a resource policy",
      { ResourcePolicy: policyOf({}) },
      "ResourcePolicy is not supported: no resource here has a policy.",
    ],
  ])("refuses %s", async (_, input, message) => {
    await expect(simulate(input)).rejects.toMatchObject(refused("InvalidInputException", message));
  });

  it.each(["nonsense", Buffer.from("99").toString("base64")])("refuses the marker %j", async (Marker) => {
    await expect(simulate({ Marker })).rejects.toMatchObject(refused("ValidationError", "Invalid Marker."));
  });

  it("evaluates condition values and variables of 20,000 characters in a policy", async () => {
    for (const value of ["x".repeat(20_000), "${".repeat(9000), `\${a, '${"x".repeat(19_000)}'}`]) {
      const { EvaluationResults } = await simulate({
        PolicyInputList: [policyOf({ Condition: { StringEquals: { "aws:username": value } } })],
        ContextEntries: [{ ContextKeyName: "aws:username", ContextKeyValues: ["x"] }],
      });
      expect(EvaluationResults).toHaveLength(1);
    }
  });
});
