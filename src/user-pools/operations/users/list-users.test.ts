import { beforeEach, describe, expect, it } from "vitest";
import type { ListUsersRequest } from "../../../api-model/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

let context: TestContext;
let api: Caller;
let UserPoolId: string;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
  UserPoolId = await api.pool();
});

const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

async function users(...made: [string, Record<string, string>?][]) {
  for (const [Username, values = {}] of made) {
    await api.call("AdminCreateUser", {
      UserPoolId,
      Username,
      UserAttributes: attributes(values),
      MessageAction: "SUPPRESS",
    });
    context.clock.advance(1);
  }
}

const list = (input: Partial<ListUsersRequest> = {}) => api.call("ListUsers", { UserPoolId, ...input });
const found = async (Filter: string) => (await list({ Filter })).Users?.map(({ Username }) => Username);
const invalid = (message: string) => ["InvalidParameterException", message];
const refusal = (input: Partial<ListUsersRequest>) => api.refusal("ListUsers", { UserPoolId, ...input });

/** The usernames on each page. */
async function pages(input: Partial<ListUsersRequest>): Promise<(string | undefined)[][]> {
  const all: (string | undefined)[][] = [];
  let PaginationToken: string | undefined;
  do {
    const page = await list({ ...input, PaginationToken });
    all.push((page.Users ?? []).map(({ Username }) => Username));
    PaginationToken = page.PaginationToken;
  } while (PaginationToken !== undefined);
  return all;
}

describe("ListUsers", () => {
  it("lists users in order of creation, each with all of their attributes", async () => {
    await users(["zoe", { email: "zoe@example.com" }], ["adam"]);
    const { Users, PaginationToken } = await list();
    expect(Users).toMatchObject([
      {
        Username: "zoe",
        Attributes: [{ Name: "email", Value: "zoe@example.com" }, { Name: "sub" }],
        Enabled: true,
        UserStatus: "FORCE_CHANGE_PASSWORD",
      },
      { Username: "adam", Attributes: [{ Name: "sub" }] },
    ]);
    expect(Object.keys(Users?.[0] ?? {}).sort()).toEqual([
      "Attributes",
      "Enabled",
      "UserCreateDate",
      "UserLastModifiedDate",
      "UserStatus",
      "Username",
    ]);
    expect(PaginationToken).toBeUndefined();
  });

  it("returns an empty list for an empty pool, without users of other pools", async () => {
    await users(["jane"]);
    expect(await api.call("ListUsers", { UserPoolId: await api.pool() })).toEqual({ Users: [] });
  });

  it("rejects a pool that does not exist", async () =>
    expect(await refusal({ UserPoolId: "us-east-1_nothing00" })).toEqual([
      "ResourceNotFoundException",
      "User pool us-east-1_nothing00 does not exist.",
    ]));

  it.each([undefined, 0])("returns 60 users on a page if Limit is %s", async (Limit) => {
    await users(
      ...Array.from({ length: 61 }, (_, index): [string] => [`user-${String(index).padStart(2, "0")}`]),
    );
    expect((await pages({ Limit })).map((page) => page.length)).toEqual([60, 1]);
  });

  it("returns every user exactly once over all pages", async () => {
    await users(["e"], ["d"], ["c"], ["b"], ["a"]);
    expect(await pages({ Limit: 2 })).toEqual([["e", "d"], ["c", "b"], ["a"]]);
    expect(await pages({ Limit: 2, Filter: 'username ^= ""' })).toEqual([["a", "b"], ["c", "d"], ["e"]]);
    expect(await pages({ Limit: 5 })).toEqual([["e", "d", "c", "b", "a"]]);
  });
});

describe("a filter of ListUsers", () => {
  beforeEach(() =>
    users(
      [
        "carol",
        { email: "Carol@Example.com", name: "Carol", family_name: 'O"Brien', phone_number: "+15552" },
      ],
      ["Alice", { email: "alice@example.com", given_name: "Alice", phone_number: "+15551" }],
      ["bob", { email: "bob@example.org", preferred_username: "bobby", family_name: "back\\slash" }],
    ),
  );

  it.each([
    ['email = "carol@example.COM"', ["carol"]],
    ['email ^= ""', ["Alice", "bob", "carol"]],
    ['email ^= "ALICE"', ["Alice"]],
    ['phone_number ^= "+1555"', ["Alice", "carol"]],
    ['name = "carol"', ["carol"]],
    ['given_name = "alice"', ["Alice"]],
    ['family_name = "o\\"brien"', ["carol"]],
    ['family_name = "back\\\\slash"', ["bob"]],
    ['preferred_username ^= "BOB"', ["bob"]],
    ['username = "Alice"', ["Alice"]],
    ['username = "alice"', []],
    ['username ^= "A"', ["Alice"]],
    ['username = "alice@example.com"', []],
    ['email = "nobody@example.com"', []],
    ["", ["carol", "Alice", "bob"]],
  ])("finds with %s %j, in order of the attribute", async (filter, usernames) =>
    expect(await found(filter)).toEqual(usernames),
  );

  it("finds by sub", async () => {
    const { Users } = await list({ Filter: 'username = "bob"' });
    const sub = Users?.[0]?.Attributes?.at(-1)?.Value ?? "";
    expect(await found(`sub = "${sub}"`)).toEqual(["bob"]);
    expect(await found(`sub ^= "${sub.slice(0, 13)}"`)).toEqual(["bob"]);
  });

  it("finds by status, which is exactly Enabled or Disabled", async () => {
    await api.call("AdminDisableUser", { UserPoolId, Username: "bob" });
    expect(await found('status = "Disabled"')).toEqual(["bob"]);
    expect(await found('status = "Enabled"')).toEqual(["carol", "Alice"]);
    expect(await found('status = "disabled"')).toEqual([]);
  });

  it("finds by cognito:user_status, in any case", async () => {
    const confirmed = { UserPoolId, Username: "bob", Password: "Permanent-1", Permanent: true };
    await api.call("AdminSetUserPassword", confirmed);
    expect(await found('cognito:user_status = "confirmed"')).toEqual(["bob"]);
    expect(await found('cognito:user_status ^= "c"')).toEqual(["bob"]);
    expect(await found('cognito:user_status = "FORCE_CHANGE_PASSWORD"')).toEqual(["carol", "Alice"]);
  });

  it("finds a user by a changed value immediately, and no longer by the old one", async () => {
    const UserAttributes = attributes({ email: "robert@example.org" });
    await api.call("AdminUpdateUserAttributes", { UserPoolId, Username: "bob", UserAttributes });
    expect(await found('email = "robert@example.org"')).toEqual(["bob"]);
    expect(await found('email = "bob@example.org"')).toEqual([]);
  });

  it.each(["email = bob", 'email = "a"b"', "email"])("is rejected if it is %s", async (Filter) =>
    expect(await refusal({ Filter })).toEqual(invalid("Error while parsing filter.")),
  );

  it.each(["custom:plan", "nickname", "address"])("cannot search by %s", async (name) =>
    expect(await refusal({ Filter: `${name} = "x"` })).toEqual(invalid(`Invalid search attribute: ${name}`)),
  );

  it("finds usernames in any case if the pool ignores their case", async () => {
    UserPoolId = await api.pool({ UsernameConfiguration: { CaseSensitive: false } });
    await users(["Jane"]);
    expect(await found('username = "JANE"')).toEqual(["jane"]);
  });
});

