import { InvalidParameterException, NotAuthorizedException } from "../../../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord } from "../../../storage/index.ts";
import {
  checkAttributeUpdate,
  checkWritable,
  missingRequiredAttributes,
  readableBy,
} from "../../attributes/index.ts";
import { checkHistory, checkPassword, makePassword, withPassword } from "../../passwords/index.ts";
import { refuseBreachedPassword } from "../../risk/index.ts";
import { applyAttributes, signInNamesOf } from "../../users/index.ts";
import type { Parameters } from "../attempt.ts";
import type { Challenge } from "../challenge.ts";
import { invalidSession, required } from "../errors.ts";

/** The prefix of an attribute's name among the responses, and among the names of required ones. */
const ATTRIBUTE_PREFIX = "userAttributes.";

/**
 * The user has a temporary password and must choose one of their own, and give the required attributes they lack.
 *
 * After a rejected new password or attribute the Session stays usable.
 *
 * @see API Reference, "RespondToAuthChallenge", NEW_PASSWORD_REQUIRED
 */
export const newPasswordRequired: Challenge = {
  name: "NEW_PASSWORD_REQUIRED",

  async offer({ pool, client, user }) {
    if (user === undefined) throw invalidSession();
    const isReadable = readableBy(pool, client);
    const missing = missingRequiredAttributes(pool, user.attributes);
    const attributes = Object.entries(user.attributes).filter(([name]) => isReadable(name));
    // Clients build their form of both parameters: a missing attribute is there with an empty value.
    const shown = Object.fromEntries([...attributes, ...missing.map((name) => [name, ""])]);
    return {
      parameters: {
        USER_ID_FOR_SRP: user.username,
        requiredAttributes: JSON.stringify(missing.map((name) => ATTRIBUTE_PREFIX + name)),
        userAttributes: JSON.stringify(shown),
      },
      // The Session is bound to this password: it must not be valid after an administrator sets another one.
      state: user.password?.setAt ?? null,
    };
  },

  async verify({ attempt: { pool, client, user }, state: passwordSetAt }, responses, context) {
    const { crypto, clock } = context;
    const newPassword = required(responses, "NEW_PASSWORD");
    const isOpen = (current: typeof user) =>
      current?.status === "FORCE_CHANGE_PASSWORD" && current.password?.setAt === passwordSetAt;
    if (user === undefined || !isOpen(user)) throw invalidSession();

    withNewAttributes(pool, client, user.attributes, responses);
    checkPassword(pool, newPassword, "other");
    const proposed = { pool, clientId: client.id, password: newPassword };
    await refuseBreachedPassword("PASSWORD_CHANGE", proposed, context);
    await checkHistory(crypto, pool, user, newPassword);
    const now = clock.now();
    const password = await makePassword(crypto, pool, user.username, newPassword, { now, temporary: false });

    return {
      outcome: "passed",
      change(current) {
        if (!isOpen(current)) throw invalidSession();
        const attributes = withNewAttributes(pool, client, current.attributes, responses);
        return {
          ...withPassword(pool, current, password),
          status: "CONFIRMED",
          attributes,
          signInNames: signInNamesOf(pool, current.username, attributes),
          lastModifiedAt: now,
        };
      },
    };
  },
};

/**
 * A user's attributes together with those that the responses give them.
 *
 * @param current the attributes that the user has, by full name
 * @throws NotAuthorizedException the client may not write one, or it has a value already, even the same one
 * @throws InvalidParameterException one does not fit the pool's schema, or a required one is still missing
 */
function withNewAttributes(
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
