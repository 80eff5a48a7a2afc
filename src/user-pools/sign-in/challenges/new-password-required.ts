import { missingRequiredAttributes, readableBy } from "../../attributes/index.ts";
import { checkHistory, checkPassword, makePassword, withPassword } from "../../passwords/index.ts";
import { refuseBreachedPassword } from "../../risk/index.ts";
import { signInNamesOf } from "../../users/index.ts";
import type { Challenge } from "../challenge.ts";
import { invalidSession, required } from "../errors.ts";
import { ATTRIBUTE_PREFIX, withNewAttributes } from "../new-attributes.ts";

/**
 * The user has a temporary password and must choose one of their own, and give the required attributes they lack.
 *
 * After a rejected new password or attribute the Session stays usable.
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
