import { beforeEach, describe, expect, it } from "vitest";
import { operationNames } from "../../api-model/index.ts";
import { userPoolOperations } from "../operations/user-pools/index.ts";
import { type TestContext, testContext } from "../testing.ts";
import { categoryOf } from "./operation-categories.ts";
import { createBuckets, createRateLimits, withRateLimits } from "./rate-limits.ts";

let context: TestContext;
let operations: typeof userPoolOperations;
beforeEach(async () => {
  context = await testContext();
  operations = withRateLimits(userPoolOperations, createRateLimits(createBuckets()));
});

const list = (of = context) => operations.ListUserPools({ MaxResults: 1 }, of);
const times = async (count: number, call: () => unknown) => {
  for (let index = 0; index < count; index++) await call();
};

describe("rate limits", () => {
  it("reject the first request above the category's limit within a second", async () => {
    await times(15, () => list());
    await expect(list()).rejects.toMatchObject({
      code: "TooManyRequestsException",
      message: "Rate exceeded",
    });
    await operations.CreateUserPool({ PoolName: "p" }, context);
  });

  it("allow requests again as time passes, at most those of one second", async () => {
    await times(15, () => list());
    context.clock.advance(100);
    await list();
    await expect(list()).rejects.toMatchObject({ code: "TooManyRequestsException" });
    context.clock.advance(60_000);
    await times(15, () => list());
    await expect(list()).rejects.toMatchObject({ code: "TooManyRequestsException" });
  });

  it("count each region separately", async () => {
    await times(15, () => list());
    await list({ ...context, request: { ...context.request, region: "eu-west-1" } });
  });

  it("have a category for every operation of the API model", () => {
    expect(operationNames().filter((name) => categoryOf(name) === undefined)).toEqual([]);
  });
});
