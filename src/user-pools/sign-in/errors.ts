/**
 * The refusals that several parts of a sign-in share.
 */
import { InvalidParameterException, NotAuthorizedException } from "../../api-model/index.ts";
import type { Parameters } from "./step.ts";

export {
  disabledUser,
  passwordWasReset,
  unconfirmedUser,
  WRONG_CREDENTIALS,
  wrongCredentials,
} from "../users/index.ts";

export const lockedOut = () => new NotAuthorizedException("Password attempts exceeded");

/** The Session is none of ours, or not this party's, user's or challenge's. */
export const invalidSession = () => new NotAuthorizedException("Invalid session for the user.");

/**
 * The value of a parameter that the flow or challenge cannot do without.
 *
 * @throws InvalidParameterException it was not sent, or empty
 */
export function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (!value) throw missingParameter(name);
  return value;
}

export const missingParameter = (name: string) =>
  new InvalidParameterException(`Missing required parameter ${name}`);
