import { beforeEach, describe, expect, it } from "vitest";
import type { OperationName, Operations } from "../../../api-model/index.ts";
import type { UserRecord } from "../../../storage/index.ts";
import { TEST_TIME } from "../../testing.ts";
import { attributes, hasPassword, type Named, openUserScene, type UserScene } from "./testing.ts";

let context: UserScene["context"];
let api: UserScene["api"];
let jane: UserScene["jane"];
let stored: UserScene["stored"];
beforeEach(async () => {
  ({ context, api, jane, stored } = await openUserScene());
});

const passwordIs = ({ UserPoolId, Username }: Named, password: string) =>
  hasPassword(context, UserPoolId, Username, password);

async function signIn(named: Named) {
  const { sub } = await stored(named);
  const [originJti, clientId] = [context.random.uuid(), context.random.uuid()];
  await context.store.clients.insert({
    poolId: named.UserPoolId,
    id: clientId,
    name: "client",
    secrets: [],
    settings: {},
    createdAt: 0,
    lastModifiedAt: 0,
  });
  await context.store.signIns.insert({
    originJti,
    poolId: named.UserPoolId,
    clientId,
    sub,
    authenticatedAt: 0,
    eventId: "event",
    scope: "aws.cognito.signin.user.admin",
    refreshExpiresAt: Number.MAX_SAFE_INTEGER,
    rotation: 0,
  });
  return async () => context.store.signIns.get(originJti);
}

const unknownUser = ["UserNotFoundException", "User does not exist."];

/** Every operation on one user, with what it needs beside the user's name. */
const operationsOnOne = {
  AdminConfirmSignUp: {},
  AdminDeleteUser: {},
  AdminDeleteUserAttributes: { UserAttributeNames: ["name"] },
  AdminDisableUser: {},
  AdminEnableUser: {},
  AdminGetUser: {},
  AdminSetUserPassword: { Password: "Permanent-1" },
  AdminUpdateUserAttributes: { UserAttributes: attributes({ name: "J" }) },
} satisfies { [Name in OperationName]?: Omit<Operations[Name]["input"], "UserPoolId" | "Username"> };

const names = Object.keys(operationsOnOne) as (keyof typeof operationsOnOne)[];

describe.each(names)("%s", (name) => {
  const refusal = (named: Named) => api.refusal(name, { ...operationsOnOne[name], ...named });

  it("rejects a pool that does not exist", async () =>
    expect(await refusal({ UserPoolId: "us-east-1_nothing00", Username: "jane" })).toEqual([
      "ResourceNotFoundException",
      "User pool us-east-1_nothing00 does not exist.",
    ]));

  it("rejects a user who does not exist, or who is in another pool", async () => {
    const { UserPoolId } = await jane();
    expect(await refusal({ UserPoolId, Username: "bob" })).toEqual(unknownUser);
    expect(await refusal({ UserPoolId: await api.pool(), Username: "jane" })).toEqual(unknownUser);
  });

  it("does not find a user by an address that is not verified", async () => {
    const { UserPoolId } = await jane({ AliasAttributes: ["email"] }, { email: "jane@example.com" });
    expect(await refusal({ UserPoolId, Username: "jane@example.com" })).toEqual(unknownUser);
  });
});

