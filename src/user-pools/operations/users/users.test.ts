import { beforeEach, describe, expect, it } from "vitest";
import type { CreateUserPoolRequest, OperationName, Operations } from "../../../api-model/index.ts";
import type { UserRecord } from "../../../storage/index.ts";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";
import { hasPassword } from "./testing.ts";

let context: TestContext;
let api: Caller;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
});

const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

/** A pool with the user jane. @returns what names her */
async function jane(
  settings: Partial<CreateUserPoolRequest> = {},
  values: Record<string, string> = { email: "jane@example.com", email_verified: "true" },
) {
  const UserPoolId = await api.pool(settings);
  await api.call("AdminCreateUser", {
    UserPoolId,
    Username: "jane",
    TemporaryPassword: "Temporary-1",
    UserAttributes: attributes(values),
    MessageAction: "SUPPRESS",
  });
  context.clock.advance(1000);
  return { UserPoolId, Username: "jane" };
}

type Named = Awaited<ReturnType<typeof jane>>;

async function stored({ UserPoolId, Username }: Named): Promise<UserRecord> {
  const user = await context.store.users.find(UserPoolId, Username);
  if (!user) throw new Error(`There is no ${Username}.`);
  return user;
}

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
const invalid = (message: string) => ["InvalidParameterException", message];

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

describe("AdminUpdateUserAttributes", () => {
  const update = (named: Named, values: Record<string, string>) => ({
    ...named,
    UserAttributes: attributes(values),
  });

  it("sets attributes, removes those with an empty value and keeps the others", async () => {
    const named = await jane({ Schema: [{ Name: "plan", AttributeDataType: "String" }] });
    await api.call("AdminUpdateUserAttributes", update(named, { name: "Jane", "custom:plan": "gold" }));
    await api.call("AdminUpdateUserAttributes", update(named, { name: "", "custom:plan": "silver" }));
    expect(await stored(named)).toMatchObject({
      attributes: { email: "jane@example.com", email_verified: "true", "custom:plan": "silver" },
      lastModifiedAt: TEST_TIME + 1000,
    });
  });

  it("makes a changed address unverified and no longer an alias, unless the request verifies it", async () => {
    const { UserPoolId } = await jane({ AliasAttributes: ["email"] });
    const named = { UserPoolId, Username: "jane" };
    await api.call("AdminUpdateUserAttributes", update(named, { email: "j@example.com" }));
    expect((await stored(named)).attributes).toEqual({ email: "j@example.com", email_verified: "false" });
    for (const Username of ["jane@example.com", "j@example.com"]) {
      expect(await api.refusal("AdminGetUser", { UserPoolId, Username })).toEqual(unknownUser);
    }
    await api.call(
      "AdminUpdateUserAttributes",
      update(named, { email: "jj@example.com", email_verified: "true" }),
    );
    expect((await api.call("AdminGetUser", { UserPoolId, Username: "jj@example.com" })).Username).toBe(
      "jane",
    );
  });

  it("makes a verified address an alias", async () => {
    const { UserPoolId } = await jane({ AliasAttributes: ["email"] }, { email: "jane@example.com" });
    const named = { UserPoolId, Username: "jane" };
    await api.call("AdminUpdateUserAttributes", update(named, { email_verified: "True" }));
    expect((await api.call("AdminGetUser", { UserPoolId, Username: "jane@example.com" })).Username).toBe(
      "jane",
    );
  });

  it("makes the user available by a new address immediately if usernames are addresses, and no longer by the old one", async () => {
    const UserPoolId = await api.pool({ UsernameAttributes: ["email"] });
    await api.call("AdminCreateUser", {
      UserPoolId,
      Username: "jane@example.com",
      MessageAction: "SUPPRESS",
    });
    const named = { UserPoolId, Username: "jane@example.com" };
    await api.call("AdminUpdateUserAttributes", update(named, { email: "j@example.com" }));
    expect((await stored({ UserPoolId, Username: "j@example.com" })).attributes.email_verified).toBe("false");
    expect(await api.refusal("AdminGetUser", named)).toEqual(unknownUser);
  });

  it.each<
    [Partial<CreateUserPoolRequest>, jane: string, bob: string, taken: Record<string, string>, name: string]
  >([
    [
      { UsernameAttributes: ["email"] },
      "jane@example.com",
      "bob@example.com",
      { email: "jane@example.com" },
      "email",
    ],
    [
      { AliasAttributes: ["email"] },
      "jane",
      "bob",
      { email: "jane@example.com", email_verified: "true" },
      "email",
    ],
    [
      { AliasAttributes: ["preferred_username"] },
      "jane",
      "bob",
      { preferred_username: "jj" },
      "preferred_username",
    ],
  ])(
    "in a pool with %j rejects a name or address of %s for %s: %j",
    async (settings, other, Username, taken, name) => {
      const UserPoolId = await api.pool(settings);
      await api.call("AdminCreateUser", { UserPoolId, Username: other, UserAttributes: attributes(taken) });
      await api.call("AdminCreateUser", { UserPoolId, Username });
      expect(await api.refusal("AdminUpdateUserAttributes", update({ UserPoolId, Username }, taken))).toEqual(
        ["AliasExistsException", `An account with the given ${name} already exists.`],
      );
    },
  );

  it.each([
    [{ "custom:x": "1" }, "user.custom:x: Attribute does not exist in the schema.\n"],
    [{ sub: "1" }, "user.sub: Attribute cannot be updated.\n"],
    [{ email: "jane" }, "Invalid email address format."],
    [
      { phone_number_verified: "true" },
      "phone_number_verified cannot be true for a user without phone_number.",
    ],
  ])("rejects %j and changes nothing", async (values, message) => {
    const named = await jane();
    const before = await stored(named);
    const refusal = await api.refusal(
      "AdminUpdateUserAttributes",
      update(named, { name: "J", ...(values as Record<string, string>) }),
    );
    expect(refusal).toEqual(invalid(message));
    expect((await stored(named)).attributes).toEqual(before.attributes);
  });

  it("rejects a change of an immutable attribute and the removal of a required one", async () => {
    const Schema = [
      { Name: "given_name", Mutable: false },
      { Name: "email", Required: true },
    ];
    const named = await jane({ Schema }, { given_name: "Jane", email: "jane@example.com" });
    expect(
      await api.refusal("AdminUpdateUserAttributes", update(named, { given_name: "J", email: "" })),
    ).toEqual(
      invalid(
        "user.given_name: Attribute cannot be updated.\nuser.email: Required attribute cannot be deleted.\n",
      ),
    );
  });
});

