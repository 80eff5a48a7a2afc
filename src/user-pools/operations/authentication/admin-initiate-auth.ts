import type { Operation } from "../../operation.ts";
import { initiate } from "./initiate.ts";
import { adminParty } from "./party.ts";

/**
 * Begins a sign-in on an administrator's behalf, or refreshes one.
 *
 * @see API Reference, "AdminInitiateAuth"
 */
export const adminInitiateAuth: Operation<"AdminInitiateAuth"> = async (input, context) => {
  const party = await adminParty(context, input.UserPoolId, input.ClientId);
  return initiate(party, input, context);
};