describe("AdminGetUser", () => {
  it("returns all members of the user", async () => {
    const named = await jane();
    expect(await api.call("AdminGetUser", named)).toEqual({
      Username: "jane",
      UserAttributes: attributes({
        email: "jane@example.com",
        email_verified: "true",
        sub: (await stored(named)).sub,
      }),
      UserCreateDate: TEST_TIME,
      UserLastModifiedDate: TEST_TIME,
      Enabled: true,
      UserStatus: "FORCE_CHANGE_PASSWORD",
    });
  });

  it("returns the MFA settings if there are some", async () => {
    const named = await jane();
    const { sub } = await stored(named);
    const mfa = { enabled: ["SOFTWARE_TOKEN_MFA" as const], preferred: "SOFTWARE_TOKEN_MFA" as const };
    await context.store.users.update(named.UserPoolId, sub, (user) => ({ ...user, mfa }));
    expect(await api.call("AdminGetUser", named)).toMatchObject({
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
    });
  });

  it("finds a user by username, sub and active alias, in any case if the pool ignores case", async () => {
    const { UserPoolId } = await jane({
      AliasAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const { sub } = await stored({ UserPoolId, Username: "jane" });
    for (const Username of ["jane", "JANE", sub, sub.toUpperCase(), "jane@example.com", "Jane@Example.COM"]) {
      expect((await api.call("AdminGetUser", { UserPoolId, Username })).Username).toBe("jane");
    }
  });

  it("compares names with case if the pool does not ignore it", async () => {
    const { UserPoolId } = await jane();
    expect(await api.refusal("AdminGetUser", { UserPoolId, Username: "Jane" })).toEqual(unknownUser);
  });
});

describe("AdminDeleteUser", () => {
  it("deletes the user with memberships and sign-ins, and makes the names available", async () => {
    const named = await jane();
    const theirSignIn = await signIn(named);
    await api.call("CreateGroup", { UserPoolId: named.UserPoolId, GroupName: "admins" });
    await api.call("AdminAddUserToGroup", { ...named, GroupName: "admins" });
    await api.call("AdminDeleteUser", named);

    expect(await api.refusal("AdminGetUser", named)).toEqual(unknownUser);
    expect(await api.refusal("AdminDeleteUser", named)).toEqual(unknownUser);
    expect(await theirSignIn()).toBeUndefined();
    const group = { UserPoolId: named.UserPoolId, GroupName: "admins" };
    expect((await api.call("ListUsersInGroup", group)).Users).toEqual([]);
    await api.call("AdminCreateUser", named);
  });
});

describe("AdminSetUserPassword", () => {
  it("sets a permanent password, which confirms the user", async () => {
    const named = await jane();
    await api.call("AdminSetUserPassword", { ...named, Password: "Permanent-1", Permanent: true });
    expect(await stored(named)).toMatchObject({
      status: "CONFIRMED",
      password: { temporary: false, setAt: TEST_TIME + 1000 },
      lastModifiedAt: TEST_TIME + 1000,
    });
    expect(await passwordIs(named, "Permanent-1")).toBe(true);
    expect(await passwordIs(named, "Temporary-1")).toBe(false);
  });

  it.each([undefined, false])("sets a temporary password if Permanent is %s", async (Permanent) => {
    const named = await jane();
    await api.call("AdminSetUserPassword", { ...named, Password: "Permanent-1", Permanent: true });
    await api.call("AdminSetUserPassword", { ...named, Password: "Temporary-2", Permanent });
    expect(await stored(named)).toMatchObject({
      status: "FORCE_CHANGE_PASSWORD",
      password: { temporary: true },
    });
    expect(await passwordIs(named, "Temporary-2")).toBe(true);
  });

  it.each(["UNCONFIRMED", "RESET_REQUIRED", "EXTERNAL_PROVIDER"] as const)(
    "confirms a user who is %s",
    async (status) => {
      const named = await jane();
      const { sub } = await stored(named);
      await context.store.users.update(named.UserPoolId, sub, (user) => ({ ...user, status }));
      await api.call("AdminSetUserPassword", { ...named, Password: "Permanent-1", Permanent: true });
      expect((await stored(named)).status).toBe("CONFIRMED");
    },
  );

  it("sets a password that signs in with any name of the user", async () => {
    const UserPoolId = await api.pool({ UsernameAttributes: ["email"] });
    const named = { UserPoolId, Username: "jane@example.com" };
    await api.call("AdminCreateUser", { ...named, MessageAction: "SUPPRESS" });
    await api.call("AdminSetUserPassword", { ...named, Password: "Permanent-1", Permanent: true });
    expect(await passwordIs(named, "Permanent-1")).toBe(true);
  });

  it("does not affect tokens, messages and verified flags", async () => {
    const named = await jane();
    const theirSignIn = await signIn(named);
    await api.call("AdminSetUserPassword", { ...named, Password: "Permanent-1", Permanent: true });
    expect((await theirSignIn())?.revokedAt).toBeUndefined();
    expect(context.sent).toEqual([]);
    expect((await stored(named)).attributes.email_verified).toBe("true");
  });

  it("rejects a password that breaks the policy", async () => {
    const named = await jane();
    expect(await api.refusal("AdminSetUserPassword", { ...named, Password: "short" })).toEqual([
      "InvalidPasswordException",
      "Password does not conform to policy: Password not long enough",
    ]);
    expect(await passwordIs(named, "Temporary-1")).toBe(true);
  });

  it("rejects a permanent password from the history, if the pool has one", async () => {
    const named = await jane({ Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } } });
    const set = (Password: string, Permanent = true) => ({ ...named, Password, Permanent });
    await api.call("AdminSetUserPassword", set("password-1"));
    await api.call("AdminSetUserPassword", set("password-2"));
    for (const password of ["password-1", "password-2"]) {
      expect(await api.refusal("AdminSetUserPassword", set(password))).toEqual([
        "PasswordHistoryPolicyViolationException",
        "Password has previously been used",
      ]);
    }
    await api.call("AdminSetUserPassword", set("password-1", false));
    await api.call("AdminSetUserPassword", set("password-3"));
    await api.call("AdminSetUserPassword", set("password-1"));
  });
});

