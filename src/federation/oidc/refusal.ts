/** What a provider answered must not be believed, or it gave no answer. The client is told, with `invalid_request`. */
export class ProviderRefusal extends Error {}
