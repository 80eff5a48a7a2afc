import { matchesPassword } from "../passwords/index.ts";
import type { Attempt, Parameters, SignInContext } from "./attempt.ts";
import { passed, type Verdict } from "./challenge.ts";
import { required, wrongCredentials } from "./errors.ts";

/** The password came along. */
export async function provePassword(
  { pool, user }: Attempt,
  given: Parameters,
  { crypto }: SignInContext,
): Promise<Verdict> {
  // Without a user, too: the answer must take as long whether or not the user exists.
  const isRight = await matchesPassword(crypto, pool, user, required(given, "PASSWORD"));
  return isRight && user !== undefined
    ? passed("password")
    : { outcome: "failed", refusal: wrongCredentials(), counts: true };
}
