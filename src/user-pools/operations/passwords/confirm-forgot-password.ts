import type { AppClientRecord, UserRecord } from "../../../storage/index.ts";
import { hidesUserExistence, requireProvenClient } from "../../app-clients/index.ts";
import { checkCode, codeMismatch, countAttempt, countAttemptOfUnknown, useCode } from "../../codes/index.ts";
import type { Operation } from "../../operation.ts";
import { checkHistory, checkPassword, makePassword } from "../../passwords/index.ts";
import { requireOwnAddress, withRecoveredPassword } from "../../recovery.ts";
import { noteUserEvent, refuseBreachedPassword } from "../../risk/index.ts";
import { disabledUser, findUser, unknownName } from "../../users/index.ts";

/**
 * Sets another password for a user who proves by a code that they receive messages at an address. It confirms the user;
 * tokens that they hold stay valid. A code is used up only when all of it succeeds.
 *
 * @throws InvalidPasswordException the password breaks the pool's policy; no attempt is counted
 * @throws UserNotFoundException there is no such user, and the app client does not hide that
 * @throws NotAuthorizedException the client's secret is not proved, the user is disabled or was given a temporary password
 * @throws LimitExceededException too many attempts in an hour
 * @throws ExpiredCodeException the user was sent no code, it was used, or its time is over
 * @throws CodeMismatchException it is another code
 * @throws PasswordHistoryPolicyViolationException the user had the password before
 * @throws UserLambdaValidationException the PostConfirmation trigger failed; the password is set all the same
 * @see API Reference, "ConfirmForgotPassword"
 */
export const confirmForgotPassword: Operation<"ConfirmForgotPassword"> = async (input, context) => {
  const { store, clock, crypto, triggers, request } = context;
  const { client, pool } = await requireProvenClient(store, input);
  checkPassword(pool, input.Password, "other");
  const found = await findUser(store, pool, input.Username);
  if (!found?.enabled && hidesUserExistence(client)) {
    await countAttemptOfUnknown(context, pool, input.Username, "RecoverPassword");
  }
  const user = requireEnabled(client, found);
  const { sub } = user;

  // Counted before it is checked, so that parallel guesses cannot bypass the limit.
  const now = clock.now();
  await store.users.update(pool.id, sub, (current) => countAttempt(current, "RecoverPassword", now));
  const kept = checkCode(await store.codes.get(pool.id, sub, "ForgotPassword"), input.ConfirmationCode, now);
  requireOwnAddress(user, kept);
  // After the code, because only the user may know which passwords were used before.
  await refuseBreachedPassword(
    "PASSWORD_CHANGE",
    { pool, clientId: client.id, password: input.Password },
    context,
  );
  await checkHistory(crypto, pool, user, input.Password);
  const password = await makePassword(crypto, pool, user.username, input.Password, { now, temporary: false });

  const changed = await store.transaction(async ({ users, codes }) => {
    const current = requireEnabled(client, await users.getBySub(pool.id, sub));
    requireOwnAddress(
      current,
      await useCode({ codes }, current, "ForgotPassword", input.ConfirmationCode, now),
    );
    return users.update(pool.id, sub, (latest) => withRecoveredPassword(pool, latest, password, now));
  });
  await noteUserEvent("PasswordChange", { pool, client, user }, context);
  await triggers.invoke("PostConfirmation_ConfirmForgotPassword", {
    pool,
    clientId: client.id,
    username: user.username,
    user: changed,
    request: {},
    requestContext: request,
  });
  return {};
};

/** The refusal of a user who does not exist or may not sign in; a client that hides existence gets that of a wrong code. */
function requireEnabled(client: AppClientRecord, user: UserRecord | undefined): UserRecord {
  if (user?.enabled) return user;
  if (hidesUserExistence(client)) throw codeMismatch();
  throw user === undefined ? unknownName() : disabledUser();
}
