import {
  InvalidParameterException,
  LimitExceededException,
  type ProviderUserIdentifierType,
} from "../../../api-model/index.ts";
import type {
  IdentityProviderRecord,
  LinkedIdentityRecord,
  Repositories,
  UserPoolRecord,
  UserRecord,
} from "../../../storage/index.ts";
import {
  isSocial,
  MAX_LINKED_IDENTITIES,
  mappedNames,
  requireProvider,
  withIdentity,
} from "../../identity-providers/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { findUser, requireUser } from "../../users/index.ts";

/**
 * Lets an identity at a provider, which has not signed in yet, sign in as an existing user.
 *
 * @throws ResourceNotFoundException there is no such pool or provider
 * @throws UserNotFoundException the destination is not there
 * @throws InvalidParameterException the identity has a user already, is linked already, or is named in a way that the
 *   provider does not allow
 * @throws LimitExceededException five identities are linked to the user; the text is ours
 * @see API Reference, "AdminLinkProviderForUser"
 */
export const adminLinkProviderForUser: Operation<"AdminLinkProviderForUser"> = async (
  input,
  { store, clock },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  await store.transaction(async (repositories) => {
    const { provider, attributeName, attributeValue } = await sourceOf(repositories, pool, input.SourceUser);
    const destination = await destinationOf(repositories, pool, input.DestinationUser);
    const identity: LinkedIdentityRecord = {
      poolId: pool.id,
      sub: destination.sub,
      providerName: provider.name,
      attributeName,
      attributeValue,
      linkedAt: now,
    };
    if (await findUser(repositories, pool, `${provider.name}_${attributeValue}`)) {
      throw new InvalidParameterException(
        "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
      );
    }
    const linked = await repositories.linkedIdentities.find(pool.id, identity);
    if (linked) {
      throw new InvalidParameterException(
        linked.sub === destination.sub
          ? "SourceUser is already linked to DestinationUser"
          : "SourceUser is already linked to another user",
      );
    }
    const present = await repositories.linkedIdentities.listOfUser(pool.id, destination.sub);
    if (present.length >= MAX_LINKED_IDENTITIES) {
      throw new LimitExceededException(
        `At most ${MAX_LINKED_IDENTITIES} identities can be linked to a user.`,
      );
    }
    await repositories.linkedIdentities.insert(identity);
    await repositories.users.update(pool.id, destination.sub, (user) =>
      withIdentity(user, identity, provider),
    );
  });
  return {};
};

interface Source {
  readonly provider: IdentityProviderRecord;
  readonly attributeName: string;
  readonly attributeValue: string;
}

/** The texts of the first two refusals are ours. */
async function sourceOf(
  repositories: Repositories,
  pool: UserPoolRecord,
  { ProviderName, ProviderAttributeName, ProviderAttributeValue }: ProviderUserIdentifierType,
): Promise<Source> {
  if (!ProviderName || !ProviderAttributeName || !ProviderAttributeValue) {
    throw new InvalidParameterException(
      "SourceUser needs ProviderName, ProviderAttributeName and ProviderAttributeValue.",
    );
  }
  if (ProviderName === "Cognito") {
    throw new InvalidParameterException(
      "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser",
    );
  }
  const provider = await requireProvider(repositories, pool.id, ProviderName);
  const mapped = isSocial(provider.type) ? [] : mappedNames(provider);
  if (ProviderAttributeName !== "Cognito_Subject" && !mapped.includes(ProviderAttributeName)) {
    throw new InvalidParameterException(
      `ProviderAttributeName ${ProviderAttributeName} is not supported for ${ProviderName}.`,
    );
  }
  return { provider, attributeName: ProviderAttributeName, attributeValue: ProviderAttributeValue };
}

/** A local user by username; a user of a provider by their subject there. */
async function destinationOf(
  repositories: Repositories,
  pool: UserPoolRecord,
  { ProviderName = "Cognito", ProviderAttributeValue = "" }: ProviderUserIdentifierType,
): Promise<UserRecord> {
  if (ProviderName === "Cognito") return requireUser(repositories, pool, ProviderAttributeValue);
  return requireUser(repositories, pool, `${ProviderName}_${ProviderAttributeValue}`);
}
