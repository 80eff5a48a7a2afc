import type { Operation } from "../../operation.ts";
import { initiate } from "./initiate.ts";
import { publicParty } from "./party.ts";

/**
 * Begins a sign-in, or refreshes one.
 *
 * @see API Reference, "InitiateAuth"
 */
export const initiateAuth: Operation<"InitiateAuth"> = async (input, context) => {
  const party = await publicParty(context, input.ClientId);
  return initiate(party, input, context);
};
