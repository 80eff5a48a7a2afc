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
  rotation: 0,
};
/** The sign-in after these uses of its refresh tokens, each within the grace period of the one before. */
const signInAfter = (...verdicts: ("newest" | "retried")[]) =>
  verdicts.reduce((current, verdict) => rotate(current, verdict, 10_000, 10), signIn);
const [first, second, third] = [signIn, signInAfter("newest"), signInAfter("newest", "newest")];

describe("using a refresh token", () => {
  it("succeeds with the newest one", () =>
    expect(judgeRefresh(third, third.rotation, 50_000)).toBe("newest"));

  it("succeeds with the previous one within the grace period, and not at its end", () => {
    expect(judgeRefresh(third, second.rotation, 19_999)).toBe("retried");
    expect(judgeRefresh(third, second.rotation, 20_000)).toBe("reused");
  });

  it("never succeeds with the previous one without a grace period, also where the clock is behind that of the rotation", () =>
    expect(judgeRefresh(rotate(signIn, "newest", 10_000, 0), first.rotation, 9_999)).toBe("reused"));

  it("never succeeds with one that was replaced twice", () =>
    expect(judgeRefresh(third, first.rotation, 19_999)).toBe("reused"));

  it("never succeeds with one that this sign-in has not issued yet", () =>
    expect(judgeRefresh(second, third.rotation, 19_999)).toBe("reused"));

  it("never succeeds with one that the answer to a retry has replaced", () => {
    const retried = signInAfter("newest", "newest", "retried");
    const again = rotate(retried, "retried", 12_000, 10);
    for (const replaced of [third, retried]) {
      expect(judgeRefresh(again, replaced.rotation, 19_999)).toBe("reused");
    }
    expect(judgeRefresh(again, again.rotation, 19_999)).toBe("newest");
    expect(judgeRefresh(again, second.rotation, 19_999)).toBe("retried");
    expect(judgeRefresh(again, first.rotation, 19_999)).toBe("reused");
    expect(judgeRefresh(rotate(again, "newest", 12_000, 10), again.rotation, 19_999)).toBe("retried");
  });

  it("succeeds however often a client retries", () => {
    let current = signInAfter("newest", "newest");
    for (let retry = 0; retry < 100; retry++) current = rotate(current, "retried", 12_000, 10);
    expect(judgeRefresh(current, second.rotation, 19_999)).toBe("retried");
    expect(judgeRefresh(current, current.rotation, 19_999)).toBe("newest");
  });

  it("fails after the end of the refresh token's validity, also after rotations", () =>
    expect(judgeRefresh(third, third.rotation, 1_000_000)).toBe("expired"));

  it("fails after a revocation", () =>
    expect(judgeRefresh({ ...third, revokedAt: 1 }, third.rotation, 50_000)).toBe("revoked"));
});

describe("rotating a refresh token", () => {
  it("keeps the previous one valid for the grace period, which a retry does not prolong", () => {
    expect(rotate(signIn, "newest", 50_000, 10).previousUsableUntil).toBe(60_000);
    expect(rotate(signInAfter("newest"), "retried", 15_000, 10).previousUsableUntil).toBe(20_000);
  });

  it("changes nothing on reuse", () => expect(rotate(signIn, "reused", 50_000, 10)).toBe(signIn));

  it("does not change the end of the validity", () =>
    expect(rotate(signIn, "newest", 50_000, 10).refreshExpiresAt).toBe(signIn.refreshExpiresAt));
});
