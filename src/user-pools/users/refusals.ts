/** The refusals of users that several operations and the sign-in engine share, in Cognito's words. */
import {
  NotAuthorizedException,
  PasswordResetRequiredException,
  UserNotConfirmedException,
  UserNotFoundException,
} from "../../api-model/index.ts";
import { OwnerMissing } from "../../storage/index.ts";

const WRONG_CREDENTIALS = "Incorrect username or password.";

export const wrongCredentials = () => new NotAuthorizedException(WRONG_CREDENTIALS);
export const disabledUser = () => new NotAuthorizedException("User is disabled.");
export const unconfirmedUser = () => new UserNotConfirmedException("User is not confirmed.");
export const passwordWasReset = () =>
  new PasswordResetRequiredException("Password reset required for the user");

/** The answer of signing in and of administrators' operations for a user who does not exist. */
export const unknownUser = (options?: ErrorOptions) =>
  new UserNotFoundException("User does not exist.", options);

/** The same for a user who was deleted before something could be written for them; passes every other error on. */
export function asUnknownUser(error: unknown): unknown {
  return error instanceof OwnerMissing ? unknownUser({ cause: error }) : error;
}

/** The answer of the public operations around sign-up and recovery for a user who does not exist. */
export const unknownName = () => new UserNotFoundException("Username/client id combination not found.");
