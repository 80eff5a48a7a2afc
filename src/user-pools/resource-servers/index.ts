/**
 * Resource servers: how the API shows one, and the custom scopes that they bring.
 *
 * Leaves to others: which scopes a client may ask for (`app-clients/`), writing them into tokens (`tokens/`).
 */
export { existingCustomScopes, OPENID_SCOPES, REGISTRATION_SCOPE, STANDARD_SCOPES } from "./custom-scopes.ts";
export { checkRegistrationScopes } from "./registration-scopes.ts";
export {
  requireUniqueScopes,
  resourceServerType,
  scopesOf,
  unknownResourceServer,
} from "./resource-server-type.ts";
