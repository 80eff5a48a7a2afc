/** The answer of a provider must not be believed, or it gave none. The client is told, with `invalid_request`. */
export class ProviderRefusal extends Error {}
