import { beforeEach, describe, expect, it } from "vitest";
import type { OperationName, Operations } from "../../../api-model/index.ts";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

let context: TestContext;
let api: Caller;
let UserPoolId: string;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
  UserPoolId = await api.pool();
});

const group = (GroupName: string) => ({ UserPoolId, GroupName });
const createUsers = async (...usernames: string[]) => {
  for (const Username of usernames) await api.call("AdminCreateUser", { UserPoolId, Username });
};
const createGroups = async (...names: [string, number?][]) => {
  for (const [name, Precedence] of names) await api.call("CreateGroup", { ...group(name), Precedence });
};
const groupNames = (groups: readonly { GroupName?: string | undefined }[] | undefined) =>
  groups?.map(({ GroupName }) => GroupName);

const unknownGroup = ["ResourceNotFoundException", "Group not found."];
const unknownUser = ["UserNotFoundException", "User does not exist."];
const wrongToken = [
  "InvalidParameterException",
  "Provided pagination token is invalid. Check the token and try your request again.",
];
const RoleArn = "arn:aws:iam::123456789012:role/Admins";

const everyOperation = {
  AdminAddUserToGroup: { Username: "jane", GroupName: "admins" },
  AdminListGroupsForUser: { Username: "jane" },
  AdminRemoveUserFromGroup: { Username: "jane", GroupName: "admins" },
  CreateGroup: { GroupName: "admins" },
  DeleteGroup: { GroupName: "admins" },
  GetGroup: { GroupName: "admins" },
  ListGroups: {},
  ListUsersInGroup: { GroupName: "admins" },
  UpdateGroup: { GroupName: "admins" },
} satisfies { [Name in OperationName]?: Omit<Operations[Name]["input"], "UserPoolId"> };

describe.each(Object.keys(everyOperation) as (keyof typeof everyOperation)[])("%s", (name) => {
  it("rejects a pool that does not exist", async () => {
    const input = { ...everyOperation[name], UserPoolId: "us-east-1_nothing00" };
    // Each entry of the table is the input of the operation that it stands under.
    expect(await api.refusal(name, input as Operations[typeof name]["input"])).toEqual([
      "ResourceNotFoundException",
      "User pool us-east-1_nothing00 does not exist.",
    ]);
  });
});

describe.each(["AdminAddUserToGroup", "AdminRemoveUserFromGroup"] as const)("%s", (name) => {
  it("reports the missing user if the group is missing too", async () => {
    expect(await api.refusal(name, { ...group("admins"), Username: "bob" })).toEqual(unknownUser);
  });

  it("rejects a user that does not exist", async () => {
    await createGroups(["admins"]);
    expect(await api.refusal(name, { ...group("admins"), Username: "bob" })).toEqual(unknownUser);
  });
});

describe("a group that does not exist", () => {
  it("is rejected by AdminAddUserToGroup, and ignored by AdminRemoveUserFromGroup", async () => {
    await createUsers("jane");
    const input = { ...group("admins"), Username: "jane" };
    expect(await api.refusal("AdminAddUserToGroup", input)).toEqual(unknownGroup);
    expect(await api.call("AdminRemoveUserFromGroup", input)).toEqual({});
  });
});

describe.each(["DeleteGroup", "GetGroup", "ListUsersInGroup", "UpdateGroup"] as const)("%s", (name) => {
  it("rejects a group that does not exist, and a name in another case", async () => {
    expect(await api.refusal(name, group("admins"))).toEqual(unknownGroup);
    await createGroups(["Admins"]);
    expect(await api.refusal(name, group("admins"))).toEqual(unknownGroup);
  });
});

describe("CreateGroup", () => {
  it("returns the group, without unset members", async () => {
    const { Group } = await api.call("CreateGroup", group("admins"));
    expect(Group).toEqual({
      GroupName: "admins",
      UserPoolId,
      LastModifiedDate: TEST_TIME,
      CreationDate: TEST_TIME,
    });
  });

  it("stores the given members, including a precedence of 0", async () => {
    const settings = { Description: "All of them", RoleArn, Precedence: 0 };
    const { Group } = await api.call("CreateGroup", { ...group("admins"), ...settings });
    expect(Group).toMatchObject(settings);
    expect((await api.call("GetGroup", group("admins"))).Group).toEqual(Group);
  });

  it("rejects a name that is taken in the same pool", async () => {
    await createGroups(["admins"]);
    expect(await api.refusal("CreateGroup", group("admins"))).toEqual([
      "GroupExistsException",
      "A group with the name already exists.",
    ]);
    await createGroups(["Admins"]);
    await api.call("CreateGroup", { UserPoolId: await api.pool(), GroupName: "admins" });
  });
});

