/**
 * Users of Logto, a line each or in an array: rows of its table `users` as JSON, or what its Management API answers and
 * takes. Rows have names such as `primary_email`, the API such as `primaryEmail`.
 */
import { isJsonObject, type JsonObject } from "../../json.ts";
import { asObject, type SourceUser, simpleValues, textOf, verifiedFlag } from "./records.ts";

export function logtoUser(value: unknown): SourceUser {
  const user = camelCased(asObject(value));
  const email = textOf(user, "primaryEmail");
  const phone = phoneNumber(textOf(user, "primaryPhone"));
  const id = textOf(user, "id");
  const profile = camelCased(isJsonObject(user.profile) ? user.profile : {});
  const address = isJsonObject(profile.address) ? profile.address.formatted : undefined;
  return {
    id,
    username: textOf(user, "username") ?? email ?? phone ?? id,
    enabled: user.isSuspended !== true,
    attributes: {
      ...simpleValues(user.customData),
      // Logto makes an address a user's primary one after it was verified.
      email,
      email_verified: verifiedFlag(email, true),
      phone_number: phone,
      phone_number_verified: verifiedFlag(phone, true),
      name: textOf(user, "name"),
      picture: textOf(user, "avatar"),
      given_name: textOf(profile, "givenName"),
      family_name: textOf(profile, "familyName"),
      middle_name: textOf(profile, "middleName"),
      preferred_username: textOf(profile, "preferredUsername"),
      ...Object.fromEntries(
        ["nickname", "profile", "website", "gender", "birthdate", "zoneinfo", "locale"].map((name) => [
          name,
          textOf(profile, name),
        ]),
      ),
      ...(typeof address === "string" && address !== "" && { address }),
    },
    ...passwordOf(user),
  };
}

function passwordOf(user: JsonObject): Pick<SourceUser, "passwordHash" | "hashProblem"> {
  const hash = textOf(user, "passwordEncrypted") ?? textOf(user, "passwordDigest");
  if (hash === undefined) return {};
  const method = textOf(user, "passwordEncryptionMethod") ?? textOf(user, "passwordAlgorithm") ?? "unknown";
  // Each is kept in the text form of its own library. SHA and MD5 are kept without salt.
  return ["argon2i", "argon2id", "argon2d", "bcrypt"].includes(method.toLowerCase())
    ? { passwordHash: hash }
    : { hashProblem: `The password hash algorithm ${method} is not supported.` };
}

/** Logto keeps digits alone. */
function phoneNumber(digits: string | undefined): string | undefined {
  return digits === undefined || digits.startsWith("+") ? digits : `+${digits}`;
}

function camelCased(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
