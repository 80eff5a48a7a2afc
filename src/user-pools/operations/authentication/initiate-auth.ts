import {
  InvalidUserPoolConfigurationException,
  MFAMethodNotFoundException,
} from "../../../api-model/index.ts";
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
  try {
    return await initiate(party, input.AuthFlow, input.AuthParameters ?? {}, context);
  } catch (error) {
    // The other operations of signing in know this exception.
    if (!(error instanceof MFAMethodNotFoundException)) throw error;
    throw new InvalidUserPoolConfigurationException(error.message, { cause: error });
  }
};
