import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestIam, type TestIam } from "../testing.ts";
import { BOOTSTRAP_ROLE, BOOTSTRAP_USER, ensureBootstrap } from "./bootstrap.ts";

describe("bootstrap principals", () => {
  let iam: TestIam;
  beforeEach(async () => {
    iam = await openTestIam(Date.UTC(2026, 0, 15));
  });
  afterEach(() => iam.close());

  it("are an administrator with an access key, and a role for user pools that the administrator can assume", async () => {
    const { roleArn } = await ensureBootstrap(iam);
    expect(roleArn).toBe("arn:aws:iam::123456789012:role/cognate-power-user");
    const user = await iam.store.iam.users.get(iam.accountId, BOOTSTRAP_USER);
    const role = await iam.store.iam.roles.get(iam.accountId, BOOTSTRAP_ROLE);
    expect(user?.attachedPolicyArns).toEqual(["arn:aws:iam::aws:policy/AdministratorAccess"]);
    expect(role?.attachedPolicyArns).toEqual(["arn:aws:iam::aws:policy/AmazonCognitoPowerUser"]);
    expect(role?.trustedIds).toEqual({ "arn:aws:iam::123456789012:user/cognate": user?.uniqueId });
  });

  it("are created once, and keep their access key", async () => {
    const first = await ensureBootstrap(iam);
    expect(await ensureBootstrap(iam)).toEqual(first);
  });

  it("are not created again after they were deleted and replaced by another user", async () => {
    const first = await ensureBootstrap(iam);
    await iam.directory.change(async ({ users, accessKeys }) => {
      const user = await users.get(iam.accountId, BOOTSTRAP_USER);
      if (user) await users.insert({ ...user, name: "alice", uniqueId: "AIDAALICE" });
      await accessKeys.delete(first.accessKey?.id ?? "");
      await users.delete(iam.accountId, BOOTSTRAP_USER);
    });
    expect(await ensureBootstrap(iam)).toMatchObject({ accessKey: undefined });
    expect(await iam.store.iam.users.get(iam.accountId, BOOTSTRAP_USER)).toBeUndefined();
  });

  it("are not restored with an access key that was deactivated", async () => {
    const { accessKey } = await ensureBootstrap(iam);
    await iam.directory.change(({ accessKeys }) =>
      accessKeys.update(accessKey?.id ?? "", (key) => ({ ...key, status: "Inactive" })),
    );
    expect((await ensureBootstrap(iam)).accessKey).toBeUndefined();
  });
});
