import { beforeEach, describe, expect, it } from "vitest";
import type { CreateUserPoolRequest } from "../../../api-model/index.ts";
import { TEST_TIME } from "../../testing.ts";
import { attributes, type Named, openUserScene, type UserScene } from "./testing.ts";

let api: UserScene["api"];
let jane: UserScene["jane"];
let stored: UserScene["stored"];
beforeEach(async () => {
  ({ api, jane, stored } = await openUserScene());
});

const unknownUser = ["UserNotFoundException", "User does not exist."];
const invalid = (message: string) => ["InvalidParameterException", message];

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

  it.each([
    ["a new address", {}, { email: "jane@example.com", email_verified: "true" }],
    ["the address that the user has", { email: "jane@example.com" }, { email_verified: "true" }],
  ])("moves the alias of another user with %s, whose own is unverified then", async (_, has, change) => {
    const { UserPoolId } = await jane({ AliasAttributes: ["email"] });
    await api.call("AdminCreateUser", { UserPoolId, Username: "bob", UserAttributes: attributes(has) });
    await api.call("AdminUpdateUserAttributes", update({ UserPoolId, Username: "bob" }, change));
    expect((await api.call("AdminGetUser", { UserPoolId, Username: "jane@example.com" })).Username).toBe(
      "bob",
    );
    expect((await stored({ UserPoolId, Username: "jane" })).attributes).toMatchObject({
      email: "jane@example.com",
      email_verified: "false",
    });
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
        [
          "AliasExistsException",
          name === "preferred_username"
            ? "User account already exists for the alias."
            : `An account with the given ${name} already exists.`,
        ],
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
