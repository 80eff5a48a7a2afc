/** Identities of external providers that sign in as a user, and the attribute by which each is found. */
import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";

/** The API's name for a user's own id at the provider. */
export const SUBJECT = "Cognito_Subject";

/** One entry of the attribute `identities`. */
export interface Identity {
  readonly userId: string;
  readonly providerName: string;
  readonly primary: boolean;
  readonly dateCreated: number;
}

/** A link as AdminLinkProviderForUser made it, or as a sign-in changed it. */
export interface IdentityLink {
  readonly providerName: string;
  readonly attributeName: string;
  readonly attributeValue: string;
}

/**
 * The attributes beside the subject by which an identity of the provider can be linked.
 *
 * @see API Reference, "AdminLinkProviderForUser", SourceUser: social providers know the subject alone
 */
export function linkableAttributes(provider: IdentityProviderType | undefined): readonly string[] {
  const isSocial = provider?.ProviderType !== "OIDC" && provider?.ProviderType !== "SAML";
  return isSocial ? [] : Object.keys(provider.AttributeMapping ?? {});
}

/** The attribute that names an identity in AdminDisableProviderForUser: that of the link until it has signed in. */
export function attributeOfLink(identity: Identity, links: readonly IdentityLink[]): string {
  const link = links.find(
    ({ providerName, attributeValue }) =>
      providerName === identity.providerName && attributeValue === identity.userId,
  );
  return link?.attributeName ?? SUBJECT;
}
