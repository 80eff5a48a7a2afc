import { InvalidParameterException, NotAuthorizedException } from "../../../api-model/index.ts";
import type { CodeDestination, UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { hidesUserExistence, requireProvenClient } from "../../app-clients/index.ts";
import {
  countAttempt,
  countAttemptOfUnknown,
  makeCode,
  replacing,
  sendCode,
  simulatedDelivery,
} from "../../codes/index.ts";
import { autoVerifiedAttributes, confirmationDestination } from "../../confirmation.ts";
import type { Operation } from "../../operation.ts";
import { noteUserEvent, writeAsIfForEvent } from "../../risk/index.ts";
import { disabledUser, findUser, unknownName } from "../../users/index.ts";

/**
 * Sends a user who signed up another code, in place of the one before.
 *
 * @throws NotAuthorizedException the client's secret is not proved, the user is disabled, or the pool verifies no address
 *   that the user has
 * @throws UserNotFoundException there is no such user, and the app client does not hide that
 * @throws InvalidParameterException the user does not wait for confirmation
 * @throws LimitExceededException too many codes in an hour
 * @throws CodeDeliveryFailureException the message was not delivered; the code stays valid
 * @see API Reference, "ResendConfirmationCode"
 */
export const resendConfirmationCode: Operation<"ResendConfirmationCode"> = async (input, context) => {
  const { store, clock, crypto } = context;
  const { client, pool } = await requireProvenClient(store, input);
  const attributes = autoVerifiedAttributes(pool);
  // Before the look-up of the user, so that the error reveals nothing about users.
  if (attributes.length === 0) throw notVerified();

  const user = await findUser(store, pool, input.Username);
  if (!user?.enabled && hidesUserExistence(client)) {
    await countAttemptOfUnknown(context, pool, input.Username, "ResendConfirmationCode");
    await writeAsIfForEvent(pool, context);
    return { CodeDeliveryDetails: simulatedDelivery(crypto, pool, input.Username, attributes) };
  }
  if (user === undefined) throw unknownName();
  const code = makeCode(user, "SignUp", requireConfirmationDestination(pool, user), context);
  const now = clock.now();
  await store.transaction(async ({ users, codes }) => {
    const counted = await users.update(pool.id, user.sub, (current) => {
      requireConfirmationDestination(pool, current);
      return countAttempt(current, "ResendConfirmationCode", now);
    });
    if (!counted) throw unknownName();
    await codes.put(replacing(code, await codes.get(pool.id, user.sub, "SignUp")));
  });
  await noteUserEvent("ResendCode", { pool, client, user }, context);
  const details = await sendCode(context, pool, user, code, {
    occasion: "ResendCode",
    clientId: client.id,
    isHidden: hidesUserExistence(client),
  });
  return { CodeDeliveryDetails: details };
};

/** Where the code of an unconfirmed user goes. @throws NotAuthorizedException @throws InvalidParameterException */
function requireConfirmationDestination(pool: UserPoolRecord, user: UserRecord): CodeDestination {
  if (!user.enabled) throw disabledUser();
  if (user.status !== "UNCONFIRMED") throw new InvalidParameterException("User is already confirmed.");
  const destination = confirmationDestination(pool, user);
  if (destination === undefined) throw notVerified();
  return destination;
}

function notVerified(): NotAuthorizedException {
  return new NotAuthorizedException("Cannot resend codes. Auto verification not turned on.");
}
