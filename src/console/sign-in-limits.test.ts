import { describe, expect, it } from "vitest";
import { stoppedClock } from "../clock.ts";
import { createSignInLimits } from "./sign-in-limits.ts";

const ADDRESS = "192.0.2.1";

describe("waiting after wrong passwords at the console", () => {
  const limitsAt = (now: number) => {
    const clock = stoppedClock(now);
    return { clock, limits: createSignInLimits(clock) };
  };

  it("begins with the sixth for a name from an address, and doubles", () => {
    const { clock, limits } = limitsAt(0);
    const waits = Array.from({ length: 8 }, () => {
      const wait = limits.waitSeconds("alice", ADDRESS);
      clock.advance(Math.max(wait, 0) * 1000);
      limits.failed("alice", ADDRESS);
      return wait;
    });
    expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4]);
    expect(limits.waitSeconds("alice", "192.0.2.2")).toBeLessThanOrEqual(0);
  });

  it("holds for all names from an address after twenty, whatever names they were for", () => {
    const { limits } = limitsAt(0);
    for (let attempt = 0; attempt < 20; attempt++) limits.failed(`user${attempt}`, ADDRESS);
    expect(limits.waitSeconds("somebody else", ADDRESS)).toBe(1);
  });

  it("is for nobody where many people sign in from one address and none fails", () => {
    const { limits } = limitsAt(0);
    for (let person = 0; person < 50; person++) {
      expect(limits.waitSeconds(`user${person}`, ADDRESS)).toBeLessThanOrEqual(0);
      limits.failed(`user${person}`, ADDRESS);
      limits.succeeded(`user${person}`, ADDRESS);
    }
  });

  it("stays with an address that guesses, though it signs in between", () => {
    const { limits } = limitsAt(0);
    for (let attempt = 0; attempt < 20; attempt++) {
      limits.failed("victim", ADDRESS);
      limits.failed("own", ADDRESS);
      limits.succeeded("own", ADDRESS);
    }
    expect(limits.waitSeconds("own", ADDRESS)).toBe(1);
  });
});
