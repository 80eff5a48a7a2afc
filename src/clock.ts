/**
 * The one source of time. The composition root makes it and hands it down; nothing else reads the system clock.
 */
export interface Clock {
  /** The current time, in milliseconds since the Unix epoch. */
  now(): number;
}

/** The system's own time. */
export const systemClock: Clock = { now: () => Date.now() };

/** How long a clock must stay ahead before it is believed: a wrong clock is corrected by then. */
const BELIEVED_AFTER_MILLISECONDS = 24 * 60 * 60 * 1000;
/** What clocks gain on each other, and a correction by NTP. */
const TOLERATED_MILLISECONDS = 5 * 60 * 1000;

/**
 * The time up to which expired records can be deleted. It follows a clock that jumps ahead only a day later. Otherwise
 * something that was used once could be used again after the clock is corrected, because its record would be gone.
 *
 * @param elapsed milliseconds that only go on, from any beginning
 */
export function forgettingTime(clock: Clock, elapsed: () => number): () => number {
  let time = clock.now();
  let at = elapsed();
  let aheadSince: number | undefined;
  return () => {
    const [now, past] = [clock.now(), elapsed()];
    const expected = time + past - at;
    at = past;
    const isAhead = now > expected + TOLERATED_MILLISECONDS;
    aheadSince = isAhead ? (aheadSince ?? past) : undefined;
    const isBelieved = aheadSince === undefined || past >= aheadSince + BELIEVED_AFTER_MILLISECONDS;
    if (isBelieved) aheadSince = undefined;
    time = isBelieved ? now : expected;
    return time;
  };
}

/** A time in whole seconds, as AWS writes it in XML and in condition keys: `2026-11-29T19:00:58Z`. */
export function isoSeconds(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** A time as Cognito writes versions of what it publishes: `20190128175402`. */
export function versionAt(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** A clock that can be moved and stopped, for `cognate dev` and for tests. */
export interface MovableClock extends Clock {
  /** How far this clock is ahead of the system's, in milliseconds. */
  readonly offsetMilliseconds: number;
  /** Moves the clock; a negative value moves it back. */
  advance(milliseconds: number): void;
  /** Sets the clock to `epochMilliseconds`. */
  set(epochMilliseconds: number): void;
  /** Whether the time stays what it is until the clock is moved. */
  readonly isStopped: boolean;
  stop(): void;
  /** Lets the clock run on from its time. */
  resume(): void;
  /** Puts the clock back to the system's time; it runs. */
  reset(): void;
}

/** A clock that runs at the pace of `base` and can be moved. */
export function movableClock(base: Clock = systemClock): MovableClock {
  let offset = 0;
  let stoppedAt: number | undefined;
  return {
    now: () => stoppedAt ?? base.now() + offset,
    get offsetMilliseconds() {
      return stoppedAt === undefined ? offset : stoppedAt - base.now();
    },
    get isStopped() {
      return stoppedAt !== undefined;
    },
    advance(milliseconds) {
      if (stoppedAt === undefined) offset += milliseconds;
      else stoppedAt += milliseconds;
    },
    set(epochMilliseconds) {
      if (stoppedAt === undefined) offset = epochMilliseconds - base.now();
      else stoppedAt = epochMilliseconds;
    },
    stop() {
      stoppedAt ??= base.now() + offset;
    },
    resume() {
      if (stoppedAt !== undefined) offset = stoppedAt - base.now();
      stoppedAt = undefined;
    },
    reset() {
      stoppedAt = undefined;
      offset = 0;
    },
  };
}

/** A clock that changes only when it is moved, for tests of pure rules. */
export function stoppedClock(epochMilliseconds: number): MovableClock {
  return movableClock({ now: () => epochMilliseconds });
}
