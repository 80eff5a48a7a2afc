/** A provider gave no answer, or an invalid one. The client gets `invalid_request`. */
export class ProviderRefusal extends Error {}
