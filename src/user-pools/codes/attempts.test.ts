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
