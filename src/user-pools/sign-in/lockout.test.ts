import { describe, expect, it } from "vitest";
import { isLockedOut, lockoutSeconds, withOneMoreFailure } from "./lockout.ts";

describe("lockout after wrong passwords", () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [14, 512],
    [15, 900],
    [30, 900],
  ])("%i failures in a row lock the user out for %i s", (failures, seconds) =>
    expect(lockoutSeconds(failures)).toBe(seconds),
  );

  it("lasts from the last failure until its time is over, and no longer", () => {
    const failed = { count: 6, lastAt: 10_000 };
    expect(isLockedOut(failed, 10_000)).toBe(true);
    expect(isLockedOut(failed, 11_999)).toBe(true);
    expect(isLockedOut(failed, 12_000)).toBe(false);
  });

  it("does not apply before five failures, even if the clock was ahead when they were recorded", () =>
    expect(isLockedOut({ count: 4, lastAt: 3_600_000 }, 0)).toBe(false));

  it("counts a failure in the future as one of now", () => {
    expect(isLockedOut({ count: 5, lastAt: 20_000 }, 0)).toBe(true);
    expect(isLockedOut({ count: 5, lastAt: 20_000 }, 21_000)).toBe(false);
    expect(withOneMoreFailure({ count: 1, lastAt: 20_000 }, 0)).toEqual({ count: 2, lastAt: 0 });
  });

  it("does not apply to a user without failures", () => expect(isLockedOut(undefined, 0)).toBe(false));

  it("grows with each failure after a lockout has ended", () => {
    expect(withOneMoreFailure({ count: 5, lastAt: 0 }, 1000)).toEqual({ count: 6, lastAt: 1000 });
  });

  it("is reset after 15 minutes without an attempt", () => {
    const quarterOfAnHour = 15 * 60 * 1000;
    expect(withOneMoreFailure({ count: 9, lastAt: 0 }, quarterOfAnHour - 1).count).toBe(10);
    expect(withOneMoreFailure({ count: 9, lastAt: 0 }, quarterOfAnHour).count).toBe(1);
  });
});
