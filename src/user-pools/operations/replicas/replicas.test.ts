import { beforeEach, describe, expect, it } from "vitest";
import type { CreateUserPoolRequest } from "../../../api-model/index.ts";
import { testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

let api: Caller;
let UserPoolId: string;
const REPLICABLE: Partial<CreateUserPoolRequest> = {
  IssuerConfiguration: { Type: "UPDATED" },
  KeyConfiguration: {
    KeyType: "CUSTOMER_MANAGED_KEY",
    KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/mrk-1",
  },
};
beforeEach(async () => {
  api = caller(await testContext());
  UserPoolId = await api.pool(REPLICABLE);
});

const target = () => ({ UserPoolId, RegionName: "us-west-2" });
const secondary = (Status: string) => ({
  RegionName: "us-west-2",
  Role: "SECONDARY",
  Status,
  UserPoolArn: `arn:aws:cognito-idp:us-west-2:123456789012:userpool/${UserPoolId}`,
});

describe("a replica", () => {
  it("is created inactive, activated, deactivated and deleted", async () => {
    expect(await api.call("CreateUserPoolReplica", target())).toEqual({
      UserPoolReplica: secondary("CREATING"),
    });
    const { UserPoolReplicas } = await api.call("ListUserPoolReplicas", { UserPoolId });
    expect(UserPoolReplicas).toEqual([
      {
        RegionName: "us-east-1",
        Role: "PRIMARY",
        Status: "ACTIVE",
        UserPoolArn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${UserPoolId}`,
      },
      secondary("INACTIVE"),
    ]);
    const { UserPools } = await api.call("ListUserPools", { MaxResults: 1 });
    expect(UserPools?.[0]?.ReplicaRegions).toEqual(["us-west-2"]);

    expect(await api.call("UpdateUserPoolReplica", { ...target(), Status: "ACTIVE" })).toEqual({
      UserPoolReplica: secondary("ACTIVE"),
    });
    expect(await api.refusal("DeleteUserPoolReplica", target())).toEqual([
      "InvalidParameterException",
      "Only an inactive replica can be deleted.",
    ]);
    await api.call("UpdateUserPoolReplica", { ...target(), Status: "INACTIVE" });
    expect(await api.call("DeleteUserPoolReplica", target())).toEqual({
      UserPoolReplica: secondary("DELETING"),
    });
    expect((await api.call("ListUserPoolReplicas", { UserPoolId })).UserPoolReplicas).toHaveLength(1);
  });

  it("is kept in updates of the pool, is not in its description, and prevents its deletion", async () => {
    await api.call("CreateUserPoolReplica", target());
    await api.call("UpdateUserPool", { UserPoolId, ...REPLICABLE });
    expect((await api.call("ListUserPoolReplicas", { UserPoolId })).UserPoolReplicas).toHaveLength(2);
    const { UserPool } = await api.call("DescribeUserPool", { UserPoolId });
    expect(UserPool).not.toHaveProperty("Replicas");
    expect((await api.refusal("DeleteUserPool", { UserPoolId }))[0]).toBe("InvalidParameterException");
  });

  it("is rejected a second time, in the pool's own region, and in an unknown region", async () => {
    const refusal = async (RegionName: string) =>
      (await api.refusal("CreateUserPoolReplica", { UserPoolId, RegionName }))[0];
    expect(await refusal("us-east-1")).toBe("InvalidParameterException");
    expect(await refusal("somewhere")).toBe("InvalidParameterException");
    await api.call("CreateUserPoolReplica", target());
    expect(await refusal("eu-west-1")).toBe("LimitExceededException");
  });

  it.each<[string, Partial<CreateUserPoolRequest>, string]>([
    ["in the plan LITE", { ...REPLICABLE, UserPoolTier: "LITE" }, "FeatureUnavailableInTierException"],
    ["without a key of its own", { ...REPLICABLE, KeyConfiguration: undefined }, "InvalidParameterException"],
    [
      "with Cognito's original issuer",
      { ...REPLICABLE, IssuerConfiguration: undefined },
      "InvalidParameterException",
    ],
    [
      "with a key of one region",
      {
        ...REPLICABLE,
        KeyConfiguration: {
          KeyType: "CUSTOMER_MANAGED_KEY",
          KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1",
        },
      },
      "InvalidParameterException",
    ],
  ])("is rejected for a pool %s", async (_, settings, exception) => {
    const pool = { UserPoolId: await api.pool(settings), RegionName: "us-west-2" };
    expect((await api.refusal("CreateUserPoolReplica", pool))[0]).toBe(exception);
  });
});

describe("a pool with a replica", () => {
  it.each<[string, Partial<CreateUserPoolRequest>, string]>([
    ["the plan LITE", { ...REPLICABLE, UserPoolTier: "LITE" }, "FeatureUnavailableInTierException"],
    ["the original issuer", { KeyConfiguration: REPLICABLE.KeyConfiguration }, "InvalidParameterException"],
    [
      "a key of AWS",
      { ...REPLICABLE, KeyConfiguration: { KeyType: "AWS_OWNED_KEY" } },
      "InvalidParameterException",
    ],
  ])("cannot be given %s", async (_, settings, exception) => {
    await api.call("CreateUserPoolReplica", target());
    expect((await api.refusal("UpdateUserPool", { UserPoolId, ...settings }))[0]).toBe(exception);
    await api.call("DeleteUserPoolReplica", target());
    await api.call("UpdateUserPool", { UserPoolId, ...settings });
  });

  it("has one page of replicas, and no token of another", async () => {
    expect(await api.refusal("ListUserPoolReplicas", { UserPoolId, NextToken: "token" })).toEqual([
      "InvalidParameterException",
      "Provided pagination token is invalid. Check the token and try your request again.",
    ]);
  });
});

describe.each([
  "CreateUserPoolReplica",
  "UpdateUserPoolReplica",
  "DeleteUserPoolReplica",
  "ListUserPoolReplicas",
] as const)("%s", (name) => {
  it("rejects a pool that does not exist", async () => {
    const input = { UserPoolId: "us-east-1_nothing00", RegionName: "us-west-2", Status: "ACTIVE" as const };
    expect(await api.refusal(name, input)).toEqual([
      "ResourceNotFoundException",
      "User pool us-east-1_nothing00 does not exist.",
    ]);
  });
});

describe("CreateUserPoolReplica", () => {
  it("rejects a pool that does not exist before a region or tags that are not valid", async () => {
    const input = { RegionName: "nowhere", UserPoolTags: { "aws:a": "b" } };
    expect(
      await api.refusal("CreateUserPoolReplica", { ...input, UserPoolId: "us-east-1_nothing00" }),
    ).toEqual(["ResourceNotFoundException", "User pool us-east-1_nothing00 does not exist."]);
    expect((await api.refusal("CreateUserPoolReplica", { ...input, UserPoolId }))[0]).toBe(
      "UserPoolTaggingException",
    );
  });
});

describe.each(["UpdateUserPoolReplica", "DeleteUserPoolReplica"] as const)("%s", (name) => {
  it("rejects a replica that does not exist", async () => {
    expect(await api.refusal(name, { ...target(), Status: "ACTIVE" })).toEqual([
      "ResourceNotFoundException",
      `User pool ${UserPoolId} has no replica in us-west-2.`,
    ]);
  });
});
