import type { Operation } from "../../operation.ts";
import { begin } from "../../sign-in/index.ts";
import { adminParty } from "./party.ts";
import { stepOutput } from "./step-output.ts";

/**
 * Begins a sign-in on an administrator's behalf, or refreshes one.
 *
 * @see API Reference, "AdminInitiateAuth"
 */
export const adminInitiateAuth: Operation<"AdminInitiateAuth"> = async (input, context) => {
  const party = await adminParty(context, input.UserPoolId, input.ClientId);
  return stepOutput(
    await begin({ ...party, flow: input.AuthFlow, parameters: input.AuthParameters ?? {} }, context),
  );
};