describe("AdminDeleteUserAttributes", () => {
  it("removes attributes, an address with its flag and its alias, and ignores those that are not set", async () => {
    const { UserPoolId } = await jane({ AliasAttributes: ["email"] });
    const named = { UserPoolId, Username: "jane" };
    await api.call("AdminDeleteUserAttributes", { ...named, UserAttributeNames: ["email", "nickname"] });
    expect(await stored(named)).toMatchObject({ attributes: {}, lastModifiedAt: TEST_TIME + 1000 });
    expect(await api.refusal("AdminGetUser", { UserPoolId, Username: "jane@example.com" })).toEqual(
      unknownUser,
    );
  });

  it("rejects attributes that are required or not in the schema", async () => {
    const named = await jane({ Schema: [{ Name: "email", Required: true }] });
    const refusal = (...UserAttributeNames: string[]) =>
      api.refusal("AdminDeleteUserAttributes", { ...named, UserAttributeNames });
    expect(await refusal("custom:foo", "custom:bar")).toEqual(
      invalid("Invalid user attributes: Type for attribute {custom:foo} could not be determined"),
    );
    expect(await refusal("email")).toEqual(
      invalid("Invalid user attributes: email: The attribute email is required"),
    );
    expect((await stored(named)).attributes.email).toBe("jane@example.com");
  });
});

describe("AdminDeleteUserAttributes of a user who does not exist", () => {
  it("is rejected before the names of the attributes are checked", async () => {
    const UserPoolId = await api.pool();
    const input = { UserPoolId, Username: "nobody", UserAttributeNames: ["custom:foo"] };
    expect(await api.refusal("AdminDeleteUserAttributes", input)).toEqual([
      "UserNotFoundException",
      "User does not exist.",
    ]);
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
