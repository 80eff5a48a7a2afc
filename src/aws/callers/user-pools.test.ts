import { describe, expect, it } from "vitest";
import { isUnsigned, operationModel, operationNames, shapeModel } from "../../api-model/index.ts";
import { passedRoles, poolRequestKeys, poolTarget } from "./user-pools.ts";

const caller = { accountId: "999999999999", region: "ap-northeast-1" };

describe("the resource of a call to user pools", () => {
  it("is the named pool in the signature's region, whether or not it exists", () =>
    expect(poolTarget("AdminInitiateAuth", { UserPoolId: "ap-northeast-1" }, caller)).toEqual({
      resource: "arn:aws:cognito-idp:ap-northeast-1:999999999999:userpool/ap-northeast-1",
      poolId: "ap-northeast-1",
    }));

  it.each(["ListUserPools", "DescribeUserPoolDomain"] as const)("is `*` for %s", (operation) =>
    expect(poolTarget(operation, { UserPoolId: "x" }, caller).resource).toBe("*"),
  );

  it("is every pool for CreateUserPool", () =>
    expect(poolTarget("CreateUserPool", {}, caller).resource).toBe(
      "arn:aws:cognito-idp:ap-northeast-1:999999999999:userpool/*",
    ));

  it("is `*` for an id or ARN that is longer than the API model allows", () => {
    expect(poolTarget("AdminGetUser", { UserPoolId: "a".repeat(56) }, caller)).toEqual({
      resource: "*",
      poolId: undefined,
    });
    const ResourceArn = `arn:aws:cognito-idp:us-east-1:1:userpool/${"a".repeat(2048)}`;
    expect(poolTarget("TagResource", { ResourceArn }, caller).resource).toBe("*");
  });

  it("is the resource of the ARN for operations on tags", () => {
    const ResourceArn = "arn:aws:cognito-idp:us-east-1:999999999999:userpool/us-east-1_Ab";
    expect(poolTarget("TagResource", { ResourceArn }, caller)).toEqual({
      resource: ResourceArn,
      poolId: "us-east-1_Ab",
    });
  });

  it("is `*` for a missing or malformed pool id", () => {
    expect(poolTarget("AdminGetUser", {}, caller).resource).toBe("*");
    expect(poolTarget("AdminGetUser", { UserPoolId: 1 }, caller).resource).toBe("*");
    expect(poolTarget("TagResource", { ResourceArn: [] }, caller).resource).toBe("*");
  });

  it("is known for every signed operation of the model", () => {
    const withoutPool = operationNames().filter((name) => {
      const shape = shapeModel(operationModel(name).input);
      return !isUnsigned(name) && !(shape.type === "structure" && "UserPoolId" in shape.members);
    });
    expect(withoutPool).toEqual([
      "CreateUserPool",
      "DescribeUserPoolDomain",
      "GetProvisionedLimit",
      "ListTagsForResource",
      "ListUserPools",
      "TagResource",
      "UntagResource",
      "UpdateProvisionedLimit",
    ]);
  });
});

describe("the roles that a call passes", () => {
  const role = "arn:aws:iam::999999999999:role/sms";
  const toCognito = [{ roleArn: role, keys: { "iam:PassedToService": "cognito-idp.amazonaws.com" } }];
  it.each([
    ["CreateGroup", { RoleArn: role }, [{ roleArn: role, keys: {} }]],
    ["UpdateGroup", { RoleArn: role }, [{ roleArn: role, keys: {} }]],
    ["CreateUserPool", { SmsConfiguration: { SnsCallerArn: role } }, toCognito],
    ["UpdateUserPool", { SmsConfiguration: { EumsSms: { CallerArn: role } } }, toCognito],
    [
      "SetUserPoolMfaConfig",
      { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: role } } },
      toCognito,
    ],
    ["CreateUserPoolClient", { AnalyticsConfiguration: { RoleArn: role } }, toCognito],
    ["UpdateUserPoolClient", { AnalyticsConfiguration: { RoleArn: role } }, toCognito],
    ["CreateUserImportJob", { CloudWatchLogsRoleArn: role }, toCognito],
    ["CreateGroup", {}, []],
    ["CreateUserPool", { SmsConfiguration: { SnsCallerArn: "" } }, []],
    ["CreateUserPool", { SmsConfiguration: "x" }, []],
    ["AdminGetUser", { RoleArn: role }, []],
  ] as const)("of %s with %j are %j", (operation, input, roles) =>
    expect(passedRoles(operation, input)).toEqual(roles),
  );

  it("are known for every member of the model that names a role", () => {
    const names = (shape: string): string[] => {
      const { members } = shapeModel(shape) as { members?: Record<string, string> };
      return Object.entries(members ?? {}).flatMap(([name, member]) =>
        /RoleArn$|CallerArn$/.test(name) ? [name] : names(member),
      );
    };
    const handing = operationNames().filter(
      (name) => !isUnsigned(name) && names(operationModel(name).input).length > 0,
    );
    expect(handing).toEqual([
      "CreateGroup",
      "CreateUserImportJob",
      "CreateUserPool",
      "CreateUserPoolClient",
      "SetUserPoolMfaConfig",
      "UpdateGroup",
      "UpdateUserPool",
      "UpdateUserPoolClient",
    ]);
  });
});

describe("the condition keys of a call", () => {
  it("include the tags of the request", () => {
    expect(poolRequestKeys("CreateUserPool", { UserPoolTags: { env: "prod" } })).toEqual({
      "aws:RequestTag/env": "prod",
      "aws:TagKeys": ["env"],
    });
    expect(poolRequestKeys("UntagResource", { TagKeys: ["env"] })).toEqual({ "aws:TagKeys": ["env"] });
  });

  it.each([undefined, null, "x", 1])("include no tags when the member is %j", (UserPoolTags) =>
    expect(poolRequestKeys("CreateUserPool", { UserPoolTags })["aws:TagKeys"] ?? []).toEqual([]),
  );

  it("omit null tags, as the operation does, and values that are not text", () => {
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`);
    const UserPoolTags = { env: null, stage: { toString: 1 }, deep };
    expect(poolRequestKeys("CreateUserPool", { UserPoolTags })).toEqual({
      "aws:RequestTag/stage": "",
      "aws:RequestTag/deep": "",
      "aws:TagKeys": ["stage", "deep"],
    });
    expect(poolRequestKeys("UntagResource", { TagKeys: [null, "env", deep] })).toEqual({
      "aws:TagKeys": ["env", ""],
    });
  });
});
