import { InvalidParameterException } from "../../api-model/index.ts";
import type { LinkedIdentityRecord, UserRecord } from "../../storage/index.ts";
import { hasOwnIdentity, isProfileOf, mappedNames } from "../identity-providers/index.ts";
import type { OperationContext } from "../operation.ts";
import { findUser } from "../users/index.ts";
import type { Federated } from "./federated.ts";

export interface Found {
  readonly user: UserRecord;
  /** By which the identity signs in as a user who is not its own profile. */
  readonly link: LinkedIdentityRecord | undefined;
}

/**
 * The user that the identity signs in as: the one it is linked to, else its own profile.
 *
 * @throws InvalidParameterException the username is that of a user who did not come from this provider, or whose id there is
 *   spelt otherwise
 */
export async function findFederatedUser(
  federated: Federated,
  { store }: Pick<OperationContext, "store">,
): Promise<Found | undefined> {
  const { pool, provider, username, subject } = federated;
  const link = await findLink(federated, { store });
  if (link !== undefined) {
    const user = await store.users.getBySub(pool.id, link.sub);
    if (user) return { user, link };
  }
  const user = await findUser(store, pool, username);
  if (user === undefined) return undefined;
  if (hasOwnIdentity(user, provider.name, subject)) return { user, link: undefined };
  if (isProfileOf(user, provider.name)) throw spellingDiffers();
  // A local user can have signed up with that name, and must not be handed the provider's user.
  throw nameTaken(username);
}

/** The text is observed, and apps try again when they read it. */
export function nameTaken(username: string): InvalidParameterException {
  return new InvalidParameterException(`Already found an entry for username ${username}`);
}

/** Observed from 2021 to 2026, with the space at its end: users of providers are told apart by the exact id. */
function spellingDiffers(): InvalidParameterException {
  return new InvalidParameterException("Invalid ProviderName/Username combination. Please check again ");
}

/**
 * By the subject, or by one of the attributes that AdminLinkProviderForUser can name.
 *
 * @throws InvalidParameterException the link has the subject as the username shows it, where the pool ignores case, and not as
 *   the provider spells it: functions link what they read in `userName`
 */
export async function findLink(
  { pool, provider, username, subject, attributes }: Federated,
  { store: { linkedIdentities } }: { readonly store: Pick<OperationContext["store"], "linkedIdentities"> },
): Promise<LinkedIdentityRecord | undefined> {
  const names = new Set(mappedNames(provider));
  const keys = [
    { attributeName: "Cognito_Subject", attributeValue: subject },
    ...attributes
      .filter(({ Name, Value }) => names.has(Name ?? "") && Value)
      .map(({ Name = "", Value = "" }) => ({ attributeName: Name, attributeValue: Value })),
  ];
  for (const key of keys) {
    const link = await linkedIdentities.find(pool.id, { providerName: provider.name, ...key });
    if (link !== undefined) return link;
  }
  const shown = username.slice(provider.name.length + 1);
  const asShown = { attributeName: "Cognito_Subject", attributeValue: shown };
  if (
    shown !== subject &&
    (await linkedIdentities.find(pool.id, { providerName: provider.name, ...asShown }))
  ) {
    throw spellingDiffers();
  }
  return undefined;
}
