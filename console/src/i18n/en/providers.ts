export const providers = {
  title: "Social and external providers",
  pageDescription:
    "SAML, OpenID Connect and social providers that users can sign in with on the login pages.",
  none: "No identity providers",
  noneHint: "Users sign in with accounts of this user pool only.",
  find: "Find providers",
  name: "Provider name",
  nameHint:
    "The prefix of the user names of the provider's users. App clients refer to the provider by this name.",
  nameFault: "Enter 3 to 32 characters without spaces and underscores.",
  type: "Type",
  types: {
    SAML: "SAML",
    OIDC: "OpenID Connect (OIDC)",
    Google: "Google",
    Facebook: "Facebook",
    LoginWithAmazon: "Login with Amazon",
    SignInWithApple: "Sign in with Apple",
  },
  create: "Add identity provider",
  createDescription: "A provider that users can sign in with on the login pages.",
  created: (name: string) =>
    `Identity provider “${name}” has been added. Select it in the app clients whose users may sign in with it.`,
  edit: "Edit identity provider",
  saved: (name: string) => `Identity provider “${name}” has been updated.`,
  deleteTitle: "Delete identity provider",
  deleteQuestion: (name: string) =>
    `The identity provider “${name}” is deleted for good, with its settings and secret. Its users stay, and can no longer sign in. App clients that offer it can be changed again after it is removed from their login pages.`,
  deleted: (name: string) => `Identity provider “${name}” has been deleted.`,
  information: "Provider information",
  details: {
    client_id: "Client ID",
    client_secret: "Client secret",
    authorize_scopes: "Authorized scopes",
    api_version: "API version",
    team_id: "Team ID",
    key_id: "Key ID",
    private_key: "Private key",
    oidc_issuer: "Issuer URL",
    attributes_request_method: "Attribute request method",
    authorize_url: "Authorization endpoint",
    token_url: "Token endpoint",
    attributes_url: "userInfo endpoint",
    jwks_uri: "JWKS endpoint",
    require_nonce: "Require the nonce in ID tokens",
    link_by_verified_email: "Link by verified email address",
  },
  linkByEmailHint:
    "A first sign-in is linked to the local user with the same verified address. Turn it on only for a provider that verifies the addresses of its users.",
  requireNonceHint: "Turn it on if the provider returns the nonce. Some older providers do not.",
  keepPrivateKeyHint: "Leave it empty to keep the key and every other detail above as they are.",
  privateKeyHint: "The content of the .p8 file. It is not shown again, so changes need it anew.",
  endpointHint: "Leave it empty to use the provider's discovery document.",
  required: "Enter a value.",
  identifiers: "Identifiers",
  identifiersHint: "Other names for the provider, such as email domains, separated by commas.",
  mapping: "Attribute mapping",
  mappingHint: "The attributes that each sign-in copies from the provider to the user.",
  attribute: "User pool attribute",
  claim: "Provider attribute",
  addMapping: "Add mapping",
  removeMapping: "Remove",
  removeMappingOf: (attribute: string) => (attribute === "" ? "Remove mapping" : `Remove: ${attribute}`),
  chooseAttribute: "Choose an attribute",
  findAttribute: "Find attributes",
  mappingFaults: {
    attribute: "Choose the attribute to copy to, or remove the mapping.",
    claim: "Enter the provider's name of the attribute, or remove the mapping.",
  },
  noMapping: "No attributes are copied.",
  otherSide: "Values for the provider",
  otherSideHint:
    "Enter the address under which your app opens the login pages where the provider is configured.",
  redirectUri: "Redirect URI",
  linked: "Linked identities",
  linkedHint: "Identities of external providers that sign in as this user.",
  provider: "Provider",
  subject: "User ID at the provider",
  isPrimary: "Created this user",
  linkedAt: "Since",
  noneLinked: "No identities",
  link: "Link identity",
  linkHint:
    "The provider's ID of the user: sub, id, user_id or NameID. The identity must not have signed in before.",
  linkedTo: (provider: string) => `The identity at “${provider}” has been linked.`,
  unlink: "Unlink",
  unlinkWhat: (provider: string) => `Unlink identity at ${provider}`,
  unlinkQuestion: (provider: string, subject: string) =>
    `Unlink “${subject}” at “${provider}”? The next sign-in with it creates a new user.`,
  unlinked: (provider: string) => `The identity at “${provider}” has been unlinked.`,
  yes: "Yes",
  no: "No",
};

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
