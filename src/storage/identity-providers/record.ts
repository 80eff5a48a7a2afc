import type { IdentityProviderType } from "../../api-model/index.ts";

/** An external identity provider of a pool: SAML, OpenID Connect or a social one. */
export interface IdentityProviderRecord {
  readonly poolId: string;
  /** Unique in the pool. */
  readonly name: string;
  readonly type: NonNullable<IdentityProviderType["ProviderType"]>;
  /** The `ProviderDetails`, with the client secret. *Sealed.* */
  readonly details: Readonly<Record<string, string>>;
  /** In the words of the API. */
  readonly settings: Pick<IdentityProviderType, "AttributeMapping" | "AcrMapping">;
  /** The `IdpIdentifiers`: other names by which a sign-in finds the provider; each unique in the pool. */
  readonly identifiers: readonly string[];
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}
