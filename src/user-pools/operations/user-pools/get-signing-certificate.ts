import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Shows the certificate by which SAML providers verify the pool's requests: base64 of its DER.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @see API Reference, "GetSigningCertificate"
 */
export const getSigningCertificate: Operation<"GetSigningCertificate"> = async (input, { store, tokens }) => {
  const pool = await requirePool(store, input.UserPoolId);
  return { Certificate: Buffer.from(await tokens.signingCertificate(pool.id)).toString("base64") };
};
