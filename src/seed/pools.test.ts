import { expect, it } from "vitest";
import { readInput } from "../aws/json-protocol/index.ts";
import { operations } from "../user-pools/index.ts";
import { testContext } from "../user-pools/testing.ts";
import { applyPoolSeed, type PoolSeedTarget } from "./pools.ts";
import { seedSchema } from "./schema.ts";

const POOL = "us-east-1_Customers1";

const { pools } = seedSchema.parse({
  pools: [
    {
      name: "customers",
      id: POOL,
      settings: { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } },
      users: [{ username: "taro", password: "Permanent-1", enabled: false }],
    },
  ],
});

it.each([
  "AdminSetUserPassword",
  // The password is in the user's history by then.
  "AdminDisableUser",
])("completes a user whose creation was cut short before %s, only once", async (cutShortBefore) => {
  const context = await testContext();
  const { store } = context;
  const apply = async (mayCall: (name: string) => boolean) => {
    const call: PoolSeedTarget["call"] = async (name, _region, input, givenIds) => {
      if (!mayCall(name)) throw new Error("The process is killed.");
      return operations[name](readInput(name, input), { ...context, ...(givenIds && { givenIds }) });
    };
    for (const pool of pools)
      await applyPoolSeed(pool, { region: "us-east-1", installation: store.installation, call });
    const user = await store.users.find(POOL, "taro");
    return [user?.status, user?.enabled];
  };
  await expect(apply((name) => name !== cutShortBefore)).rejects.toThrow("killed");
  expect(await apply(() => true)).toEqual(["CONFIRMED", false]);

  const named = { UserPoolId: POOL, Username: "taro" };
  await operations.AdminEnableUser(named, context);
  await operations.AdminSetUserPassword({ ...named, Password: "Temporary-1", Permanent: false }, context);
  expect(await apply(() => true)).toEqual(["FORCE_CHANGE_PASSWORD", true]);
  await store.close();
});

// Those of users of Amazon Cognito have the form of a UUID, and not always a version and a variant of RFC 9562.
it.each(["24d79066-9d82-7096-0dad-b458a167efa5", "c7a4f8c8-b061-f0a2-3f6e-6d5b9a8b7c10"])(
  "takes %s as the sub of a user",
  async (sub) => {
    const context = await testContext();
    const { store } = context;
    const { pools } = seedSchema.parse({
      pools: [{ name: "moved", id: POOL, users: [{ username: "taro", sub, password: "Permanent-1" }] }],
    });
    for (const pool of pools)
      await applyPoolSeed(pool, {
        region: "us-east-1",
        installation: store.installation,
        call: async (name, _region, input, givenIds) =>
          operations[name](readInput(name, input), { ...context, ...(givenIds && { givenIds }) }),
      });
    expect((await store.users.find(POOL, "taro"))?.sub).toBe(sub);
    await store.close();
  },
);
