import { expect } from "vitest";
import type { RecordedAnswer } from "./entry.ts";
import { claimsOf, passwordSignIn } from "./world.ts";

const A = "arn:aws:iam::111122223333:role/A";
const B = "arn:aws:iam::111122223333:role/B";

type Group = readonly [name: string, precedence: number | undefined, role: string | undefined];

const READER_A: Group = ["reader", 10, A];
const WRITER_B: Group = ["writer", 9, B];

const memberships: readonly (readonly [groups: readonly Group[], roles: string[], preferred?: string])[] = [
  [[READER_A], [A], A],
  [
    [READER_A, ["writer", 10, B]],
    [A, B],
  ],
  [[READER_A, WRITER_B], [A, B], B],
  [[READER_A, WRITER_B, ["empty-first", 0, undefined]], [A, B], B],
  [[READER_A, ["writer", 10, A]], [A], A],
  [[READER_A, ["writer", 10, A], ["null-b", undefined, B]], [A, B], A],
  [[["null-a", undefined, A]], [A]],
  [
    [
      ["null-a", undefined, A],
      ["null-b", undefined, B],
    ],
    [A, B],
  ],
  [
    [
      ["null-a", undefined, B],
      ["null-b", undefined, B],
    ],
    [B],
  ],
];

export const groupClaims: readonly RecordedAnswer[] = memberships.map(
  ([groups, roles, preferred]): RecordedAnswer => ({
    title: `roles of a member of ${groups.map(([name, precedence = "none"]) => `${name} (${precedence})`).join(", ")}: ${preferred ?? "none"} is preferred`,
    origin: "SFX group_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const client = await world.client(UserPoolId);
      await world.user(UserPoolId, "alice");
      for (const [GroupName, Precedence, RoleArn] of groups) {
        yield ["CreateGroup", { UserPoolId, GroupName, Precedence, RoleArn }];
        yield ["AdminAddUserToGroup", { UserPoolId, GroupName, Username: "alice" }];
      }
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(client.id, "alice")];
      const id = claimsOf(AuthenticationResult.IdToken);
      expect(id["cognito:roles"]?.toSorted()).toEqual(roles.toSorted());
      expect(id["cognito:preferred_role"]).toBe(preferred);
      const listed = yield ["AdminListGroupsForUser", { UserPoolId, Username: "alice" }];
      const names = listed.Groups.map(({ GroupName }: { GroupName: string }) => GroupName);
      expect(id["cognito:groups"]).toEqual(names);
      expect(claimsOf(AuthenticationResult.AccessToken)["cognito:groups"]).toEqual(names);
    },
  }),
);
