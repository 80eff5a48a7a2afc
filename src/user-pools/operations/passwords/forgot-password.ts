import { NotAuthorizedException } from "../../../api-model/index.ts";
import { hidesUserExistence, requireProvenClient } from "../../app-clients/index.ts";
import { countAttempt, countAttemptOfUnknown, simulatedDelivery } from "../../codes/index.ts";
import { migrateUser } from "../../migration.ts";
import type { Operation } from "../../operation.ts";
import {
  CAN_RECOVER,
  isLeftToAdministrators,
  recoveryAttributes,
  recoveryDestination,
  startRecovery,
} from "../../recovery.ts";
import { noteUserEvent, writeAsIfForEvent } from "../../risk/index.ts";
import { findUser, unknownName } from "../../users/index.ts";

/**
 * Sends a user a code by which they can set another password. The present password stays valid until then.
 *
 * @throws UserNotFoundException there is no such user, and the app client does not hide that
 * @throws NotAuthorizedException the client's secret is not proved, the user is disabled or has no password of their own, or
 *   the pool leaves passwords to administrators
 * @throws InvalidParameterException the user has no verified address that the pool sends such codes to
 * @throws LimitExceededException too many attempts in an hour
 * @throws CodeDeliveryFailureException the message was not taken for delivery
 * @see API Reference, "ForgotPassword"
 */
export const forgotPassword: Operation<"ForgotPassword"> = async (input, context) => {
  const { store, clock, crypto } = context;
  const { client, pool } = await requireProvenClient(store, input);
  // Before the look-up of the user, so that the error reveals nothing about users.
  if (isLeftToAdministrators(pool)) {
    throw new NotAuthorizedException("Contact administrator to reset password.");
  }

  const user =
    (await findUser(store, pool, input.Username)) ??
    (await migrateUser({ pool, client, username: input.Username, password: undefined }, context));
  const isReachable = user?.enabled && recoveryDestination(pool, user) !== undefined;
  if (!isReachable && hidesUserExistence(client)) {
    const attributes = recoveryAttributes(pool);
    await countAttemptOfUnknown(context, pool, input.Username, "RecoverPassword");
    await writeAsIfForEvent(pool, context);
    return { CodeDeliveryDetails: simulatedDelivery(crypto, pool, input.Username, attributes) };
  }
  if (!user) throw unknownName();

  const now = clock.now();
  const details = await startRecovery(pool, user, context, {
    from: CAN_RECOVER,
    change: (current) => countAttempt(current, "RecoverPassword", now),
    sending: { clientId: client.id, isHidden: hidesUserExistence(client) },
  });
  await noteUserEvent("ForgotPassword", { pool, client, user }, context);
  return { CodeDeliveryDetails: details };
};
