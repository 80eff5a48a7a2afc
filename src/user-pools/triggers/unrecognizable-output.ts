import { InvalidLambdaResponseException } from "../../api-model/index.ts";

/** The refusal of a function's answer whose form is not that of its trigger. */
export function unrecognizableOutput(options?: ErrorOptions): InvalidLambdaResponseException {
  return new InvalidLambdaResponseException("Unrecognizable lambda output", options);
}
