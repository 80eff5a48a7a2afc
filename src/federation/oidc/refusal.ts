/** A provider gave no answer, or an invalid one. The client gets `invalid_request`. */
export class ProviderRefusal extends Error {}

/** The discovery document of a provider with HTTPS names an endpoint without it. */
export class PlainHttpEndpoint extends ProviderRefusal {}
