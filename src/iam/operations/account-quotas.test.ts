import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IamOperationContext } from "../environment.ts";
import { LimitExceededException } from "../errors.ts";
import type { Caller } from "../principals/index.ts";
import { ACCOUNT_ID, openTestIam, type TestIam } from "../testing.ts";
import { runIamOperation } from "./index.ts";

let iam: TestIam;
let context: IamOperationContext;
beforeAll(async () => {
  iam = await openTestIam(Date.UTC(2026, 0, 15));
  context = { ...iam, lookup: () => undefined, caller: { kind: "user", name: "any" } as Caller };
});
afterAll(() => iam.close());

const allow = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
const PolicyDocument = allow({ Action: "iam:*", Resource: "*" });
const AssumeRolePolicyDocument = allow({ Action: "sts:AssumeRole", Principal: { AWS: ACCOUNT_ID } });

const KINDS = {
  users: {
    quota: 5000,
    word: "UsersPerAccount",
    create: (UserName: string) => runIamOperation("CreateUser", { UserName }, context),
  },
  roles: {
    quota: 1000,
    word: "RolesPerAccount",
    create: (RoleName: string) =>
      runIamOperation("CreateRole", { RoleName, AssumeRolePolicyDocument }, context),
  },
  policies: {
    quota: 1500,
    word: "PoliciesPerAccount",
    create: (PolicyName: string) => runIamOperation("CreatePolicy", { PolicyName, PolicyDocument }, context),
  },
} as const;

describe.each(["users", "roles", "policies"] as const)("the quota of %s", (kind) => {
  const { quota, word, create } = KINDS[kind];

  it("is met by the last one, and the next one is rejected and not stored", async () => {
    await create("first");
    const first = await iam.store.iam[kind].get(ACCOUNT_ID, "first");
    if (!first) throw new Error("The first one was not stored.");
    await iam.directory.change(async (repositories) => {
      for (let number = 2; number < quota; number++) {
        // The record of each kind has what its repository needs.
        await repositories[kind].insert({ ...first, name: `n${number}`, uniqueId: `id${number}` } as never);
      }
    });
    await create("last");
    await expect(create("oneMore")).rejects.toThrow(
      new LimitExceededException(`Cannot exceed quota for ${word}: ${quota}`),
    );
    expect(await iam.store.iam[kind].count(ACCOUNT_ID)).toBe(quota);
    await expect(create("first")).rejects.toMatchObject({ code: "EntityAlreadyExists" });
  });
});
