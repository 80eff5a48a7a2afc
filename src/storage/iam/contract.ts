import { describe, expect, it } from "vitest";
import { allPages, iamPolicyRecord, iamRoleRecord, iamUserRecord, unique } from "../contract/fixtures.ts";
import { AlreadyExists } from "../errors.ts";
import type { Store } from "../store.ts";

export function describeIam(store: () => Store): void {
  const policyArn = "arn:aws:iam::aws:policy/AmazonCognitoPowerUser";

  describe("IAM entities", () => {
    it("are read as they were written", async () => {
      const account = unique("account");
      const user = iamUserRecord(account, {
        tags: { team: "a" },
        attachedPolicyArns: [policyArn],
        inlinePolicies: { own: "{}" },
        permissionsBoundaryArn: policyArn,
        login: { passwordHash: "scrypt$…", createdAt: 1, passwordResetRequired: true },
      });
      const role = iamRoleRecord(account, { description: "d", trustedIds: { arn: "AIDA1" }, lastUsedAt: 9 });
      const policy = iamPolicyRecord(account);
      const provider = {
        ...iamUserRecord(account),
        name: "idp.example.com/x",
        clientIds: ["a"],
        thumbprints: [],
      };
      const { iam } = store();
      await iam.users.insert(user);
      await iam.roles.insert(role);
      await iam.policies.insert(policy);
      await iam.oidcProviders.insert(provider);
      expect(await iam.users.get(account, user.name)).toEqual(user);
      expect(await iam.roles.get(account, role.name)).toEqual(role);
      expect(await iam.policies.get(account, policy.name)).toEqual(policy);
      expect(await iam.oidcProviders.get(account, provider.name)).toEqual(provider);
    });

    it("are found by a name in any case, and only in their account and kind", async () => {
      const account = unique("account");
      const user = iamUserRecord(account, { name: "Alice" });
      await store().iam.users.insert(user);
      expect(await store().iam.users.get(account, "aLICE")).toEqual(user);
      expect(await store().iam.users.get(unique("account"), "Alice")).toBeUndefined();
      expect(await store().iam.roles.get(account, "Alice")).toBeUndefined();
      const again = iamUserRecord(account, { name: "ALICE" });
      await expect(store().iam.users.insert(again)).rejects.toThrow(AlreadyExists);
    });

    it("can be renamed, unless the name is taken", async () => {
      const account = unique("account");
      for (const name of ["Alice", "Bob"]) await store().iam.users.insert(iamUserRecord(account, { name }));
      const rename = (from: string, to: string) =>
        store().iam.users.update(account, from, (user) => ({ ...user, name: to }));
      await expect(rename("alice", "BOB")).rejects.toThrow(AlreadyExists);
      expect((await rename("alice", "ALICE"))?.name).toBe("ALICE");
      await rename("alice", "Carol");
      expect(await store().iam.users.get(account, "alice")).toBeUndefined();
      expect((await store().iam.users.get(account, "carol"))?.name).toBe("Carol");
      expect(await rename("nobody", "x")).toBeUndefined();
    });

    it("can get and lose a login", async () => {
      const account = unique("account");
      const login = { passwordHash: "h", createdAt: 1, passwordResetRequired: false };
      const { name } = iamUserRecord(account);
      await store().iam.users.insert(iamUserRecord(account, { name, login }));
      await store().iam.users.update(account, name, (user) => ({ ...user, name: `${user.name}2` }));
      expect((await store().iam.users.get(account, `${name}2`))?.login).toEqual(login);
      await store().iam.users.update(account, `${name}2`, (user) => ({ ...user, login: undefined }));
      expect((await store().iam.users.get(account, `${name}2`))?.login).toBeUndefined();
    });

    it("are listed by name below a path", async () => {
      const account = unique("account");
      const add = (name: string, path: string) =>
        store().iam.roles.insert(iamRoleRecord(account, { name, path }));
      await add("Zed", "/team/");
      await add("amy", "/team/a/");
      await add("Bea", "/");
      await add("cat", "/team_x/");
      const names = async (prefix: string) =>
        (await allPages(1, (page) => store().iam.roles.list(account, prefix, page)))
          .flat()
          .map(({ name }) => name);
      expect(await names("/")).toEqual(["amy", "Bea", "cat", "Zed"]);
      expect(await names("/team/")).toEqual(["amy", "Zed"]);
      expect(await names("/none/")).toEqual([]);
    });

    it("are counted by kind and account", async () => {
      const account = unique("account");
      expect(await store().iam.roles.count(account)).toBe(0);
      for (const name of ["a", "b"]) await store().iam.roles.insert(iamRoleRecord(account, { name }));
      await store().iam.users.insert(iamUserRecord(account));
      expect(await store().iam.roles.count(account)).toBe(2);
      expect(await store().iam.users.count(account)).toBe(1);
      expect(await store().iam.policies.count(account)).toBe(0);
    });

    it("are deleted, and then found by no name or id", async () => {
      const account = unique("account");
      const policy = iamPolicyRecord(account);
      await store().iam.policies.insert(policy);
      expect(await store().iam.policies.delete(account, policy.name.toUpperCase())).toBe(true);
      expect(await store().iam.policies.delete(account, policy.name)).toBe(false);
      expect(await store().iam.policies.get(account, policy.name)).toBeUndefined();
    });
  });

  describe("attachments", () => {
    it("are counted over users and roles, and follow changes, renaming and deletion", async () => {
      const account = unique("account");
      const { iam } = store();
      const user = iamUserRecord(account, {
        attachedPolicyArns: [policyArn],
        permissionsBoundaryArn: policyArn,
      });
      const role = iamRoleRecord(account, { attachedPolicyArns: [policyArn, "arn:other"] });
      await iam.users.insert(user);
      await iam.roles.insert(role);
      await iam.users.insert(iamUserRecord(unique("account"), { attachedPolicyArns: [policyArn] }));
      const count = async () => {
        const usage = await iam.countAttachments(account, policyArn);
        const all = await iam.countAllAttachments(account);
        expect(all.get(policyArn) ?? { attached: 0, boundaries: 0 }).toEqual(usage);
        return usage;
      };
      expect(await count()).toEqual({ attached: 2, boundaries: 1 });
      await iam.users.update(account, user.name, (before) => ({ ...before, name: "Renamed" }));
      expect(await count()).toEqual({ attached: 2, boundaries: 1 });
      await iam.users.update(account, "Renamed", (before) => ({
        ...before,
        attachedPolicyArns: [],
        permissionsBoundaryArn: undefined,
      }));
      expect(await count()).toEqual({ attached: 1, boundaries: 0 });
      await iam.roles.delete(account, role.name);
      expect(await count()).toEqual({ attached: 0, boundaries: 0 });
    });

    it("are counted for all policies of an account at once, without those that nobody has", async () => {
      const account = unique("account");
      const { iam } = store();
      expect(await iam.countAllAttachments(account)).toEqual(new Map());
      await iam.policies.insert(iamPolicyRecord(account));
      await iam.users.insert(
        iamUserRecord(account, { attachedPolicyArns: [policyArn], permissionsBoundaryArn: "arn:boundary" }),
      );
      await iam.roles.insert(iamRoleRecord(account, { attachedPolicyArns: [policyArn, "arn:other"] }));
      await iam.users.insert(
        iamUserRecord(unique("account"), { attachedPolicyArns: [policyArn, "arn:far"] }),
      );
      expect(await iam.countAllAttachments(account)).toEqual(
        new Map([
          [policyArn, { attached: 2, boundaries: 0 }],
          ["arn:other", { attached: 1, boundaries: 0 }],
          ["arn:boundary", { attached: 0, boundaries: 1 }],
        ]),
      );
    });
  });

  describe("access keys", () => {
    const key = (accountId: string, userName: string, createdAt = 1) => ({
      id: unique("AKIA"),
      accountId,
      userName,
      secret: "wJalrXUtnFEMI",
      status: "Active" as const,
      createdAt,
    });

    it("are read as they were written, and are unique over all accounts", async () => {
      const first = key("1", "Alice");
      await store().iam.accessKeys.insert(first);
      expect(await store().iam.accessKeys.get(first.id)).toEqual(first);
      expect(await store().iam.accessKeys.get("AKIANONE")).toBeUndefined();
      const same = { ...key("2", "Bob"), id: first.id };
      await expect(store().iam.accessKeys.insert(same)).rejects.toThrow(AlreadyExists);
    });

    it("are listed by their user, oldest first", async () => {
      const account = unique("account");
      const [newer, older] = [key(account, "Alice", 2), key(account, "alice", 1)];
      for (const record of [newer, older, key(account, "Bob")]) await store().iam.accessKeys.insert(record);
      const listed = await store().iam.accessKeys.listOfUser(account, "ALICE");
      expect(listed.map(({ id }) => id)).toEqual([older.id, newer.id]);
    });

    it("are updated and deleted", async () => {
      const record = key(unique("account"), "Alice");
      await store().iam.accessKeys.insert(record);
      const lastUsed = { at: 5, service: "cognito-idp", region: "us-east-1" };
      await store().iam.accessKeys.update(record.id, (before) => ({
        ...before,
        status: "Inactive",
        userName: "Renamed",
        lastUsed,
      }));
      const changed = { ...record, status: "Inactive", userName: "Renamed", lastUsed };
      expect(await store().iam.accessKeys.get(record.id)).toEqual(changed);
      expect(await store().iam.accessKeys.listOfUser(record.accountId, "renamed")).toEqual([changed]);
      expect(await store().iam.accessKeys.delete(record.id)).toBe(true);
      expect(await store().iam.accessKeys.delete(record.id)).toBe(false);
      expect(await store().iam.accessKeys.update(record.id, (before) => before)).toBeUndefined();
    });
  });
}
