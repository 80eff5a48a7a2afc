import type { Operation } from "../../operation.ts";
import { mfaConfigType, requirePool } from "../../pools/index.ts";

/**
 * Shows whether a pool uses MFA, by which factors, and its settings of passkeys.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @see API Reference, "GetUserPoolMfaConfig"
 */
export const getUserPoolMfaConfig: Operation<"GetUserPoolMfaConfig"> = async (input, { store }) =>
  mfaConfigType((await requirePool(store, input.UserPoolId)).settings);
