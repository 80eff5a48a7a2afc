/** An identity at a provider that signs in as a user. */
export interface LinkedIdentityRecord {
  readonly poolId: string;
  readonly sub: string;
  readonly providerName: string;
  /** `Cognito_Subject`, or the provider's attribute that AdminLinkProviderForUser named. */
  readonly attributeName: string;
  /** Unique in the pool together with the two above. */
  readonly attributeValue: string;
  readonly linkedAt: number;
}