describe("AdminDisableUser and AdminEnableUser", () => {
  it("disable sign-in and revoke the user's tokens, which stay revoked after sign-in is enabled again", async () => {
    const named = await jane();
    const theirSignIn = await signIn(named);
    await api.call("AdminDisableUser", named);
    expect(await stored(named)).toMatchObject({ enabled: false, lastModifiedAt: TEST_TIME + 1000 });
    expect((await theirSignIn())?.revokedAt).toBe(TEST_TIME + 1000);

    context.clock.advance(1000);
    await api.call("AdminEnableUser", named);
    expect(await stored(named)).toMatchObject({ enabled: true, lastModifiedAt: TEST_TIME + 2000 });
    expect((await theirSignIn())?.revokedAt).toBe(TEST_TIME + 1000);
  });

  it("can be repeated, which changes nothing", async () => {
    const named = await jane();
    await api.call("AdminEnableUser", named);
    expect((await stored(named)).lastModifiedAt).toBe(TEST_TIME);
    await api.call("AdminDisableUser", named);
    context.clock.advance(1000);
    await api.call("AdminDisableUser", named);
    expect(await stored(named)).toMatchObject({ enabled: false, lastModifiedAt: TEST_TIME + 1000 });
  });

  it("do not change the status", async () => {
    const named = await jane();
    await api.call("AdminDisableUser", named);
    expect(await api.call("AdminGetUser", named)).toMatchObject({
      Enabled: false,
      UserStatus: "FORCE_CHANGE_PASSWORD",
    });
  });
});

describe("AdminConfirmSignUp", () => {
  const setStatus = async (named: Named, status: UserRecord["status"]) => {
    const { sub } = await stored(named);
    await context.store.users.update(named.UserPoolId, sub, (user) => ({ ...user, status }));
  };

  it("confirms a user who signed up, and leaves the addresses unverified", async () => {
    const named = await jane({}, { email: "jane@example.com", email_verified: "false" });
    await setStatus(named, "UNCONFIRMED");
    await api.call("AdminConfirmSignUp", named);
    expect(await stored(named)).toMatchObject({
      status: "CONFIRMED",
      attributes: { email_verified: "false" },
      lastModifiedAt: TEST_TIME + 1000,
    });
  });

  it.each(["CONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED", "EXTERNAL_PROVIDER"] as const)(
    "rejects a user who is %s",
    async (status) => {
      const named = await jane();
      await setStatus(named, status);
      expect(await api.refusal("AdminConfirmSignUp", named)).toEqual([
        "NotAuthorizedException",
        `User cannot be confirmed. Current status is ${status}`,
      ]);
    },
  );
});
