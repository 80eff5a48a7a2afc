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

describe("what a user's groups put into tokens", () => {
  it("is nothing without groups", () =>
    expect(groupClaims([])).toEqual({ groups: [], roles: [], preferredRole: undefined }));

  it("is the groups in order, each role once, and the role of the group with the lowest precedence", () =>
    expect(
      groupClaims([group("a", 1, "role-1"), group("b", 2, "role-2"), group("c", undefined, "role-1")]),
    ).toEqual({
      groups: ["a", "b", "c"],
      roles: ["role-1", "role-2"],
      preferredRole: "role-1",
    }));

  it("has no preferred role when groups that share the lowest precedence disagree", () => {
    expect(groupClaims([group("a", 1, "role-1"), group("b", 1, "role-2")]).preferredRole).toBeUndefined();
  });

  it("has the preferred role that they agree on", () => {
    expect(
      groupClaims([group("a", 1, "role-1"), group("b", 1, "role-1"), group("c", 2, "role-2")]).preferredRole,
    ).toBe("role-1");
  });

  it("has no preferred role of groups without a precedence, not even of a single one", () =>
    expect(groupClaims([group("a", undefined, "role-1")])).toEqual({
      groups: ["a"],
      roles: ["role-1"],
      preferredRole: undefined,
    }));

  it("passes over a group without a role, whatever its precedence", () =>
    expect(groupClaims([group("a", 1), group("b", 2, "role-2")])).toEqual({
      groups: ["a", "b"],
      roles: ["role-2"],
      preferredRole: "role-2",
    }));
});
