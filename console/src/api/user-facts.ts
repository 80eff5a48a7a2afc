/** Facts about a user that AWS's operations do not show. */
import type { IdentityLink } from "../rules/users/linked-identity.ts";
import { control, ofUser } from "./control.ts";

export interface Passkey {
  readonly credentialId: string;
  readonly friendlyName: string;
  readonly relyingPartyId: string;
  readonly createdAt: number;
}

export interface UserPasskeyFacts {
  readonly passkeys: readonly Passkey[];
  /** Whether they count as both factors; undefined in a pool that does not allow it. */
  readonly areBothFactors?: boolean;
}

export const getUserPasskeys = (poolId: string, sub: string) =>
  control<UserPasskeyFacts>("GET", ofUser(poolId, sub, "passkeys"));

export const deleteUserPasskey = (poolId: string, sub: string, credentialId: string) =>
  control("DELETE", ofUser(poolId, sub, `passkeys/${encodeURIComponent(credentialId)}`));

export const listIdentityLinks = async (poolId: string, sub: string) =>
  (await control<{ links: readonly IdentityLink[] }>("GET", ofUser(poolId, sub, "linked-identities"))).links;

/** New addresses of the user that are not verified yet. */
export const getPendingAttributes = async (poolId: string, sub: string) =>
  (
    await control<{ attributes: Readonly<Record<string, string>> }>(
      "GET",
      ofUser(poolId, sub, "pending-attributes"),
    )
  ).attributes;
