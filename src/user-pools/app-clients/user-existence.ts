import type { AppClientRecord } from "../../storage/index.ts";

/**
 * Whether who asks through the client must not learn which users there are.
 *
 * @see API Reference, "UserPoolClientType", PreventUserExistenceErrors; left out it is LEGACY
 */
export function hidesUserExistence(client: AppClientRecord): boolean {
  return client.settings.PreventUserExistenceErrors === "ENABLED";
}
