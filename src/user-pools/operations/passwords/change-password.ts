import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Crypto } from "../../../crypto/index.ts";
import { isSamePassword, type UserPoolRecord, type UserRecord } from "../../../storage/index.ts";
import { countAttempt } from "../../codes/index.ts";
import type { Operation } from "../../operation.ts";
import {
  checkHistory,
  checkPassword,
  makePassword,
  matchesPassword,
  withPassword,
} from "../../passwords/index.ts";
import { notInThisState } from "../../recovery.ts";
import { noteUserEvent, refuseBreachedPassword } from "../../risk/index.ts";
import { passwordWasReset, unconfirmedUser, unknownUser, wrongCredentials } from "../../users/index.ts";

/**
 * Changes the password of the bearer of an access token, who proves that they know the one before. Tokens that they hold
 * stay valid.
 *
 * @throws InvalidPasswordException the new password breaks the pool's policy; no attempt is counted
 * @throws InvalidParameterException the previous password is missing
 * @throws LimitExceededException too many attempts in an hour, successful ones included
 * @throws NotAuthorizedException the access token is not valid, or the previous password is wrong
 * @throws PasswordHistoryPolicyViolationException the user had the new password before
 * @throws PasswordResetRequiredException an administrator has reset the password
 * @see API Reference, "ChangePassword"
 */
export const changePassword: Operation<"ChangePassword"> = async (input, context) => {
  const { store, clock, crypto, tokens } = context;
  const { pool, user } = await tokens.verifyAccessToken(input.AccessToken);
  requireOwnPassword(user);
  checkPassword(pool, input.ProposedPassword, "other");

  // Counted before it is checked, so that parallel guesses cannot bypass the limit.
  const now = clock.now();
  const counted = await store.users.update(pool.id, user.sub, (current) =>
    countAttempt(current, "ChangePassword", now),
  );
  if (!counted) throw unknownUser();
  await requirePassword(crypto, pool, user, input.PreviousPassword);
  const proposed = { pool, clientId: undefined, password: input.ProposedPassword };
  await refuseBreachedPassword("PASSWORD_CHANGE", proposed, context);
  await checkHistory(crypto, pool, user, input.ProposedPassword);
  const password = await makePassword(crypto, pool, user.username, input.ProposedPassword, {
    now,
    temporary: false,
  });

  const changed = await store.users.update(pool.id, user.sub, (current) => {
    requireOwnPassword(current);
    // Another request has changed it meanwhile: the proved password is no longer the present one.
    if (!isSamePassword(current.password, user.password)) throw wrongCredentials();
    return { ...withPassword(pool, current, password), lastModifiedAt: now };
  });
  if (!changed) throw unknownUser();
  await noteUserEvent("PasswordChange", { pool, user }, context);
  return {};
};

/** Refuses users who cannot change their present password: it was reset, is temporary, or is kept elsewhere. */
function requireOwnPassword({ status }: UserRecord): void {
  switch (status) {
    case "CONFIRMED":
      return;
    case "RESET_REQUIRED":
      throw passwordWasReset();
    case "UNCONFIRMED":
      throw unconfirmedUser();
    default:
      throw notInThisState();
  }
}

/**
 * Rejects a wrong previous password. A user who signs in without a password sets the first one and sends no previous
 * one.
 */
async function requirePassword(
  crypto: Crypto,
  pool: UserPoolRecord,
  user: UserRecord,
  given: string | undefined,
): Promise<void> {
  if (given === undefined) {
    if (user.password === undefined && user.importedPassword === undefined) return;
    // The text is ours, in the manner of those of InitiateAuth.
    throw new InvalidParameterException("Missing required parameter PreviousPassword");
  }
  if (!(await matchesPassword(crypto, pool, user, given))) throw wrongCredentials();
}
