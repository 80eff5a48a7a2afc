import { NotAuthorizedException } from "../../../api-model/index.ts";
import type { AppClientRecord, UserRecord } from "../../../storage/index.ts";
import { provesClientSecret, provesSecretHash } from "../../app-clients/index.ts";

/**
 * Checks the SECRET_HASH of a refresh. It is over the user's `username`, whichever alias the sign-in was by. The AWS SDKs for
 * iOS and Android send the client's secret itself, which Cognito takes as well.
 *
 * @throws NotAuthorizedException it is over another name, or of another secret
 */
export function checkSecretHashOfRefresh(
  client: AppClientRecord,
  { username }: UserRecord,
  secretHash: string | undefined,
): void {
  if (provesSecretHash(client, username, secretHash) || provesClientSecret(client, secretHash)) return;
  throw new NotAuthorizedException(`SecretHash does not match for the client: ${client.id}`);
}
