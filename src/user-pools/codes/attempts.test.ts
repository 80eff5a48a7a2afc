import { expect, it } from "vitest";
import type { UserRecord } from "../../storage/index.ts";
import { countAttempt } from "./codes.ts";

const HOUR = 3_600_000;

/** Attempts that are accepted at a time before one is refused. */
function acceptedAt(now: number, user: UserRecord): { accepted: number; user: UserRecord } {
  for (let accepted = 0; accepted < 1_000; accepted++) {
    try {
      user = countAttempt(user, "RecoverPassword", now);
    } catch {
      return { accepted, user };
    }
  }
  throw new Error("No attempt is refused.");
}

it("allows no new attempts when the clock is set back, and allows them after an hour", () => {
  const ahead = acceptedAt(10 * HOUR, {} as UserRecord);
  expect(ahead.accepted).toBeGreaterThan(0);
  const putBack = acceptedAt(HOUR, ahead.user);
  expect(putBack.accepted).toBe(0);
  expect(acceptedAt(11 * HOUR, putBack.user).accepted).toBe(ahead.accepted);
});

it("counts each action by itself", () => {
  const { user } = acceptedAt(HOUR, {} as UserRecord);
  const after = countAttempt(user, "ChangePassword", HOUR);
  expect(acceptedAt(HOUR, after).accepted).toBe(0);
});

it("counts an attempt of a clock that was ahead for an hour from the next one", () => {
  const ahead = countAttempt({} as UserRecord, "RecoverPassword", 10 * HOUR);
  const putBack = countAttempt(ahead, "RecoverPassword", HOUR);
  expect(acceptedAt(2 * HOUR - 1, putBack).accepted).toBe(18);
  expect(acceptedAt(2 * HOUR, putBack).accepted).toBe(20);
});
