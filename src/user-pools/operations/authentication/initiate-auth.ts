import type { Operation } from "../../operation.ts";
import { begin } from "../../sign-in/index.ts";
import { publicParty } from "./party.ts";
import { stepOutput } from "./step-output.ts";

/**
 * Begins a sign-in, or refreshes one.
 *
 * @see API Reference, "InitiateAuth"
 */
export const initiateAuth: Operation<"InitiateAuth"> = async (input, context) => {
  const party = await publicParty(context, input.ClientId);
  return stepOutput(
    await begin({ ...party, flow: input.AuthFlow, parameters: input.AuthParameters ?? {} }, context),
  );
};
