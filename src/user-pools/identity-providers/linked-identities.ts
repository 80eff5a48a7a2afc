/**
 * The attribute `identities` of a user: who they are at which providers.
 *
 * @see Developer Guide, "Linking federated users to an existing user profile"; the form was observed by several people
 */
import type { IdentityProviderRecord, LinkedIdentityRecord, UserRecord } from "../../storage/index.ts";

/** Developer Guide, "Quotas in Amazon Cognito": identities linked to a user. */
export const MAX_LINKED_IDENTITIES = 5;

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

/** The user without one linked identity in `identities`. The profile's own, or one linked by another attribute, can have the same id. */
export function withoutIdentity(
  user: UserRecord,
  { providerName, attributeValue }: Pick<LinkedIdentityRecord, "providerName" | "attributeValue">,
  now: number,
): UserRecord {
  const identities = identitiesOf(user);
  const removed = identities.findLast(
    (identity) =>
      !identity.primary && identity.providerName === providerName && identity.userId === attributeValue,
  );
  return withIdentities(
    user,
    identities.filter((identity) => identity !== removed),
    now,
  );
}

/** The attribute of a profile that an identity made. */
export function ownIdentity({
  subject,
  provider,
  issuer,
  now,
}: {
  readonly subject: string;
  readonly provider: Pick<IdentityProviderRecord, "name" | "type">;
  readonly issuer: string | null;
  readonly now: number;
}): string {
  const identity: Identity = {
    userId: subject,
    providerName: provider.name,
    providerType: provider.type,
    issuer,
    primary: true,
    dateCreated: now,
  };
  return JSON.stringify([identity]);
}

/** Whether the user is the profile that this identity made. */
export function hasOwnIdentity(user: UserRecord, providerName: string, subject: string): boolean {
  return identitiesOf(user).some(
    (identity) => identity.primary && identity.providerName === providerName && identity.userId === subject,
  );
}

/** Whether the user is a profile that this provider made. */
export function isProfileOf(user: UserRecord, providerName: string): boolean {
  return identitiesOf(user).some((identity) => identity.primary && identity.providerName === providerName);
}

/** The user after a linked identity has signed in: it is known by its subject from then on. */
export function withUsedIdentity(
  user: UserRecord,
  used: Pick<LinkedIdentityRecord, "providerName" | "attributeValue"> & {
    readonly subject: string;
    readonly issuer: string | null;
    readonly now: number;
  },
): UserRecord {
  const isUsed = ({ providerName, userId, primary }: Identity) =>
    !primary &&
    providerName === used.providerName &&
    (userId === used.attributeValue || userId === used.subject);
  const identities = identitiesOf(user);
  const known = identities.find(isUsed);
  if (known?.userId === used.subject && known.issuer === used.issuer) return user;
  return withIdentities(
    user,
    identities.map((each) =>
      each === known ? { ...each, userId: used.subject, issuer: used.issuer } : each,
    ),
    used.now,
  );
}

function identitiesOf({ attributes }: UserRecord): readonly Identity[] {
  return attributes.identities === undefined ? [] : JSON.parse(attributes.identities);
}

function withIdentities(user: UserRecord, identities: readonly Identity[], now: number): UserRecord {
  const { identities: _, ...others } = user.attributes;
  const attributes = identities.length === 0 ? others : { ...others, identities: JSON.stringify(identities) };
  return { ...user, attributes, lastModifiedAt: now };
}
