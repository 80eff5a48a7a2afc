import { beforeEach, describe, expect, it } from "vitest";
import {
  FeatureUnavailableInTierException,
  InvalidParameterException,
  LimitExceededException,
  ResourceNotFoundException,
  TierChangeNotAllowedException,
} from "../../../api-model/index.ts";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { userPoolOperations as operations } from "./index.ts";

let context: TestContext;
beforeEach(async () => {
  context = await testContext();
});

const create = async (input: Partial<Parameters<typeof operations.CreateUserPool>[0]> = {}, of = context) => {
  const { UserPool } = await operations.CreateUserPool({ PoolName: "My pool", ...input }, of);
  return UserPool?.Id ?? "";
};
const describePool = async (UserPoolId: string) =>
  (await operations.DescribeUserPool({ UserPoolId }, context)).UserPool;
const unknown = new ResourceNotFoundException("User pool us-east-1_nothing00 does not exist.");

const inRegion = (region: string) => ({ ...context.request, region });

describe("CreateUserPool", () => {
  it("returns the whole pool", async () => {
    const { UserPool } = await operations.CreateUserPool({ PoolName: "My pool" }, context);
    expect(UserPool?.Id).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(UserPool).toMatchObject({
      Name: "My pool",
      Arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${UserPool?.Id}`,
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME,
      EstimatedNumberOfUsers: 0,
      DeletionProtection: "INACTIVE",
      MfaConfiguration: "OFF",
      UserPoolTier: "ESSENTIALS",
    });
    expect(UserPool?.SchemaAttributes).toHaveLength(20);
  });

  it("creates the pool in the request's region", async () => {
    expect(await create({}, { ...context, request: inRegion("eu-west-1") })).toMatch(/^eu-west-1_/);
  });

  it("lets pools share a name", async () => {
    expect(await create()).not.toBe(await create());
  });

  it("uses two spare keys as the pool's signing keys", async () => {
    for (let key = 0; key < 3; key++) {
      await context.store.signingKeys.addSpare(await context.crypto.generateSigningKey());
    }
    const keys = await context.store.signingKeys.list(await create());
    expect(keys.map(({ use }) => use).sort()).toEqual(["access", "id"]);
    expect(await context.store.signingKeys.countSpares()).toBe(1);
  });

  it("does not wait for keys if there are no spare ones", async () => {
    const poolId = await create();
    expect(await context.store.signingKeys.list(poolId)).toEqual([]);
    expect((await context.tokens.jwks(poolId))?.keys).toHaveLength(2);
  });

  it("creates nothing if the settings are rejected", async () => {
    await expect(create({ AliasAttributes: ["email"], UsernameAttributes: ["email"] })).rejects.toThrow(
      InvalidParameterException,
    );
    expect((await operations.ListUserPools({ MaxResults: 60 }, context)).UserPools).toEqual([]);
  });

  it("is rejected if the region has a thousand pools", async () => {
    const pool = await context.store.pools.get(await create());
    await context.store.transaction(async ({ pools }) => {
      for (let index = 1; pool && index < 1000; index++) {
        await pools.insert({ ...pool, id: `us-east-1_full${index}` });
      }
    });
    await expect(create()).rejects.toThrow(LimitExceededException);
    await create({}, { ...context, request: inRegion("eu-west-1") });
  });

  it("logs the settings that have no effect", async () => {
    const id = await create({
      KeyConfiguration: {
        KeyType: "CUSTOMER_MANAGED_KEY",
        KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/example",
      },
    });
    expect(context.warnings).toEqual([{ poolId: id, settings: ["KeyConfiguration: CUSTOMER_MANAGED_KEY"] }]);
  });

  it("has a key of AWS unless KeyConfiguration names another", async () => {
    for (const KeyConfiguration of [undefined, {}, { KeyType: "AWS_OWNED_KEY" as const }]) {
      expect((await describePool(await create({ KeyConfiguration })))?.KeyConfiguration).toEqual({
        KeyType: "AWS_OWNED_KEY",
      });
    }
  });

  it("logs no warning if every setting has an effect", async () => {
    await create({
      SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
    });
    expect(context.warnings).toEqual([]);
  });
});

describe("CreateUserPool with a given id", () => {
  it("uses the id of a seed", async () => {
    const seeded = { ...context, givenIds: { poolId: "us-east-1_seeded" } };
    expect(await create({}, seeded)).toBe("us-east-1_seeded");
  });
});

describe("DescribeUserPool", () => {
  it("returns the output of CreateUserPool, with the schema in another order and with identities", async () => {
    const { UserPool } = await operations.CreateUserPool(
      {
        PoolName: "p",
        UsernameAttributes: ["email"],
        UserPoolTags: { a: "b" },
        Schema: [{ Name: "plan", AttributeDataType: "String" }],
      },
      context,
    );
    const { SchemaAttributes: created = [], ...settings } = UserPool ?? {};
    const { SchemaAttributes: described = [], ...shown } = (await describePool(UserPool?.Id ?? "")) ?? {};
    expect(shown).toEqual(settings);
    expect(described.map(({ Name }) => Name)).toEqual(
      "profile address birthdate gender preferred_username updated_at website picture identities sub email_verified phone_number_verified phone_number zoneinfo custom:plan locale email given_name family_name middle_name name nickname".split(
        " ",
      ),
    );
    expect(described).toEqual(expect.arrayContaining(created));
  });

  it("returns an empty map of tags, which CreateUserPool omits", async () => {
    const { UserPool } = await operations.CreateUserPool({ PoolName: "p" }, context);
    expect(UserPool).not.toHaveProperty("UserPoolTags");
    expect((await describePool(UserPool?.Id ?? ""))?.UserPoolTags).toEqual({});
  });

  it("rejects a pool that does not exist", async () => {
    await expect(describePool("us-east-1_nothing00")).rejects.toThrow(unknown);
  });
});

describe("UpdateUserPool", () => {
  it("sets the given members and resets the others to their defaults", async () => {
    const id = await create({
      DeletionProtection: "ACTIVE",
      UserPoolTags: { a: "b" },
      AliasAttributes: ["email"],
    });
    context.clock.advance(1000);
    const output = await operations.UpdateUserPool(
      { UserPoolId: id, Policies: { PasswordPolicy: { MinimumLength: 10 } } },
      context,
    );
    expect(output).toEqual({});
    expect(await describePool(id)).toMatchObject({
      Name: "My pool",
      Policies: { PasswordPolicy: { MinimumLength: 10, RequireSymbols: false } },
      DeletionProtection: "INACTIVE",
      UserPoolTags: {},
      AliasAttributes: ["email"],
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME + 1000,
    });
  });

  it("can rename a pool and change its tier", async () => {
    const id = await create();
    await operations.UpdateUserPool({ UserPoolId: id, PoolName: "Other", UserPoolTier: "LITE" }, context);
    await operations.UpdateUserPool({ UserPoolId: id }, context);
    expect(await describePool(id)).toMatchObject({ Name: "Other", UserPoolTier: "LITE" });
  });

  it("rejects a tier that lacks what an app client uses", async () => {
    const poolId = await create();
    await context.store.clients.insert({
      id: "rotating",
      poolId,
      name: "rotating",
      settings: { RefreshTokenRotation: { Feature: "ENABLED" } },
      secrets: [],
      createdAt: 0,
      lastModifiedAt: 0,
    });
    const before = await describePool(poolId);
    await expect(
      operations.UpdateUserPool({ UserPoolId: poolId, UserPoolTier: "LITE" }, context),
    ).rejects.toThrow(
      new TierChangeNotAllowedException(
        "The following features need to be disabled for the LITE pricing tier configured: Refresh Token Rotation",
      ),
    );
    expect(await describePool(poolId)).toEqual(before);
  });

  it("changes nothing if the settings are rejected", async () => {
    const id = await create();
    const before = await describePool(id);
    context.clock.advance(1000);
    await expect(
      operations.UpdateUserPool(
        { UserPoolId: id, PoolName: "Other", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } },
        context,
      ),
    ).rejects.toThrow(FeatureUnavailableInTierException);
    expect(await describePool(id)).toEqual(before);
  });

  it("rejects a pool that does not exist", async () => {
    await expect(operations.UpdateUserPool({ UserPoolId: "us-east-1_nothing00" }, context)).rejects.toThrow(
      unknown,
    );
  });
});

describe("DeleteUserPool", () => {
  it("deletes the pool, and rejects a second call", async () => {
    const UserPoolId = await create();
    await operations.DeleteUserPool({ UserPoolId }, context);
    await expect(operations.DeleteUserPool({ UserPoolId }, context)).rejects.toThrow(
      new ResourceNotFoundException(`User pool ${UserPoolId} does not exist.`),
    );
    expect(await context.store.signingKeys.list(UserPoolId)).toEqual([]);
  });

  it("does not delete a pool that is protected", async () => {
    const UserPoolId = await create({ DeletionProtection: "ACTIVE" });
    await expect(operations.DeleteUserPool({ UserPoolId }, context)).rejects.toThrow(
      new InvalidParameterException(
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
      ),
    );
    await operations.UpdateUserPool({ UserPoolId, DeletionProtection: "INACTIVE" }, context);
    await operations.DeleteUserPool({ UserPoolId }, context);
  });
});

describe("ListUserPools", () => {
  it("lists a few members of each pool of the region, page by page", async () => {
    const ids = [await create(), await create(), await create()];
    await create({}, { ...context, request: inRegion("eu-west-1") });
    const first = await operations.ListUserPools({ MaxResults: 2 }, context);
    expect(first.UserPools?.[0]).toEqual({
      Id: ids[0],
      Name: "My pool",
      LambdaConfig: {},
      LastModifiedDate: TEST_TIME,
      CreationDate: TEST_TIME,
    });
    const second = await operations.ListUserPools({ MaxResults: 2, NextToken: first.NextToken }, context);
    const listed = [...(first.UserPools ?? []), ...(second.UserPools ?? [])].map(({ Id }) => Id);
    expect(listed.sort()).toEqual(ids.sort());
    expect(second.NextToken).toBeUndefined();
  });

  it("rejects a token that it did not issue, such as another region's", async () => {
    for (let pool = 0; pool < 2; pool++) await create();
    const { NextToken } = await operations.ListUserPools({ MaxResults: 1 }, context);
    for (const [token, region] of [
      ["nonsense", "us-east-1"],
      [NextToken, "eu-west-1"],
    ] as const) {
      await expect(
        operations.ListUserPools(
          { MaxResults: 1, NextToken: token },
          { ...context, request: inRegion(region) },
        ),
      ).rejects.toThrow(InvalidParameterException);
    }
  });
});

describe("AddCustomAttributes", () => {
  const plan = { Name: "plan", AttributeDataType: "String" } as const;

  it("adds to the schema and counts as a modification", async () => {
    const UserPoolId = await create();
    context.clock.advance(1000);
    expect(await operations.AddCustomAttributes({ UserPoolId, CustomAttributes: [plan] }, context)).toEqual(
      {},
    );
    const pool = await describePool(UserPoolId);
    expect(pool?.SchemaAttributes?.map(({ Name }) => Name)).toContain("custom:plan");
    expect(pool?.LastModifiedDate).toBe(TEST_TIME + 1000);
  });

  it("rejects an existing name, and adds nothing then", async () => {
    const UserPoolId = await create({ Schema: [plan] });
    const other = { Name: "other", AttributeDataType: "String" } as const;
    await expect(
      operations.AddCustomAttributes({ UserPoolId, CustomAttributes: [other, plan] }, context),
    ).rejects.toThrow(
      new InvalidParameterException("custom:plan: Existing attribute already has name custom:plan."),
    );
    expect((await describePool(UserPoolId))?.SchemaAttributes).toHaveLength(22);
  });

  it("rejects a pool that does not exist", async () => {
    await expect(
      operations.AddCustomAttributes(
        { UserPoolId: "us-east-1_nothing00", CustomAttributes: [plan] },
        context,
      ),
    ).rejects.toThrow(unknown);
  });
});
