import type { UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { checkAttributeUpdate } from "../../attributes/index.ts";
import type { Operation, OperationContext } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { applyAttributes, changeUser, newUnverifiedAddresses, signInNamesOf } from "../../users/index.ts";

/**
 * Gives a user's attributes new values, or with an empty value takes one away. A new address is unverified unless the
 * request says that it is verified, and an alias only counts while it is.
 *
 * Cognito sends a code to a new address that the pool verifies; codes come with the verification of attributes, so until
 * then the address is stored unverified and a warning logged.
 *
 * @throws UserNotFoundException nobody answers to that username, alias or `sub`
 * @throws InvalidParameterException an attribute does not conform to the schema, or cannot change
 * @throws AliasExistsException another user has the address or alias
 * @see API Reference, "AdminUpdateUserAttributes"
 */
export const adminUpdateUserAttributes: Operation<"AdminUpdateUserAttributes"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const now = context.clock.now();
  let before: UserRecord["attributes"] = {};
  const user = await changeUser(context.store, pool, input.Username, (current) => {
    before = current.attributes;
    checkAttributeUpdate(pool, current.attributes, input.UserAttributes);
    const attributes = applyAttributes(current.attributes, input.UserAttributes);
    return {
      ...current,
      attributes,
      signInNames: signInNamesOf(pool, current.username, attributes),
      lastModifiedAt: now,
    };
  });
  warnOfMissingCodes(pool, user, before, context);
  return {};
};

function warnOfMissingCodes(
  pool: UserPoolRecord,
  user: UserRecord,
  before: UserRecord["attributes"],
  { log }: OperationContext,
): void {
  const attributes = newUnverifiedAddresses(before, user.attributes).filter((name) =>
    pool.settings.AutoVerifiedAttributes?.includes(name),
  );
  if (attributes.length === 0) return;
  log.warn(
    { poolId: pool.id, sub: user.sub, attributes },
    "No code was sent to a new address, which stays unverified: the verification of attributes is not built yet",
  );
}
