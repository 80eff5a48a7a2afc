/** The clock of `dev` as `/_cognate/clock` and the console show it, move it and stop it. */
import * as z from "zod";
import type { MovableClock } from "./clock.ts";

/** A time has an offset, since it would otherwise depend on the server's time zone. A date is its midnight in UTC. */
const clockCommand = z.union([
  z.strictObject({ advanceSeconds: z.number() }),
  z.strictObject({ now: z.union([z.iso.datetime({ offset: true }), z.iso.date()]) }),
  z.strictObject({ stopped: z.boolean() }),
]);

/** The last moment that a clock can be moved to: later years do not fit the four digits of the dates on the wire. */
const LAST_MOMENT = Date.UTC(9000, 0);

/**
 * Does what a request asks: `{"advanceSeconds": 180}` moves the clock on, in whole milliseconds,
 * `{"now": "2030-01-01T00:00:00Z"}` sets it, and `{"stopped": true}` stops it or, with false, lets it run.
 *
 * @returns false, without a change of the clock, for any other value and for a time out of the range of dates
 */
export function applyToClock(clock: MovableClock, asked: unknown): boolean {
  const { data: command } = clockCommand.safeParse(asked);
  if (command === undefined) return false;
  if ("stopped" in command) {
    if (command.stopped) clock.stop();
    else clock.resume();
    return true;
  }
  if ("now" in command) {
    const target = Date.parse(command.now);
    if (!isInRange(target)) return false;
    clock.set(target);
    return true;
  }
  const milliseconds = Math.round(command.advanceSeconds * 1000);
  if (!isInRange(clock.now() + milliseconds)) return false;
  clock.advance(milliseconds);
  return true;
}

function isInRange(epochMilliseconds: number): boolean {
  return epochMilliseconds >= 0 && epochMilliseconds <= LAST_MOMENT;
}

export function clockState(clock: MovableClock) {
  const now = clock.now();
  return {
    now: new Date(now).toISOString(),
    epochMilliseconds: now,
    offsetMilliseconds: clock.offsetMilliseconds,
    stopped: clock.isStopped,
  };
}
