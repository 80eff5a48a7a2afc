/**
 * Users of external identity providers: which user an identity signs in as, what becomes of the provider's claims, and the
 * sign-in itself.
 *
 * Leaves to others: proving the identity (`src/federation`), the providers as such (`identity-providers/`).
 *
 * @see Developer Guide, "Adding user pool sign-in through a third party", "Specifying identity provider attribute mappings
 *   for your user pool"
 */
export { type FederatedIdentity, signInFederated } from "./sign-in.ts";
