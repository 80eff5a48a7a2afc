/** A SAML message that must not be believed. The message says why; the client and the user may read it. */
export class SamlRefusal extends Error {}