describe("UpdateGroup", () => {
  it("changes the given members, and keeps the others", async () => {
    await api.call("CreateGroup", { ...group("admins"), Description: "All of them", Precedence: 5 });
    context.clock.advance(1000);
    const { Group } = await api.call("UpdateGroup", { ...group("admins"), RoleArn, Precedence: 0 });
    expect(Group).toEqual({
      GroupName: "admins",
      UserPoolId,
      Description: "All of them",
      RoleArn,
      Precedence: 0,
      LastModifiedDate: TEST_TIME + 1000,
      CreationDate: TEST_TIME,
    });
    expect((await api.call("GetGroup", group("admins"))).Group).toEqual(Group);
  });

  it("keeps the group and its LastModifiedDate if no member or an empty description is given", async () => {
    const { Group } = await api.call("CreateGroup", { ...group("admins"), Description: "All of them" });
    context.clock.advance(1000);
    for (const given of [{}, { Description: "" }]) {
      expect((await api.call("UpdateGroup", { ...group("admins"), ...given })).Group).toEqual(Group);
    }
    const again = await api.call("UpdateGroup", { ...group("admins"), Description: "All of them" });
    expect(again.Group?.LastModifiedDate).toBe(TEST_TIME + 1000);
  });
});

describe("DeleteGroup", () => {
  it("deletes a group with its memberships, and keeps its members", async () => {
    await createGroups(["admins"]);
    await createUsers("jane");
    await api.call("AdminAddUserToGroup", { ...group("admins"), Username: "jane" });
    await api.call("DeleteGroup", group("admins"));
    expect((await api.call("AdminListGroupsForUser", { UserPoolId, Username: "jane" })).Groups).toEqual([]);

    await createGroups(["admins"]);
    expect((await api.call("ListUsersInGroup", group("admins"))).Users).toEqual([]);
  });
});

describe("ListGroups", () => {
  it("lists a pool's groups by name, page by page", async () => {
    await createGroups(["c"], ["a"], ["b"]);
    const first = await api.call("ListGroups", { UserPoolId, Limit: 2 });
    expect(groupNames(first.Groups)).toEqual(["a", "b"]);
    const second = await api.call("ListGroups", { UserPoolId, Limit: 2, NextToken: first.NextToken });
    expect(second).toEqual({ Groups: [expect.objectContaining({ GroupName: "c" })] });
    expect((await api.call("ListGroups", { UserPoolId })).Groups).toHaveLength(3);
    expect(await api.call("ListGroups", { UserPoolId: await api.pool() })).toEqual({ Groups: [] });
  });

  it("rejects a Limit of 0, as AdminListGroupsForUser and ListUsersInGroup do", async () => {
    await createUsers("jane");
    await createGroups(["a"]);
    const refusal =
      "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1";
    const refused = ["InvalidParameterException", refusal];
    expect(await api.refusal("ListGroups", { UserPoolId, Limit: 0 })).toEqual(refused);
    expect(await api.refusal("AdminListGroupsForUser", { UserPoolId, Username: "jane", Limit: 0 })).toEqual(
      refused,
    );
    expect(await api.refusal("ListUsersInGroup", { ...group("a"), Limit: 0 })).toEqual([
      "InvalidParameterException",
      `com.amazonaws.services.identitystoreservice.model.ValidationException: ${refusal} (Service: AWSIdentityStoreService; Status Code: 400; Error Code: ValidationException; Request ID: ${context.request.requestId}; Proxy: null)`,
    ]);
  });

  it("rejects a token of another list", async () => {
    await createGroups(["a"], ["b"]);
    const { NextToken } = await api.call("ListGroups", { UserPoolId, Limit: 1 });
    expect(await api.refusal("ListGroups", { UserPoolId: await api.pool(), NextToken })).toEqual(wrongToken);
    expect(await api.refusal("ListGroups", { UserPoolId, NextToken: "x" })).toEqual(wrongToken);
    expect(await api.refusal("ListUsersInGroup", { ...group("a"), NextToken })).toEqual([
      "InvalidParameterException",
      "Paging marker is invalid.",
    ]);
  });
});

