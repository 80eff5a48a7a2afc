import { NotAuthorizedException } from "../../api-model/index.ts";
import { AlreadyExists, type LinkedIdentityRecord, type UserRecord } from "../../storage/index.ts";
import { MAX_LINKED_IDENTITIES, withIdentity } from "../identity-providers/index.ts";
import type { OperationContext } from "../operation.ts";
import { isFederatedProfile } from "../users/index.ts";
import type { Federated } from "./federated.ts";
import { type Found, findFederatedUser } from "./find.ts";
import type { Claims } from "./inbound-trigger.ts";

/** Users who have proved that they own their address, or whose administrator has set it as verified. */
const LINKABLE: ReadonlySet<string> = new Set(["CONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED"]);
const MAX_SEARCHED = 60;

/**
 * Links an identity that signs in for the first time to the local user with the same verified e-mail address. An addition,
 * for providers with `link_by_verified_email` among their details. An address that is not verified on both sides, or that
 * several local users have, is not linked.
 *
 * @throws NotAuthorizedException a user with the address is disabled: a profile beside theirs would let them in again
 * @see docs/decisions/0155-link-by-verified-email.md
 */
export async function linkByVerifiedEmail(
  federated: Federated,
  claims: Claims,
  { store, clock }: Pick<OperationContext, "store" | "clock">,
): Promise<Found | undefined> {
  const { pool, provider, subject } = federated;
  if (provider.details.link_by_verified_email?.toLowerCase() !== "true") return undefined;
  const email = verifiedEmail(federated, claims);
  if (!email) return undefined;
  const search = { attribute: "email", match: "equals", value: email } as const;
  const { items, next } = await store.users.list(pool.id, search, { limit: MAX_SEARCHED });
  const owners = items.filter((user) => isOwner(user, email));
  if (owners.some(({ enabled }) => !enabled)) throw new NotAuthorizedException("User is not enabled");
  const [owner] = owners;
  if (owner === undefined || owners.length > 1 || next !== undefined) return undefined;

  const link: LinkedIdentityRecord = {
    poolId: pool.id,
    sub: owner.sub,
    providerName: provider.name,
    attributeName: "Cognito_Subject",
    attributeValue: subject,
    linkedAt: clock.now(),
  };
  try {
    return await store.transaction(async ({ users, linkedIdentities }) => {
      const current = await users.getBySub(pool.id, owner.sub);
      // The user may have changed since the search.
      if (!current?.enabled || !isOwner(current, email) || !LINKABLE.has(current.status)) return undefined;
      const linked = await linkedIdentities.listOfUser(pool.id, owner.sub);
      if (linked.length >= MAX_LINKED_IDENTITIES) return undefined;
      await linkedIdentities.insert(link);
      const user = await users.update(pool.id, owner.sub, (user) => withIdentity(user, link, provider));
      return user && { user, link };
    });
  } catch (error) {
    // Another sign-in of the identity was faster.
    if (error instanceof AlreadyExists) return findFederatedUser(federated, { store });
    throw error;
  }
}

/** The address that the provider has verified; a claim of that name is about the claim `email` alone. */
function verifiedEmail({ attributes, provider }: Federated, claims: Claims): string | undefined {
  const attribute = (name: string) => attributes.find(({ Name }) => Name === name)?.Value;
  const { AttributeMapping = {} } = provider.settings;
  const claimed = AttributeMapping.email === "email" ? claims.email_verified : undefined;
  const isVerified = AttributeMapping.email_verified === undefined ? claimed : attribute("email_verified");
  return isVerified === "true" ? attribute("email") : undefined;
}

function isOwner(user: UserRecord, email: string): boolean {
  const { email: own = "", email_verified } = user.attributes;
  return email_verified === "true" && fold(own) === fold(email) && !isFederatedProfile(user);
}

/** Of ASCII alone: other letters that fold to these belong to other mailboxes. */
function fold(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
