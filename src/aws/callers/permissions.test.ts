import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ResourceNotFoundException } from "../../api-model/index.ts";
import type { TestIam } from "../../iam/testing.ts";
import { type Keys, openTestCallers, outcomeOf, type TestCallers } from "../query-protocol/testing.ts";
import { strictTrust } from "./settings.ts";

const AT = Date.UTC(2026, 0, 15, 12, 34, 56);

let iam: TestIam;
let administrator: Keys;
let callersOf: TestCallers["callersOf"];
let poolCall: TestCallers["poolCall"];
let calls: TestCallers["calls"];
let query: TestCallers["query"];

beforeEach(async () => {
  ({ iam, administrator, callersOf, poolCall, calls, query } = await openTestCallers(AT));
});

afterEach(() => iam.close());

const HOURS = 3_600_000;

describe("permissions on user pools", () => {
  async function alice(...statements: object[]): Promise<Keys> {
    await query("iam", administrator, { Action: "CreateUser", UserName: "alice", Path: "/team/" });
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: statements.map((statement) => ({
        ...{ Effect: "Allow", Action: "cognito-idp:*", Resource: "*" },
        ...statement,
      })),
    });
    const put = { Action: "PutUserPolicy", UserName: "alice", PolicyName: "p", PolicyDocument };
    expect((await query("iam", administrator, put)).Code).toBeUndefined();
    const key = await query("iam", administrator, { Action: "CreateAccessKey", UserName: "alice" });
    return { keyId: key.AccessKeyId ?? "", secret: key.SecretAccessKey ?? "" };
  }

  it("that are missing are reported in AWS's text under the key Message", async () => {
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

  it("can be limited to one pool", async () => {
    const keys = await alice({ Resource: "arn:aws:cognito-idp:*:*:userpool/us-east-1_Ab" });
    expect((await calls(await poolCall(keys))).code).toBeUndefined();
    expect((await calls(await poolCall(keys), strictTrust, "us-east-1_Cd")).code).toBe(
      "AccessDeniedException",
    );
  });

  it("apply to the pool's own region, not the region of the signature", async () => {
    const Statement = { Effect: "Deny", Resource: "arn:aws:cognito-idp:us-east-1:*:userpool/us-east-1_Ab" };
    const keys = await alice({});
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Action: "*", ...Statement },
    });
    const put = { Action: "PutUserPolicy", UserName: "alice", PolicyName: "deny", PolicyDocument };
    expect((await query("iam", administrator, put)).Code).toBeUndefined();
    expect((await calls(await poolCall(keys))).code).toBe("AccessDeniedException");

    const elsewhere = await poolCall(keys, { region: "eu-west-1" });
    const call = { operation: "AdminGetUser", input: { UserPoolId: "us-east-1_Ab" } } as const;
    await expect(callersOf(strictTrust).authorizeUserPools(elsewhere, call)).rejects.toThrow(
      new ResourceNotFoundException("User pool us-east-1_Ab does not exist."),
    );
    const ResourceArn = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Cd";
    await expect(
      callersOf(strictTrust).authorizeUserPools(elsewhere, {
        operation: "TagResource",
        input: { ResourceArn },
      }),
    ).rejects.toThrow(new ResourceNotFoundException("User pool us-east-1_Cd does not exist."));
  });

  it("can depend on the pool's tags", async () => {
    const keys = await alice({ Condition: { StringEquals: { "aws:ResourceTag/env": "prod" } } });
    expect((await calls(await poolCall(keys), strictTrust, "us-east-1_Prod")).code).toBeUndefined();
    expect((await calls(await poolCall(keys), strictTrust, "us-east-1_Ab")).code).toBe(
      "AccessDeniedException",
    );
  });

  it.each([
    ["allows one value", "Allow", "dev"],
    ["denies one value", "Deny", "prod"],
  ])(
    "are denied for a tag that occurs in upper and lower case when a policy %s",
    async (_, Effect, value) => {
      const Condition = { StringEquals: { "aws:RequestTag/env": value } };
      const keys = await alice({ Condition, Effect }, ...(Effect === "Deny" ? [{}] : []));
      const call = (UserPoolTags: Record<string, string>) =>
        poolCall(keys).then((request) =>
          outcomeOf(
            callersOf(strictTrust).authorizeUserPools(request, {
              operation: "CreateUserPool",
              input: { UserPoolTags },
            }),
          ),
        );
      expect((await call({ env: "dev" })).code).toBeUndefined();
      expect((await call({ env: "prod" })).code).toBe("AccessDeniedException");
      expect((await call({ env: "prod", ENV: "dev" })).code).toBe("AccessDeniedException");
      expect((await call({ ENV: "dev", env: "prod" })).code).toBe("AccessDeniedException");
    },
  );

  it("are denied for more tag keys than a pool can have if a policy asks for them", async () => {
    const call = (keys: Keys, count: number) =>
      poolCall(keys).then((request) =>
        outcomeOf(
          callersOf(strictTrust).authorizeUserPools(request, {
            operation: "UntagResource",
            input: {
              ResourceArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab",
              TagKeys: Array.from({ length: count }, (_, index) => `k${index}`),
            },
          }),
        ),
      );
    const asking = await alice({ Condition: { "ForAllValues:StringLike": { "aws:TagKeys": "k*" } } });
    expect((await call(asking, 50)).code).toBeUndefined();
    expect((await call(asking, 51)).code).toBe("AccessDeniedException");
    expect((await call(await alice({}), 51)).code).toBeUndefined();
  });

  it("include iam:PassRole for the role of a group", async () => {
    const RoleArn = "arn:aws:iam::123456789012:role/admins";
    const call = async (keys: Keys) =>
      outcomeOf(
        callersOf(strictTrust).authorizeUserPools(await poolCall(keys), {
          operation: "CreateGroup",
          input: { UserPoolId: "us-east-1_Ab", RoleArn },
        }),
      );
    const keys = await alice({});
    expect(await call(keys)).toMatchObject({
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::123456789012:user/team/alice is not authorized to perform: iam:PassRole on resource: ${RoleArn} because no identity-based policy allows the iam:PassRole action`,
    });
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: RoleArn }],
    });
    await query("iam", administrator, {
      ...{ Action: "PutUserPolicy", UserName: "alice", PolicyName: "pass", PolicyDocument },
    });
    expect((await call(keys)).code).toBeUndefined();
  });

  it.each([
    [
      {
        CloudWatchLogsConfiguration: { LogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:errors" },
      },
      ["logs:CreateLogDelivery", "logs:PutResourcePolicy"],
      "logs:*",
    ],
    [{ S3Configuration: { BucketArn: "arn:aws:s3:::events" } }, ["logs:*", "s3:GetBucketPolicy"], "s3:*"],
    [
      {
        FirehoseConfiguration: {
          StreamArn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/events",
        },
      },
      ["logs:*", "firehose:TagDeliveryStream"],
      "iam:CreateServiceLinkedRole",
    ],
  ])("include those on the destination of log delivery: %j", async (destination, some, rest) => {
    const LogConfigurations = [{ EventSource: "userAuthEvents", LogLevel: "INFO", ...destination }];
    const keys = await alice({});
    const call = async () =>
      (
        await outcomeOf(
          callersOf(strictTrust).authorizeUserPools(await poolCall(keys), {
            operation: "SetLogDeliveryConfiguration",
            input: { UserPoolId: "us-east-1_Ab", LogConfigurations },
          }),
        )
      ).code;
    const allow = (...Action: string[]) =>
      query("iam", administrator, {
        Action: "PutUserPolicy",
        UserName: "alice",
        PolicyName: "logs",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action, Resource: "*" }],
        }),
      });
    expect(await call()).toBe("AccessDeniedException");
    await allow(...some);
    expect(await call()).toBe("AccessDeniedException");
    await allow(...some, rest);
    expect(await call()).toBeUndefined();
  });

  it("include that to create a pool, with its tags, in the region of a replica", async () => {
    const keys = await alice({ Action: "cognito-idp:CreateUserPoolReplica" });
    const call = async (env: string) =>
      outcomeOf(
        callersOf(strictTrust).authorizeUserPools(await poolCall(keys), {
          operation: "CreateUserPoolReplica",
          input: { UserPoolId: "us-east-1_Ab", RegionName: "us-west-2", UserPoolTags: { env } },
        }),
      );
    const resource = "arn:aws:cognito-idp:us-west-2:123456789012:userpool/*";
    const allow = (Statement: object) =>
      query("iam", administrator, {
        Action: "PutUserPolicy",
        UserName: "alice",
        PolicyName: "replicas",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "cognito-idp:CreateUserPool", ...Statement }],
        }),
      });
    await allow({ Resource: resource.replace("us-west-2", "us-east-1") });
    expect((await call("dev")).message).toContain(`cognito-idp:CreateUserPool on resource: ${resource} `);
    await allow({ Resource: resource, Condition: { StringEquals: { "aws:RequestTag/env": "dev" } } });
    expect((await call("dev")).code).toBeUndefined();
    expect((await call("prod")).code).toBe("AccessDeniedException");
  });

  it.each([
    ["allow DescribeTermsByClient alone", { Action: "cognito-idp:DescribeTermsByClient" }, undefined],
    [
      "do not follow from DescribeTerms",
      { Action: "cognito-idp:DescribeTerms" },
      /cognito-idp:DescribeTermsByClient on .* because no/,
    ],
    [
      "are denied with DescribeTerms",
      { Effect: "Deny", Action: "cognito-idp:DescribeTerms" },
      /cognito-idp:DescribeTerms on .* with an explicit deny in an identity-based policy$/,
    ],
  ])("on terms of a client %s", async (_, statement, refusal) => {
    const keys = await alice(statement, ...("Effect" in statement ? [{}] : []));
    const call = { operation: "DescribeTermsByClient", input: { UserPoolId: "us-east-1_Ab" } } as const;
    const { code, message } = await outcomeOf(
      callersOf(strictTrust).authorizeUserPools(await poolCall(keys), call),
    );
    expect(code).toBe(refusal && "AccessDeniedException");
    if (refusal) expect(message).toMatch(refusal);
  });

  it("can depend on source address, time, region and TLS", async () => {
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

  it("change as soon as a policy changes", async () => {
    const keys = await alice({});
    expect((await calls(await poolCall(keys))).code).toBeUndefined();
    await query("iam", administrator, { Action: "DeleteUserPolicy", UserName: "alice", PolicyName: "p" });
    expect((await calls(await poolCall(keys))).code).toBe("AccessDeniedException");
  });
});
