import { AliasExistsException, UsernameExistsException } from "../../api-model/index.ts";
import { SignInNameTaken } from "../../storage/index.ts";

/**
 * Says in the API's words that another user has a sign-in name; passes every other error on.
 *
 * An alias that an administrator gives to a new user makes UsernameExistsException: the API Reference speaks of
 * AliasExistsException there, which AdminCreateUser does not model.
 *
 * @param during what was to give the user the name
 */
export function asSignInNameError(
  error: unknown,
  during: "signUp" | "adminCreateUser" | "update" = "update",
): unknown {
  if (!(error instanceof SignInNameTaken)) return error;
  if (error.kind === "username") {
    return new UsernameExistsException(
      during === "adminCreateUser" ? "User account already exists" : "User already exists",
      { cause: error },
    );
  }
  const message = `An account with the given ${error.kind} already exists.`;
  return during === "update"
    ? new AliasExistsException(message, { cause: error })
    : new UsernameExistsException(message, { cause: error });
}
