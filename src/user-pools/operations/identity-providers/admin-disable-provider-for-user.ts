import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Repositories, UserPoolRecord } from "../../../storage/index.ts";
import { withoutIdentity } from "../../identity-providers/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser, unknownUser } from "../../users/index.ts";

/**
 * Takes an identity at a provider from the user whom it signs in as. Of a local user (`Cognito`) it takes the password, so
 * that only providers sign them in.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws UserNotFoundException there is no such user, or the identity is not linked
 * @throws InvalidParameterException the identity is not named in full; the text is ours
 * @see API Reference, "AdminDisableProviderForUser"
 */
export const adminDisableProviderForUser: Operation<"AdminDisableProviderForUser"> = async (
  input,
  { store, clock },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  const { ProviderName, ProviderAttributeName, ProviderAttributeValue } = input.User;
  if (!ProviderName || !ProviderAttributeName || !ProviderAttributeValue) {
    throw new InvalidParameterException(
      "User needs ProviderName, ProviderAttributeName and ProviderAttributeValue.",
    );
  }
  const now = clock.now();
  await store.transaction(async (repositories) => {
    if (ProviderName === "Cognito") {
      await disablePassword(repositories, pool, ProviderAttributeValue, now);
      return;
    }
    const key = {
      providerName: ProviderName,
      attributeName: ProviderAttributeName,
      attributeValue: ProviderAttributeValue,
    };
    const linked = await repositories.linkedIdentities.find(pool.id, key);
    if (!linked) throw unknownUser();
    await repositories.linkedIdentities.delete(pool.id, key);
    await repositories.users.update(pool.id, linked.sub, (user) => withoutIdentity(user, linked, now));
  });
  return {};
};

/** The user cannot sign in by name from then on; tokens that they hold stay valid, as after a new password. */
async function disablePassword(
  repositories: Repositories,
  pool: UserPoolRecord,
  username: string,
  now: number,
): Promise<void> {
  const { sub } = await requireUser(repositories, pool, username);
  await repositories.users.update(pool.id, sub, (user) => ({
    ...user,
    status: "EXTERNAL_PROVIDER",
    password: undefined,
    importedPassword: undefined,
    lastModifiedAt: now,
  }));
}
