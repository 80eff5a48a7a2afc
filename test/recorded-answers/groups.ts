import { expect } from "vitest";
import { type RecordedAnswer, refusal, TEXT, TIME } from "./entry.ts";

const ORIGIN = "SFX group_workflows";
const notFound = refusal("ResourceNotFoundException", "Group not found.");
const noUser = refusal("UserNotFoundException", "User does not exist.");
const RoleArn = "arn:aws:iam::111122223333:role/A";
const REFUSAL_OF_ZERO =
  "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1";

export const groups: readonly RecordedAnswer[] = [
  {
    title: "CreateGroup with a name only, and again",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const input = { UserPoolId, GroupName: "reader" };
      yield [
        "CreateGroup",
        input,
        { Group: { CreationDate: TIME, GroupName: "reader", LastModifiedDate: TIME, UserPoolId } },
      ];
      yield ["CreateGroup", input, refusal("GroupExistsException", "A group with the name already exists.")];
    },
  },
  {
    title: "CreateGroup with everything",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const group = { Description: "d", GroupName: "reader", Precedence: 10, RoleArn, UserPoolId };
      const answer = { Group: { ...group, CreationDate: TIME, LastModifiedDate: TIME } };
      yield ["CreateGroup", group, answer];
      yield ["GetGroup", { UserPoolId, GroupName: "reader" }, answer];
      yield ["UpdateGroup", { UserPoolId, GroupName: "reader" }, answer];
    },
  },
  {
    title: "CreateGroup with a precedence of -1",
    origin: ORIGIN,
    async *play(world) {
      yield [
        "CreateGroup",
        { UserPoolId: await world.pool(), GroupName: "reader", Precedence: -1 },
        refusal(
          "InvalidParameterException",
          "1 validation error detected: Value '-1' at 'precedence' failed to satisfy constraint: Member must have value greater than or equal to 0",
        ),
      ];
    },
  },
  {
    title: "UpdateGroup with an empty RoleArn",
    origin: ORIGIN,
    async *play(world) {
      yield [
        "UpdateGroup",
        { UserPoolId: await world.pool(), GroupName: "reader", RoleArn: "" },
        refusal(
          "InvalidParameterException",
          "2 validation errors detected: Value '' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20; Value '' at 'roleArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?",
        ),
      ];
    },
  },
  {
    title: "a group that is absent, or another pool's",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      await world.user(UserPoolId, "alice");
      await world.call("CreateGroup", { UserPoolId: await world.pool(), GroupName: "reader" });
      const group = { UserPoolId, GroupName: "reader" };
      yield ["GetGroup", group, notFound];
      yield ["UpdateGroup", group, notFound];
      yield ["DeleteGroup", group, notFound];
      yield ["AdminAddUserToGroup", { ...group, Username: "alice" }, notFound];
    },
  },
  {
    title: "memberships, their empty bodies, and a user who is absent",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      await world.user(UserPoolId, "alice");
      const group = { UserPoolId, GroupName: "reader" };
      yield ["AdminAddUserToGroup", { ...group, Username: "nobody" }, noUser];
      yield ["CreateGroup", group];
      yield ["AdminAddUserToGroup", { ...group, Username: "nobody" }, noUser];
      yield ["AdminRemoveUserFromGroup", { ...group, Username: "nobody" }, noUser];
      yield ["AdminListGroupsForUser", { UserPoolId, Username: "nobody" }, noUser];
      yield ["AdminAddUserToGroup", { ...group, Username: "alice" }, ""];
      yield ["AdminAddUserToGroup", { ...group, Username: "alice" }, ""];
      yield [
        "AdminListGroupsForUser",
        { UserPoolId, Username: "alice" },
        { Groups: [{ CreationDate: TIME, GroupName: "reader", LastModifiedDate: TIME, UserPoolId }] },
      ];
      yield ["AdminRemoveUserFromGroup", { ...group, Username: "alice" }, ""];
      yield ["AdminRemoveUserFromGroup", { ...group, Username: "alice" }, ""];
      yield ["AdminListGroupsForUser", { UserPoolId, Username: "alice" }, { Groups: [] }];
      yield ["ListUsersInGroup", group, { Users: [] }];
      yield ["DeleteGroup", group, ""];
    },
  },
  {
    title: "ListUsersInGroup",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const userOf = (Username: string) => ({
        Attributes: [
          { Name: "email", Value: `${Username}@example.com` },
          { Name: "email_verified", Value: "true" },
          { Name: "sub", Value: TEXT },
        ],
        Enabled: true,
        UserCreateDate: TIME,
        UserLastModifiedDate: TIME,
        UserStatus: "CONFIRMED",
        Username,
      });
      const group = { UserPoolId, GroupName: "reader" };
      yield ["CreateGroup", group];
      for (const Username of ["alice", "bob"]) {
        const [email, verified] = userOf(Username).Attributes;
        await world.user(UserPoolId, Username, { UserAttributes: [email, verified] });
        yield ["AdminAddUserToGroup", { ...group, Username }, ""];
      }
      yield ["ListUsersInGroup", group, { Users: [userOf("alice"), userOf("bob")] }];
      const { NextToken, Users } = yield [
        "ListUsersInGroup",
        { ...group, Limit: 1 },
        { NextToken: TEXT, Users: [expect.anything()] },
      ];
      const other = Users[0].Username === "alice" ? "bob" : "alice";
      yield ["ListUsersInGroup", { ...group, Limit: 1, NextToken }, { Users: [userOf(other)] }];
    },
  },
  {
    title: "ListGroups with Limit 1 through six groups gives six pages, the last without NextToken",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const names = ["z-default", "reader", "writer", "empty-first", "null-b", "null-a"];
      for (const GroupName of names) yield ["CreateGroup", { UserPoolId, GroupName }];
      const seen: string[] = [];
      let NextToken: string | undefined;
      for (const index of names.keys()) {
        const isLast = index === names.length - 1;
        const page = yield [
          "ListGroups",
          { UserPoolId, Limit: 1, NextToken },
          { Groups: [expect.anything()], ...(!isLast && { NextToken: TEXT }) },
        ];
        NextToken = page.NextToken;
        seen.push(page.Groups[0].GroupName);
      }
      expect(seen.sort()).toEqual(names.sort());
    },
  },
  {
    title: "a NextToken that is rubbish",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      await world.user(UserPoolId, "alice");
      yield ["CreateGroup", { UserPoolId, GroupName: "reader" }];
      const wrong = refusal(
        "InvalidParameterException",
        "Provided pagination token is invalid. Check the token and try your request again.",
      );
      yield ["ListGroups", { UserPoolId, NextToken: "invalid" }, wrong];
      yield ["AdminListGroupsForUser", { UserPoolId, Username: "alice", NextToken: "invalid" }, wrong];
      yield [
        "ListUsersInGroup",
        { UserPoolId, GroupName: "reader", NextToken: "invalid" },
        refusal("InvalidParameterException", "Paging marker is invalid."),
      ];
    },
  },
  {
    title: "Limit 0",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      await world.user(UserPoolId, "alice");
      yield ["CreateGroup", { UserPoolId, GroupName: "reader" }];
      const zero = refusal("InvalidParameterException", REFUSAL_OF_ZERO);
      yield ["ListGroups", { UserPoolId, Limit: 0 }, zero];
      yield ["AdminListGroupsForUser", { UserPoolId, Username: "alice", Limit: 0 }, zero];
      yield [
        "ListUsersInGroup",
        { UserPoolId, GroupName: "reader", Limit: 0 },
        refusal(
          "InvalidParameterException",
          expect.stringMatching(
            /^com\.amazonaws\.services\.identitystoreservice\.model\.ValidationException: 1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1 \(Service: AWSIdentityStoreService; Status Code: 400; Error Code: ValidationException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
          ),
        ),
      ];
    },
  },
];