describe("members of a group", () => {
  beforeEach(async () => {
    await createGroups(["admins"]);
    await createUsers("zoe", "adam", "jane");
  });
  const member = (Username: string) => ({ ...group("admins"), Username });
  const members = async () =>
    (await api.call("ListUsersInGroup", group("admins"))).Users?.map(({ Username }) => Username);

  it("are listed in the order in which they were added, in the format of ListUsers", async () => {
    for (const name of ["jane", "adam", "zoe"]) {
      await api.call("AdminAddUserToGroup", member(name));
      context.clock.advance(1);
    }
    expect(await members()).toEqual(["jane", "adam", "zoe"]);
    const first = await api.call("ListUsersInGroup", { ...group("admins"), Limit: 2 });
    const second = await api.call("ListUsersInGroup", {
      ...group("admins"),
      Limit: 2,
      NextToken: first.NextToken,
    });
    expect(second.Users).toMatchObject([{ Username: "zoe", Attributes: [{ Name: "sub" }], Enabled: true }]);
    expect(second.NextToken).toBeUndefined();
  });

  it("can be added again and removed again without an error", async () => {
    await api.call("AdminAddUserToGroup", member("jane"));
    await api.call("AdminAddUserToGroup", member("jane"));
    expect(await members()).toEqual(["jane"]);
    await api.call("AdminRemoveUserFromGroup", member("jane"));
    await api.call("AdminRemoveUserFromGroup", member("jane"));
    expect(await members()).toEqual([]);
  });

  it("can be identified by their sub", async () => {
    const { UserAttributes } = await api.call("AdminGetUser", { UserPoolId, Username: "jane" });
    await api.call("AdminAddUserToGroup", member(UserAttributes?.at(-1)?.Value ?? ""));
    expect(await members()).toEqual(["jane"]);
  });
});

describe("AdminListGroupsForUser", () => {
  const list = (input: { Limit?: number; NextToken?: string | undefined } = {}) =>
    api.call("AdminListGroupsForUser", { UserPoolId, Username: "jane", ...input });
  const join = async (...names: string[]) => {
    for (const name of names) await api.call("AdminAddUserToGroup", { ...group(name), Username: "jane" });
  };

  it("lists the user's groups by precedence, those without one last, then by name", async () => {
    await createUsers("jane");
    await createGroups(["none-b"], ["ten", 10], ["none-a"], ["two-b", 2], ["two-a", 2], ["another", 0]);
    await join("none-b", "ten", "none-a", "two-b", "two-a");
    const { Groups, NextToken } = await list();
    expect(groupNames(Groups)).toEqual(["two-a", "two-b", "ten", "none-a", "none-b"]);
    expect(NextToken).toBeUndefined();
    expect(Groups?.[0]).toEqual({
      GroupName: "two-a",
      UserPoolId,
      Precedence: 2,
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME,
    });
  });

  it("continues from page to page, also after a group that was deleted since", async () => {
    await createUsers("jane");
    await createGroups(["a", 1], ["b", 1], ["c", 3], ["d"]);
    await join("a", "b", "c", "d");
    const first = await list({ Limit: 2 });
    expect(groupNames(first.Groups)).toEqual(["a", "b"]);
    await api.call("DeleteGroup", group("b"));
    const second = await list({ Limit: 2, NextToken: first.NextToken });
    expect(groupNames(second.Groups)).toEqual(["c", "d"]);
    expect(second.NextToken).toBeUndefined();
  });

  it("rejects a user who does not exist, and a token of another user's list", async () => {
    await createUsers("jane", "bob");
    await createGroups(["a"], ["b"]);
    await join("a", "b");
    const { NextToken } = await list({ Limit: 1 });
    const refusal = (Username: string) =>
      api.refusal("AdminListGroupsForUser", { UserPoolId, Username, NextToken });
    expect(await refusal("bob")).toEqual(wrongToken);
    expect(await refusal("eve")).toEqual(unknownUser);
  });
});

describe("the number of groups", () => {
  it("of a user is 100 at most", async () => {
    await createUsers("jane");
    const names = Array.from({ length: 101 }, (_, index) => `group-${index}`);
    for (const name of names) await createGroups([name]);
    for (const name of names.slice(0, 100)) {
      await api.call("AdminAddUserToGroup", { ...group(name), Username: "jane" });
    }
    const refusal = await api.refusal("AdminAddUserToGroup", { ...group("group-100"), Username: "jane" });
    expect(refusal).toEqual(["InvalidParameterException", "A user can be in at most 100 groups."]);
    await api.call("AdminAddUserToGroup", { ...group("group-7"), Username: "jane" });
  });

  it("of a pool is 10,000 at most", async () => {
    const { store } = context;
    const full = caller({
      ...context,
      store: {
        ...store,
        pools: store.pools,
        transaction: (work) =>
          store.transaction((repositories) =>
            work({
              ...repositories,
              groups: Object.assign(Object.create(repositories.groups), { count: async () => 10_000 }),
            }),
          ),
      },
    });
    expect(await full.refusal("CreateGroup", group("one-more"))).toEqual([
      "LimitExceededException",
      "A user pool can have at most 10000 groups.",
    ]);
  });
});
