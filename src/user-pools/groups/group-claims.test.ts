import { describe, expect, it } from "vitest";
import type { GroupRecord } from "../../storage/index.ts";
import { groupClaims } from "./group-claims.ts";

const group = (name: string, precedence?: number, roleArn?: string): GroupRecord => ({
  poolId: "us-east-1_AbCdEfGhI",
  name,
  precedence,
  roleArn,
  createdAt: 0,
  lastModifiedAt: 0,
});

describe("the group claims of a token", () => {
  it("are absent without groups", () =>
    expect(groupClaims([])).toEqual({ groups: [], roles: [], preferredRole: undefined }));

  it("contain the groups in order, each role once, and the role of the group with the lowest precedence", () =>
    expect(
      groupClaims([group("a", 1, "role-1"), group("b", 2, "role-2"), group("c", undefined, "role-1")]),
    ).toEqual({
      groups: ["a", "b", "c"],
      roles: ["role-1", "role-2"],
      preferredRole: "role-1",
    }));

  it("have no preferred role if groups with the same lowest precedence have different roles", () => {
    expect(groupClaims([group("a", 1, "role-1"), group("b", 1, "role-2")]).preferredRole).toBeUndefined();
  });

  it("have the preferred role if groups with the same lowest precedence share it", () => {
    expect(
      groupClaims([group("a", 1, "role-1"), group("b", 1, "role-1"), group("c", 2, "role-2")]).preferredRole,
    ).toBe("role-1");
  });

  it("have no preferred role from groups without a precedence, not even from a single one", () =>
    expect(groupClaims([group("a", undefined, "role-1")])).toEqual({
      groups: ["a"],
      roles: ["role-1"],
      preferredRole: undefined,
    }));

  it("ignore a group without a role for the preferred role, whatever its precedence", () =>
    expect(groupClaims([group("a", 1), group("b", 2, "role-2")])).toEqual({
      groups: ["a", "b"],
      roles: ["role-2"],
      preferredRole: "role-2",
    }));
});
