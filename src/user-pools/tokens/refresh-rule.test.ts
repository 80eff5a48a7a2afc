import { describe, expect, it } from "vitest";
import type { SignInRecord } from "../../storage/index.ts";
import { judgeRefresh, rotate } from "./refresh-rule.ts";

const signIn: SignInRecord = {
  originJti: "origin",
  poolId: "us-east-1_Pool",
  clientId: "client",
  sub: "sub",
  authenticatedAt: 0,
  eventId: "event",
  scope: "aws.cognito.signin.user.admin",
  refreshExpiresAt: 1_000_000,
  rotation: 3,
  previousUsableUntil: 20_000,
};

describe("using a refresh token", () => {
  it("succeeds with the newest one", () => expect(judgeRefresh(signIn, 3, 50_000)).toBe("newest"));

  it("succeeds with the previous one within the grace period, and not at its end", () => {
    expect(judgeRefresh(signIn, 2, 19_999)).toBe("retried");
    expect(judgeRefresh(signIn, 2, 20_000)).toBe("reused");
  });

  it("never succeeds with one that was replaced twice", () =>
    expect(judgeRefresh(signIn, 1, 19_999)).toBe("reused"));

  it("never succeeds with one that this sign-in has not issued yet", () =>
    expect(judgeRefresh(signIn, 4, 19_999)).toBe("reused"));

  it("fails after the end of the refresh token's validity, also after rotations", () =>
    expect(judgeRefresh(signIn, 3, 1_000_000)).toBe("expired"));

  it("fails after a revocation", () =>
    expect(judgeRefresh({ ...signIn, revokedAt: 1 }, 3, 50_000)).toBe("revoked"));
});

describe("rotating a refresh token", () => {
  it("makes the next one the newest and keeps the previous one valid for the grace period", () =>
    expect(rotate(signIn, "newest", 50_000, 10)).toEqual({
      ...signIn,
      rotation: 4,
      previousUsableUntil: 60_000,
    }));

  it("changes nothing on a retry", () => expect(rotate(signIn, "retried", 50_000, 10)).toBe(signIn));

  it("changes nothing on reuse", () => expect(rotate(signIn, "reused", 50_000, 10)).toBe(signIn));

  it("does not change the end of the validity", () =>
    expect(rotate(signIn, "newest", 50_000, 10).refreshExpiresAt).toBe(signIn.refreshExpiresAt));
});
