/**
 * The attribute `identities` of a user: who they are at which providers.
 *
 * @see Developer Guide, "Linking federated users to an existing user profile"; the form was observed by several people
 */
import type { IdentityProviderRecord, LinkedIdentityRecord, UserRecord } from "../../storage/index.ts";

/** One identity as the attribute holds it, in the order of its members that was observed. */
interface Identity {
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: string;
  readonly issuer: string | null;
  readonly primary: boolean;
  readonly dateCreated: number;
}

/** The user with one more linked identity in `identities`. */
export function withIdentity(
  user: UserRecord,
  { providerName, attributeValue, linkedAt }: LinkedIdentityRecord,
  { type }: Pick<IdentityProviderRecord, "type">,
): UserRecord {
  const identity: Identity = {
    userId: attributeValue,
    providerName,
    providerType: type,
    issuer: null,
    primary: false,
    dateCreated: linkedAt,
  };
  return withIdentities(user, [...identitiesOf(user), identity], linkedAt);
}

/** The user without an identity in `identities`. */
export function withoutIdentity(
  user: UserRecord,
  { providerName, attributeValue }: Pick<LinkedIdentityRecord, "providerName" | "attributeValue">,
  now: number,
): UserRecord {
  const rest = identitiesOf(user).filter(
    (identity) => identity.providerName !== providerName || identity.userId !== attributeValue,
  );
  return withIdentities(user, rest, now);
}

function identitiesOf({ attributes }: UserRecord): readonly Identity[] {
  return attributes.identities === undefined ? [] : JSON.parse(attributes.identities);
}

function withIdentities(user: UserRecord, identities: readonly Identity[], now: number): UserRecord {
  const { identities: _, ...others } = user.attributes;
  const attributes = identities.length === 0 ? others : { ...others, identities: JSON.stringify(identities) };
  return { ...user, attributes, lastModifiedAt: now };
}
