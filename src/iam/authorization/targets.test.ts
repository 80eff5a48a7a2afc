import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type IamOperationName, iamModel } from "../api-model/index.ts";
import { type Caller, ensureBootstrap } from "../principals/index.ts";
import { ACCOUNT_ID, openTestIam, type TestIam } from "../testing.ts";
import { type RawInput, targetOf } from "./targets.ts";

const BOUNDARY = "arn:aws:iam::aws:policy/AmazonCognitoReadOnly";
const OTHER = "arn:aws:iam::aws:policy/AmazonCognitoPowerUser";
const caller = { kind: "user", name: "cognate" } as Caller;

let iam: TestIam;
beforeAll(async () => {
  iam = await openTestIam(Date.UTC(2026, 0, 15));
  await ensureBootstrap(iam);
  await iam.directory.change(async ({ users, roles, oidcProviders }) => {
    const change = { permissionsBoundaryArn: BOUNDARY, tags: { Team: "red" } };
    await users.update(ACCOUNT_ID, "cognate", (user) => ({ ...user, ...change }));
    await roles.update(ACCOUNT_ID, "cognate-power-user", (role) => ({ ...role, ...change }));
    await oidcProviders.insert({
      accountId: ACCOUNT_ID,
      name: "idp.example",
      path: "/",
      uniqueId: "idp.example",
      clientIds: [],
      thumbprints: [],
      tags: { Team: "red" },
      createdAt: 0,
    });
  });
});
afterAll(() => iam.close());

const keysOf = async (operation: IamOperationName, input: RawInput) =>
  (await targetOf(operation, input, caller, iam)).keys;

/** @see Service Authorization Reference, "Actions defined by AWS Identity and Access Management (IAM)" */
describe("iam:PermissionsBoundary", () => {
  const user = { UserName: "cognate", PermissionsBoundary: OTHER };
  const role = { RoleName: "cognate-power-user", PermissionsBoundary: OTHER };

  it.each([
    ...["AttachUserPolicy", "DetachUserPolicy", "PutUserPolicy", "DeleteUserPolicy"],
    ...["AttachRolePolicy", "DetachRolePolicy", "PutRolePolicy", "DeleteRolePolicy"],
    ...["DeleteUserPermissionsBoundary", "DeleteRolePermissionsBoundary"],
  ] as IamOperationName[])("is the boundary of the user or role for %s", async (operation) => {
    const keys = await keysOf(operation, operation.includes("User") ? user : role);
    expect(keys["iam:PermissionsBoundary"]).toBe(BOUNDARY);
  });

  it.each(["CreateUser", "CreateRole", "PutUserPermissionsBoundary", "PutRolePermissionsBoundary"] as const)(
    "is the boundary in the input of %s",
    async (operation) => {
      const keys = await keysOf(operation, operation.includes("User") ? user : role);
      expect(keys["iam:PermissionsBoundary"]).toBe(OTHER);
    },
  );

  it("has no value for every other operation", async () => {
    const withKey: string[] = [];
    for (const operation of iamModel.operationNames) {
      const keys = await keysOf(operation, { ...user, ...role });
      if (keys["iam:PermissionsBoundary"] !== undefined) withKey.push(operation);
    }
    expect(withKey).toHaveLength(14);
  });
});

describe("resource tags of a call", () => {
  it.each([
    ["GetUser", { UserName: "cognate" }],
    ["GetRole", { RoleName: "cognate-power-user" }],
    [
      "GetOpenIDConnectProvider",
      { OpenIDConnectProviderArn: `arn:aws:iam::${ACCOUNT_ID}:oidc-provider/idp.example` },
    ],
    ["SimulatePrincipalPolicy", { PolicySourceArn: `arn:aws:iam::${ACCOUNT_ID}:user/cognate` }],
  ] as const)("are condition keys of %s", async (operation, input) => {
    expect(await keysOf(operation, input)).toMatchObject({
      "aws:ResourceTag/team": "red",
      "iam:ResourceTag/team": "red",
    });
  });
});

describe("a name longer than the API model allows", () => {
  it.each(iamModel.operationNames)(
    "is not looked up, and gives the resource `*`, for %s",
    async (operation) => {
      const shape = iamModel.shape(iamModel.operation(operation).input);
      const members = shape.type === "structure" ? Object.keys(shape.members) : [];
      const names = members.filter((name) => /^(.*Name|.*Arn|Path.*|Url|AccessKeyId)$/.test(name));
      const lookups = [
        vi.spyOn(iam.store.iam.users, "get"),
        vi.spyOn(iam.store.iam.roles, "get"),
        vi.spyOn(iam.store.iam.policies, "get"),
        vi.spyOn(iam.store.iam.accessKeys, "get"),
      ];
      for (const name of names) {
        if (["ActionNames", "ResourceArns", "CallerArn"].includes(name)) continue;
        const target = await targetOf(operation, { [name]: "a".repeat(3000) }, caller, iam);
        expect(target, name).toEqual({ resource: "*", shown: "*", keys: {} });
      }
      for (const lookup of lookups) {
        expect(lookup).not.toHaveBeenCalled();
        lookup.mockRestore();
      }
    },
  );

  it("is neither looked up nor cached by the directory", async () => {
    const users = vi.spyOn(iam.store.iam.users, "get");
    const keys = vi.spyOn(iam.store.iam.accessKeys, "get");
    expect(await iam.directory.user("a".repeat(129))).toBeUndefined();
    expect(await iam.directory.role("a b")).toBeUndefined();
    expect(await iam.directory.accessKey("A".repeat(129))).toBeUndefined();
    expect(await iam.directory.managedPolicy(`arn:aws:iam::aws:policy/${"a".repeat(3000)}`)).toBeUndefined();
    expect(users).not.toHaveBeenCalled();
    expect(keys).not.toHaveBeenCalled();
    users.mockRestore();
    keys.mockRestore();
  });
});

describe("the target of CreateOpenIDConnectProvider", () => {
  it.each(["https://idp.example/pool", "HTTPS://idp.example/pool", "http://idp.example/pool"])(
    "is the provider without its scheme for %s",
    async (Url) => {
      const { resource } = await targetOf("CreateOpenIDConnectProvider", { Url }, caller, iam);
      expect(resource).toBe(`arn:aws:iam::${ACCOUNT_ID}:oidc-provider/idp.example/pool`);
    },
  );
});

describe("an input member outside the operation's model", () => {
  it("does not determine the resource", async () => {
    const { resource } = await targetOf("ChangePassword", { UserName: "somebody-else" }, caller, iam);
    expect(resource).toBe(`arn:aws:iam::${ACCOUNT_ID}:user/cognate`);
  });
});

describe("request tags", () => {
  it("omit text longer than the tag limit", async () => {
    const Tags = [
      { Key: "a".repeat(129), Value: "x" },
      { Key: "team", Value: "x".repeat(257) },
    ];
    expect(await keysOf("TagUser", { UserName: "cognate", Tags })).toMatchObject({
      "aws:RequestTag/": "x",
      "aws:RequestTag/team": "",
      "aws:TagKeys": ["", "team"],
    });
  });
});
