/**
 * The refusals that several parts of a sign-in share.
 */
import {
  CodeMismatchException,
  InvalidParameterException,
  NotAuthorizedException,
} from "../../api-model/index.ts";
import type { Parameters } from "./attempt.ts";

export {
  disabledUser,
  passwordWasReset,
  unconfirmedUser,
  wrongCredentials,
} from "../users/index.ts";

export const lockedOut = () => new NotAuthorizedException("Password attempts exceeded");

/** The Session is not from this server, not of this client, user or challenge, or of a sign-in that has failed. */
export const invalidSession = () => new NotAuthorizedException("Invalid session for the user.");

export const expiredSession = () =>
  new NotAuthorizedException("Invalid session for the user, session is expired.");

export const usedSession = () =>
  new NotAuthorizedException("Invalid session for the user, session can only be used once.");

/** A step-up is no refresh. The text is ours. */
export const levelReached = () =>
  new InvalidParameterException("The access token has the authentication level already.");

/** The refusal of a code that was sent by SMS or e-mail. */
export const wrongCode = () => new CodeMismatchException("Invalid code or auth state for the user.");

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
