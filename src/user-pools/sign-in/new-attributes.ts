/**
 * The attributes that a user gives with a new password.
 *
 * @see API Reference, "RespondToAuthChallenge", NEW_PASSWORD_REQUIRED
 */
import { InvalidParameterException, NotAuthorizedException } from "../../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord } from "../../storage/index.ts";
import { checkAttributeUpdate, checkWritable, missingRequiredAttributes } from "../attributes/index.ts";
import { applyAttributes } from "../users/index.ts";
import type { Parameters } from "./attempt.ts";

/** The prefix of an attribute's name among the responses, and among the names of required ones. */
export const ATTRIBUTE_PREFIX = "userAttributes.";

/**
 * A user's attributes together with those that the responses give them.
 *
 * @param current the attributes that the user has, by full name
 * @throws NotAuthorizedException the client may not write one, or it has a value already, even the same one
 * @throws InvalidParameterException one does not fit the pool's schema, or a required one is still missing
 */
export function withNewAttributes(
  pool: UserPoolRecord,
  client: AppClientRecord,
  current: Readonly<Record<string, string>>,
  responses: Parameters,
): Readonly<Record<string, string>> {
  const given = Object.entries(responses).flatMap(([key, value]) =>
    key.startsWith(ATTRIBUTE_PREFIX) ? [{ Name: key.slice(ATTRIBUTE_PREFIX.length), Value: value }] : [],
  );
  checkWritable(pool, client, given);
  for (const { Name } of given) {
    if (Object.hasOwn(current, Name) && current[Name])
      throw new NotAuthorizedException(`Cannot modify an already provided ${Name}`);
  }
  checkAttributeUpdate(pool, current, given);

  const attributes = applyAttributes(current, given);
  const [missing] = missingRequiredAttributes(pool, attributes);
  if (missing !== undefined) {
    throw new InvalidParameterException(`Invalid attributes given, ${missing} is missing`);
  }
  return attributes;
}
