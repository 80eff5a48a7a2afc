/**
 * The operations on users' passkeys. Their rules are in `src/user-pools/passkeys`.
 */
import type { OperationTable } from "../../operation.ts";
import { completeWebAuthnRegistration } from "./complete-web-authn-registration.ts";
import { deleteWebAuthnCredential } from "./delete-web-authn-credential.ts";
import { listWebAuthnCredentials } from "./list-web-authn-credentials.ts";
import { startWebAuthnRegistration } from "./start-web-authn-registration.ts";

export const passkeyOperations = {
  CompleteWebAuthnRegistration: completeWebAuthnRegistration,
  DeleteWebAuthnCredential: deleteWebAuthnCredential,
  ListWebAuthnCredentials: listWebAuthnCredentials,
  StartWebAuthnRegistration: startWebAuthnRegistration,
} satisfies Partial<OperationTable>;
