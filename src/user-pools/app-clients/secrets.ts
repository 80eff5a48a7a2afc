import { NotAuthorizedException } from "../../api-model/index.ts";
import { equalSecrets, secretHash as secretHashOf } from "../../crypto/index.ts";
import type { AppClientRecord } from "../../storage/index.ts";

/**
 * Checks the proof of the client's secret in an unsigned operation.
 *
 * @param username exactly as in this request, whichever of the user's names it is; for a refresh, the user's username
 * @throws NotAuthorizedException the client has a secret and `secretHash` is absent, or it is not of one of its secrets
 * @see Developer Guide, "Computing secret hash values"
 */
export function checkSecretHash(
  client: AppClientRecord,
  username: string,
  secretHash: string | undefined,
): void {
  if (secretHash === undefined) {
    if (client.secrets.length === 0) return;
    throw new NotAuthorizedException(
      `Client ${client.id} is configured with secret but SECRET_HASH was not received`,
    );
  }
  // A hash for a client without a secret is refused too: whether Cognito does so is not known.
  if (!provesSecretHash(client, username, secretHash)) {
    throw new NotAuthorizedException(`Unable to verify secret hash for client ${client.id}`);
  }
}

/** Whether a hash is over the name and one of the client's secrets, or is absent where the client has none. */
export function provesSecretHash(
  client: AppClientRecord,
  username: string,
  secretHash: string | undefined,
): boolean {
  if (secretHash === undefined) return client.secrets.length === 0;
  return isOneOf(secretHash, client, (secret) => secretHashOf(secret, username, client.id));
}

/**
 * Checks a secret that is given as it is, as GetTokensFromRefreshToken has it. A client without a secret may send any.
 *
 * @throws NotAuthorizedException see {@link provesClientSecret}
 */
export function checkClientSecret(client: AppClientRecord, secret: string | undefined): void {
  if (client.secrets.length === 0 || provesClientSecret(client, secret)) return;
  throw new NotAuthorizedException(
    secret === undefined
      ? `Client ${client.id} is configured for secret but secret was not received`
      : `Unable to verify secret hash for client ${client.id}`,
  );
}

/** Whether `secret` is one of the client's, or is absent where the client has none. */
export function provesClientSecret(client: AppClientRecord, secret: string | undefined): boolean {
  if (secret === undefined) return client.secrets.length === 0;
  return isOneOf(secret, client, (value) => value);
}

/** Compares with the value for each of the client's secrets, in constant time. */
function isOneOf(given: string, client: AppClientRecord, proofOf: (secret: string) => string): boolean {
  let found = false;
  for (const { value } of client.secrets) {
    if (equalSecrets(given, proofOf(value))) found = true;
  }
  return found;
}
