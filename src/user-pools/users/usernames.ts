/** The rules for usernames, by the kind of pool. */
import { InvalidParameterException } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { checkNameForm, isEmailAddress, isPhoneNumber } from "../attributes/index.ts";

/** Usernames that operations can take (API model, `UsernameType`): without spaces and control characters. */
export const USERNAME_CHARACTERS = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]*$/u;
export const MAX_USERNAME_CHARACTERS = 128;

/** Whether users are named by their e-mail address or phone number, and get a UUID for a username. */
export function isNamedByAttribute(pool: UserPoolRecord): boolean {
  return (pool.settings.UsernameAttributes ?? []).length > 0;
}

/**
 * Checks the username of a new user: if usernames are addresses it must be one, and where they are aliases it
 * must not look like one.
 *
 * @returns the attribute that the username is a value of; undefined where usernames are free
 * @throws InvalidParameterException the username does not have the form that the pool requires
 * @see Developer Guide, "Customizing sign-in attributes"
 */
export function checkUsername(pool: UserPoolRecord, username: string): "email" | "phone_number" | undefined {
  const { UsernameAttributes = [] } = pool.settings;
  if (isNamedByAttribute(pool)) {
    if (isEmailAddress(username) && UsernameAttributes.includes("email")) return "email";
    if (isPhoneNumber(username) && UsernameAttributes.includes("phone_number")) return "phone_number";
    throw new InvalidParameterException(
      UsernameAttributes.length > 1
        ? "Username should be either an email or a phone number."
        : UsernameAttributes.includes("email")
          ? "Username should be an email."
          : "Username should be a phone number.",
    );
  }
  checkNameForm(pool, username);
  return undefined;
}
