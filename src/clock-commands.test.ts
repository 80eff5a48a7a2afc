import { expect, it } from "vitest";
import { movableClock } from "./clock.ts";
import { applyToClock } from "./clock-commands.ts";

it("moves a clock by exactly the seconds that were asked for while the system's time goes on", () => {
  let systemTime = Date.UTC(2026, 0, 1);
  const clock = movableClock({ now: () => systemTime++ });
  expect(applyToClock(clock, { advanceSeconds: 60 })).toBe(true);
  expect(clock.offsetMilliseconds).toBe(60_000);
});
