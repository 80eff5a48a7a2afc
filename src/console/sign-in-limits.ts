import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.ts";
import { clientNetwork } from "../ip-networks.ts";

/**
 * How many wrong passwords are allowed before a wait. The limit for one name from one address is the lowest, so that an
 * attacker elsewhere cannot lock a user out. The others are for all names from one address, and for one name from all
 * addresses.
 */
const FREE_FAILURES = { nameFromAddress: 5, address: 20, name: 100 } as const;

const MAX_WAIT_SECONDS = 15 * 60;

/** After this long without a wrong password, counting starts again. */
const FORGET_AFTER_MILLISECONDS = 60 * 60 * 1000;

/** How many names and addresses are remembered; enough that one cannot be pushed out cheaply. */
const REMEMBERED = 20_000;

interface Failures {
  readonly count: number;
  readonly lastAt: number;
}

/** How long after the last of `failures` wrong passwords in a row the next may be tried, in seconds. */
export function waitSeconds(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(2 ** (failures - free), MAX_WAIT_SECONDS);
}

/**
 * Slows down the guessing of passwords at the console, by user name and by address. Each node counts for itself, and all its processes
 * together.
 *
 * @see OWASP ASVS 5.0 6.3.1
 */
export function createSignInLimits(clock: Clock) {
  const failures = new LRUCache<string, Failures>({ max: REMEMBERED });

  /** A time ahead of the clock counts as now: moving the clock back must not lengthen the wait. */
  function recent(key: string): Failures | undefined {
    const known = failures.get(key);
    if (known === undefined) return undefined;
    const lastAt = Math.min(known.lastAt, clock.now());
    return clock.now() - lastAt < FORGET_AFTER_MILLISECONDS ? { ...known, lastAt } : undefined;
  }

  function waitOf(key: string, free: number): number {
    const known = recent(key);
    if (known === undefined) return 0;
    return Math.ceil(waitSeconds(known.count, free) - (clock.now() - known.lastAt) / 1000);
  }

  const countersOf = (name: string, address: string): readonly (readonly [key: string, free: number])[] => {
    const network = clientNetwork(address);
    return [
      [`${network} ${name}`, FREE_FAILURES.nameFromAddress],
      [network, FREE_FAILURES.address],
      [`* ${name}`, FREE_FAILURES.name],
    ];
  };

  const limits = {
    /**
     * Counts an attempt as failed, before the password is checked, so that parallel attempts cannot bypass the limit.
     *
     * @returns 0, or the seconds until this name may be tried from this address, and then nothing is counted
     */
    take(name: string, address: string): number {
      const wait = limits.waitSeconds(name, address);
      if (wait > 0) return wait;
      limits.failed(name, address);
      return 0;
    },
    /** Seconds until this name may be tried from this address; 0 or less when it may be now. */
    waitSeconds: (name: string, address: string): number =>
      Math.max(...countersOf(name, address).map(([key, free]) => waitOf(key, free))),
    failed(name: string, address: string): void {
      for (const [key] of countersOf(name, address)) {
        failures.set(key, { count: (recent(key)?.count ?? 0) + 1, lastAt: clock.now() });
      }
    },
    /** Takes back a failure that was counted before the check, which then could not be made. */
    notTried(name: string, address: string): void {
      for (const [key] of countersOf(name, address)) {
        const known = recent(key);
        if (known !== undefined) failures.set(key, { ...known, count: known.count - 1 });
      }
    },
    /**
     * A right password clears the name. Of the address only this attempt is taken back, which was counted before it was
     * known to be right: others may have been guesses.
     */
    succeeded(name: string, address: string): void {
      const network = clientNetwork(address);
      for (const key of [`${network} ${name}`, `* ${name}`])
        failures.set(key, { count: 0, lastAt: clock.now() });
      const known = recent(network);
      if (known !== undefined) failures.set(network, { ...known, count: known.count - 1 });
    },
  };
  return limits;
}

/** What a sign-in uses, also where another process counts. */
export interface SignInLimits {
  take(name: string, address: string): number | Promise<number>;
  notTried(name: string, address: string): void | Promise<void>;
  succeeded(name: string, address: string): void | Promise<void>;
}
