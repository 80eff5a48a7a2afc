import { matchesPassword } from "../../passwords/index.ts";
import { required } from "../errors.ts";
import type { Beginning } from "../flow.ts";
import { attemptOf, type BeginRequest, type SignInContext } from "../step.ts";
import { findSigningIn, refuseAfterProof, refuseBeforeProof, wrongPassword } from "../user-state.ts";

/** Proves a user by USERNAME and PASSWORD, which is all that the two flows with a plain password do. */
export async function provePassword(request: BeginRequest, context: SignInContext): Promise<Beginning> {
  const { pool, client, parameters } = request;
  const name = required(parameters, "USERNAME");
  const password = required(parameters, "PASSWORD");

  const now = context.clock.now();
  const user = await findSigningIn(request, name, context);
  if (user !== undefined) refuseBeforeProof(client, user, now);

  // For nobody, too: the answer must take as long whether or not the user exists.
  const isRight = await matchesPassword(context.crypto, pool, user, password);
  if (user === undefined || !isRight) throw await wrongPassword({ pool, user }, context);
  await refuseAfterProof({ pool, user }, context);
  return { kind: "proof", proof: { attempt: attemptOf(request, name, user) } };
}
