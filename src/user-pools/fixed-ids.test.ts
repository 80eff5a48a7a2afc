import { describe, expect, it } from "vitest";
import { InvalidParameterException } from "../api-model/index.ts";
import { fixedClientId, withAllowedClientName, withFixedIds } from "./fixed-ids.ts";
import { operations } from "./operations/registry.ts";
import { testContext } from "./testing.ts";

const { CreateUserPool, CreateUserPoolClient } = withFixedIds(operations);
const context = await testContext();

const createPool = (asked: string, inContext = context) =>
  CreateUserPool({ PoolName: "p", UserPoolTags: { _custom_id_: asked, team: "a" } }, inContext);

describe("a pool with the tag _custom_id_", () => {
  it("gets that id, without the tag", async () => {
    expect((await createPool("us-east-1_mine")).UserPool).toMatchObject({
      Id: "us-east-1_mine",
      UserPoolTags: { team: "a" },
    });
  });

  it("gets the region as prefix if the tag has none", async () => {
    const elsewhere = await testContext({ request: { ...context.request, region: "eu-west-1" } });
    expect((await createPool("mine", elsewhere)).UserPool?.Id).toBe("eu-west-1_mine");
  });

  it.each(["us-east-1_", "us-east-1_my-pool", "eu-west-1_mine", "my pool", ""])(
    "is rejected with %j",
    async (asked) => expect(() => createPool(asked)).toThrow(InvalidParameterException),
  );

  it("is rejected if the id is taken", async () => {
    await createPool("taken");
    await expect(createPool("taken")).rejects.toThrow(
      new InvalidParameterException("User pool us-east-1_taken already exists."),
    );
  });

  it("keeps the tag if fixed ids are not enabled", async () => {
    const UserPoolTags = { _custom_id_: "ordinary" };
    const { UserPool } = await operations.CreateUserPool({ PoolName: "p", UserPoolTags }, context);
    expect(UserPool).toMatchObject({ UserPoolTags });
    expect(UserPool?.Id).not.toBe("us-east-1_ordinary");
  });
});

describe("a client named _custom_id_", () => {
  const poolOf = async (id: string) => (await createPool(id)).UserPool?.Id ?? "";
  const create = async (ClientName: string, UserPoolId: string) =>
    (await CreateUserPoolClient({ ClientName, UserPoolId }, context)).UserPoolClient;

  it("gets the id and the name after the prefix", async () => {
    const pool = await poolOf("clients");
    expect(await create("_custom_id_:mine", pool)).toMatchObject({ ClientId: "mine", ClientName: "mine" });
    expect(await create("_custom_id_=yours", pool)).toMatchObject({ ClientId: "yours", ClientName: "yours" });
    expect(await create("ordinary", pool)).toMatchObject({ ClientName: "ordinary" });
  });

  it("is rejected if the id is taken, even in another pool, or malformed", async () => {
    await create("_custom_id_:one", await poolOf("first"));
    const second = await poolOf("second");
    await expect(create("_custom_id_:one", second)).rejects.toThrow(
      new InvalidParameterException("User pool client one already exists."),
    );
    await expect(create("_custom_id_:my client", second)).rejects.toThrow(InvalidParameterException);
  });

  it("is recognised only by the whole prefix", () => {
    expect(["mine", "_custom_id_", "_custom_id_mine", "x_custom_id_:mine"].map(fixedClientId)).toEqual(
      Array(4).fill(undefined),
    );
  });

  it("passes the API model after its colon is replaced, only in CreateUserPoolClient", () => {
    const body = { ClientName: "_custom_id_:mine", UserPoolId: "p" };
    expect(withAllowedClientName("CreateUserPoolClient", body)).toEqual({
      ...body,
      ClientName: "_custom_id_=mine",
    });
    expect(withAllowedClientName("UpdateUserPoolClient", body)).toBe(body);
    for (const ClientName of ["mine", 5, null, "x:_custom_id_:"]) {
      expect(withAllowedClientName("CreateUserPoolClient", { ClientName })).toEqual({ ClientName });
    }
  });
});
