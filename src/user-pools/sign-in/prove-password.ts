import { makePassword, matchesPassword, withPassword } from "../passwords/index.ts";
import type { Attempt, Parameters, SignInContext } from "./attempt.ts";
import { passed, type Verdict } from "./challenge.ts";
import { required, wrongCredentials } from "./errors.ts";
import { refuseUnconfirmed, userDeletedMeanwhile } from "./user-state.ts";

/** Checks a password that was sent in the same request. */
export async function provePassword(
  attempt: Attempt,
  given: Parameters,
  context: SignInContext,
): Promise<Verdict> {
  const { crypto, clock, store } = context;
  const { pool, user } = attempt;
  const text = required(given, "PASSWORD");
  refuseUnconfirmed(attempt);
  // Without a user, too: the answer must take as long whether or not the user exists.
  const isRight = await matchesPassword(crypto, pool, user, text);
  if (!isRight || user === undefined) return { outcome: "failed", refusal: wrongCredentials(), counts: true };
  const { importedPassword } = user;
  if (importedPassword === undefined || user.password !== undefined) return passed("password");

  // From here on the user has a verifier like all others, and SRP works.
  const password = await makePassword(crypto, pool, user.username, text, {
    now: clock.now(),
    temporary: false,
  });
  const stored = await store.users.update(pool.id, user.sub, (current) =>
    current.importedPassword?.hash === importedPassword.hash
      ? withPassword(pool, current, password)
      : current,
  );
  if (stored === undefined) throw userDeletedMeanwhile(attempt.client);
  const isConverted = stored.password?.saltHex === password.saltHex;
  // Otherwise another sign-in has converted the hash, or the user has another password now.
  const verdict = isConverted
    ? passed("password")
    : await provePassword({ ...attempt, user: stored }, given, context);
  return verdict.outcome === "passed" ? { user: stored, ...verdict } : verdict;
}
