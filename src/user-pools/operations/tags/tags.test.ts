import { beforeEach, describe, expect, it } from "vitest";
import { InvalidParameterException, ResourceNotFoundException } from "../../../api-model/index.ts";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { userPoolOperations } from "../user-pools/index.ts";
import { tagOperations as operations } from "./index.ts";

let context: TestContext;
let ResourceArn: string;
beforeEach(async () => {
  context = await testContext();
  const { UserPool } = await userPoolOperations.CreateUserPool(
    { PoolName: "p", UserPoolTags: { team: "a" } },
    context,
  );
  ResourceArn = UserPool?.Arn ?? "";
});

const tags = async () => (await operations.ListTagsForResource({ ResourceArn }, context)).Tags;

describe("tags of a pool", () => {
  it("are those of CreateUserPool", async () => {
    expect(await tags()).toEqual({ team: "a" });
  });

  it("are added to and overwritten by TagResource", async () => {
    expect(await operations.TagResource({ ResourceArn, Tags: { team: "b", stage: "" } }, context)).toEqual(
      {},
    );
    expect(await tags()).toEqual({ team: "b", stage: "" });
  });

  it("are removed by UntagResource, which ignores missing keys", async () => {
    expect(await operations.UntagResource({ ResourceArn, TagKeys: ["team", "other"] }, context)).toEqual({});
    expect(await tags()).toEqual({});
  });

  it("are returned by DescribeUserPool and do not count as a modification", async () => {
    context.clock.advance(1000);
    await operations.TagResource({ ResourceArn, Tags: { stage: "x" } }, context);
    const UserPoolId = ResourceArn.split("/")[1] ?? "";
    const { UserPool } = await userPoolOperations.DescribeUserPool({ UserPoolId }, context);
    expect(UserPool).toMatchObject({ UserPoolTags: { team: "a", stage: "x" }, LastModifiedDate: TEST_TIME });
  });

  it("cannot use AWS's own prefix, nor be more than fifty", async () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, ""]));
    for (const Tags of [{ "aws:x": "1" }, many]) {
      await expect(operations.TagResource({ ResourceArn, Tags }, context)).rejects.toThrow(
        InvalidParameterException,
      );
    }
    expect(await tags()).toEqual({ team: "a" });
  });
});

describe("a resource that cannot be tagged", () => {
  const calls = (ResourceArn: string) => [
    operations.ListTagsForResource({ ResourceArn }, context),
    operations.TagResource({ ResourceArn, Tags: { a: "b" } }, context),
    operations.UntagResource({ ResourceArn, TagKeys: ["a"] }, context),
  ];

  it("is a pool that does not exist, or in another account", async () => {
    for (const arn of [
      "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_nothing00",
      ResourceArn.replace("123456789012", "999999999999"),
    ]) {
      for (const call of calls(arn)) {
        await expect(call).rejects.toThrow(
          new ResourceNotFoundException(`User pool ${arn.split("/")[1]} does not exist.`),
        );
      }
    }
  });

  it("is anything but a pool", async () => {
    for (const call of calls("arn:aws:iam::123456789012:role/someone")) {
      await expect(call).rejects.toThrow(InvalidParameterException);
    }
  });
});
