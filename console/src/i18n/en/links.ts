/** Authentication levels of a provider, and identities linked by an attribute. */
export const providerLevels = {
  title: "Authentication levels",
  description:
    "The provider's values of acr for the user pool's levels. A level without a value isn't asked for at the provider.",
  valueOf: (level: string) => `${level}: value at the provider`,
  mapping: "Authentication levels",
};

export const identityLinks = {
  linkBy: "Find the identity by",
  bySubject: "User ID at the provider",
  attributeValue: (attribute: string) => `Value of ${attribute}`,
  attributeHint:
    "The identity whose mapped attribute has this value signs in as this user. It must not have signed in before.",
  linkedBy: "Linked by",
  notUsedYet: (attribute: string) => `${attribute}, until the first sign-in`,
};
