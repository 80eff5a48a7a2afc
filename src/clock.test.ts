import { describe, expect, it } from "vitest";
import { forgettingTime, type MovableClock, stoppedClock } from "./clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 1);

/** Both go on, by minutes. */
function scene(): { clock: MovableClock; pass: (milliseconds: number) => number } {
  const clock = stoppedClock(START);
  let elapsed = 0;
  const time = forgettingTime(clock, () => elapsed);
  return {
    clock,
    pass(milliseconds) {
      let last = 0;
      for (let passed = 0; passed < milliseconds; passed += MINUTE) {
        elapsed += MINUTE;
        clock.advance(MINUTE);
        last = time();
      }
      return last;
    },
  };
}

describe("the time for deleting expired records", () => {
  it("is the clock's time, even over years and after small corrections", () => {
    const { clock, pass } = scene();
    expect(pass(30 * DAY)).toBe(clock.now());
    clock.advance(3 * MINUTE);
    expect(pass(MINUTE)).toBe(clock.now());
  });

  it("does not follow a clock that jumps ahead, and is the clock's time after its correction", () => {
    const { clock, pass } = scene();
    clock.advance(DAY);
    expect(pass(2 * HOUR)).toBe(START + 2 * HOUR);
    clock.advance(-DAY);
    expect(pass(MINUTE)).toBe(clock.now());
  });

  it("follows a clock that stays ahead for a day", () => {
    const { clock, pass } = scene();
    clock.advance(365 * DAY);
    expect(pass(DAY - MINUTE)).toBe(START + DAY - MINUTE);
    expect(pass(3 * MINUTE)).toBe(clock.now());
  });

  it("follows a clock that is set back immediately", () => {
    const { clock, pass } = scene();
    clock.advance(-HOUR);
    expect(pass(MINUTE)).toBe(START - HOUR + MINUTE);
  });
});
