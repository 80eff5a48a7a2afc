/**
 * Users of Auth0, one on each line or in an array. Auth0 has three such files: the export with password hashes that its
 * support sends, the result of a user export job, and the input of an import job with `custom_password_hash`.
 */
import { isJsonObject, type JsonObject } from "../../json.ts";
import { asObject, flagOf, type SourceUser, simpleValues, textOf, verifiedFlag } from "./records.ts";

export function auth0User(value: unknown): SourceUser {
  const user = asObject(value);
  const email = textOf(user, "email");
  const phone = textOf(user, "phone_number");
  return {
    id: textOf(user, "user_id") ?? objectId(user._id),
    username: textOf(user, "username") ?? email ?? phone,
    enabled: !flagOf(user, "blocked"),
    attributes: {
      ...simpleValues(user.app_metadata),
      ...simpleValues(user.user_metadata),
      email,
      email_verified: verifiedFlag(email, flagOf(user, "email_verified")),
      phone_number: phone,
      phone_number_verified: verifiedFlag(phone, flagOf(user, "phone_verified")),
      name: textOf(user, "name"),
      given_name: textOf(user, "given_name"),
      family_name: textOf(user, "family_name"),
      nickname: textOf(user, "nickname"),
      picture: textOf(user, "picture"),
    },
    ...passwordOf(user),
  };
}

/** Exports of the database have its object ids; `user_id` is the same with the kind of the connection before it. */
function objectId(id: unknown): string | undefined {
  const value = isJsonObject(id) ? id.$oid : id;
  return typeof value === "string" && value !== "" ? `auth0|${value}` : undefined;
}

function passwordOf(user: JsonObject): Pick<SourceUser, "passwordHash" | "hashProblem"> {
  const bcrypt = textOf(user, "passwordHash") ?? textOf(user, "password_hash");
  if (bcrypt !== undefined) return { passwordHash: bcrypt };
  const { custom_password_hash: custom } = user;
  if (!isJsonObject(custom)) return {};
  const value = isJsonObject(custom.hash) ? custom.hash.value : undefined;
  if (typeof value !== "string") return { hashProblem: "The password's hash is missing." };
  switch (custom.algorithm) {
    case "bcrypt":
    case "argon2":
      return { passwordHash: value };
    case "pbkdf2":
      // For example $pbkdf2-sha512$i=100000,l=64$salt$hash.
      return { passwordHash: value.replace(/\$i=(\d+),l=\d+\$/, "$$$1$$") };
    default:
      return { hashProblem: `The password hash algorithm ${custom.algorithm} is not supported.` };
  }
}