describe("AttributesToGet of ListUsers", () => {
  it("selects the attributes of each user", async () => {
    await users(["jane", { email: "jane@example.com", name: "Jane" }]);
    const { Users } = await list({ AttributesToGet: ["name", "email"] });
    expect(Users?.[0]?.Attributes).toEqual(attributes({ email: "jane@example.com", name: "Jane" }));
  });

  it("returns all attributes if it is empty", async () => {
    await users(["jane", { name: "Jane" }]);
    expect((await list({ AttributesToGet: [] })).Users?.[0]?.Attributes).toHaveLength(2);
  });

  it("is rejected if a user in the result lacks the attribute, or if it is not in the schema", async () => {
    await users(["jane", { name: "Jane" }], ["bob"]);
    const unsatisfied = invalid("Input fails to satisfy the constraints.");
    expect(await refusal({ AttributesToGet: ["name"] })).toEqual(unsatisfied);
    expect(await refusal({ AttributesToGet: ["custom:plan"] })).toEqual(unsatisfied);
    expect(await refusal({ AttributesToGet: ["name"], Filter: 'username = "bob"' })).toEqual(unsatisfied);
    await list({ AttributesToGet: ["name"], Filter: 'username = "jane"' });
  });
});

describe("a PaginationToken of ListUsers", () => {
  const wrong = invalid("Paging marker is invalid.");
  const firstPage = async (input: Partial<ListUsersRequest> = {}) => {
    const { PaginationToken } = await list({ Limit: 1, ...input });
    return PaginationToken ?? "";
  };
  beforeEach(() => users(["jane", { name: "Jane" }], ["bob", { name: "Bob" }], ["eve", { name: "Eve" }]));

  it("does not reveal its position", async () => {
    const PaginationToken = await firstPage({ Filter: 'username ^= ""' });
    expect(Buffer.from(PaginationToken, "base64url").toString("latin1")).not.toContain("bob");
  });

  it("can be used with another page size", async () =>
    expect((await list({ PaginationToken: await firstPage(), Limit: 60 })).Users).toHaveLength(2));

  it("is rejected with another filter, other attributes or another pool", async () => {
    const PaginationToken = await firstPage({ Filter: 'name ^= ""' });
    expect(await refusal({ PaginationToken })).toEqual(wrong);
    expect(await refusal({ PaginationToken, Filter: 'name ^= "E"' })).toEqual(wrong);
    expect(await refusal({ PaginationToken, Filter: 'name ^= ""', AttributesToGet: ["name"] })).toEqual(
      wrong,
    );
    const otherPool = await api.pool();
    expect(await refusal({ UserPoolId: otherPool, PaginationToken, Filter: 'name ^= ""' })).toEqual(wrong);
    await list({ PaginationToken, Filter: 'name ^= ""' });
  });

  it("is rejected if it was invented or changed", async () => {
    const PaginationToken = await firstPage();
    const changed = `${PaginationToken.startsWith("A") ? "B" : "A"}${PaginationToken.slice(1)}`;
    for (const made of ["x", changed, `${PaginationToken}A`, Buffer.from("[]").toString("base64url")]) {
      expect(await refusal({ PaginationToken: made })).toEqual(wrong);
    }
  });

  it("is valid for an hour", async () => {
    const PaginationToken = await firstPage();
    context.clock.advance(60 * 60 * 1000 - 1);
    await list({ PaginationToken });
    context.clock.advance(1);
    expect(await refusal({ PaginationToken })).toEqual(wrong);
  });

  it("continues from its position after that user was deleted and others were created", async () => {
    const PaginationToken = await firstPage();
    await api.call("AdminDeleteUser", { UserPoolId, Username: "jane" });
    await users(["new"]);
    const { Users } = await list({ PaginationToken });
    expect(Users?.map(({ Username }) => Username)).toEqual(["bob", "eve", "new"]);
  });
});
