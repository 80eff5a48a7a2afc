/**
 * The functions of a pool that a sign-in invokes.
 *
 * @see Developer Guide, "Pre authentication Lambda trigger", "Post authentication Lambda trigger"
 */
import { hidesUserExistence } from "../app-clients/index.ts";
import type { Attempt, SignedIn, SignInContext } from "./attempt.ts";

/**
 * Lets PreAuthentication reject the sign-in before the password is checked. It is also invoked for an unknown user if
 * the client must not know that.
 *
 * @throws UserLambdaValidationException the function rejects the sign-in
 */
export async function preAuthentication(
  { pool, client, name, user }: Attempt,
  { triggers, request }: SignInContext,
): Promise<void> {
  if (!triggers.has(pool, "PreAuthentication_Authentication")) return;
  await triggers.invoke("PreAuthentication_Authentication", {
    pool,
    clientId: client.id,
    username: user?.username ?? name,
    user,
    request: {
      validationData: request.validationData,
      ...(hidesUserExistence(client) && { userNotFound: user === undefined }),
    },
    requestContext: request,
  });
}

/**
 * Invokes PostAuthentication after a sign-in. If the function fails, no tokens are issued.
 *
 * @throws UserLambdaValidationException the function fails; the sign-in is revoked
 */
export async function postAuthentication(
  { attempt: { pool, client, user }, signIn, device }: SignedIn,
  { triggers, request, store, clock }: SignInContext,
): Promise<void> {
  if (!triggers.has(pool, "PostAuthentication_Authentication")) return;
  try {
    await triggers.invoke("PostAuthentication_Authentication", {
      pool,
      clientId: client.id,
      username: user.username,
      user,
      request: { newDeviceUsed: device?.isNew ?? false },
      requestContext: request,
    });
  } catch (error) {
    await store.signIns.update(signIn.originJti, (record) => ({ ...record, revokedAt: clock.now() }));
    throw error;
  }
}
