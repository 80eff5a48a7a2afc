/**
 * Users of Keycloak. They are the list `users` of a realm export (`kc.sh export`, one file or a folder) or of a file
 * for partial import, or the array that the Admin REST API returns.
 */
import { isJsonObject, type JsonObject, parseJsonObject } from "../../json.ts";
import { asObject, flagOf, RecordProblem, type SourceUser, textOf, verifiedFlag } from "./records.ts";

/** Attributes that Keycloak users have by custom, and their names in Cognito. */
const ATTRIBUTE_NAMES: ReadonlyMap<string, string> = new Map([
  ["phoneNumber", "phone_number"],
  ["phoneNumberVerified", "phone_number_verified"],
  ["middleName", "middle_name"],
  ["preferredUsername", "preferred_username"],
]);

export function keycloakUser(value: unknown): SourceUser {
  const user = asObject(value);
  const username = textOf(user, "username");
  if (user.serviceAccountClientId)
    throw new RecordProblem("The user is the service account of a client.", username);
  const email = textOf(user, "email");
  const mustChangePassword =
    Array.isArray(user.requiredActions) && user.requiredActions.includes("UPDATE_PASSWORD");
  return {
    id: textOf(user, "id"),
    username,
    enabled: user.enabled !== false,
    attributes: {
      ...ownAttributes(user.attributes),
      email,
      email_verified: verifiedFlag(email, flagOf(user, "emailVerified")),
      given_name: textOf(user, "firstName"),
      family_name: textOf(user, "lastName"),
    },
    ...(mustChangePassword ? {} : passwordOf(user.credentials)),
  };
}

/** Keycloak keeps a list of values for each attribute; the first one counts. */
function ownAttributes(attributes: unknown): Record<string, string> {
  if (!isJsonObject(attributes)) return {};
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, values]) => {
      const [first] = Array.isArray(values) ? values : [values];
      return typeof first === "string" && first !== "" ? [[ATTRIBUTE_NAMES.get(name) ?? name, first]] : [];
    }),
  );
}

function passwordOf(credentials: unknown): Pick<SourceUser, "passwordHash" | "hashProblem"> {
  const password = (Array.isArray(credentials) ? credentials : []).find(
    (one) => isJsonObject(one) && one.type === "password",
  ) as JsonObject | undefined;
  if (password === undefined) return {};
  const secret = embedded(password.secretData);
  const settings = embedded(password.credentialData);
  // Releases before 9 kept all of it in the credential itself.
  const hash = secret?.value ?? password.hashedSaltedValue;
  const salt = secret?.salt ?? password.salt;
  const algorithm = settings?.algorithm ?? password.algorithm ?? "pbkdf2";
  const iterations = settings?.hashIterations ?? password.hashIterations;
  if (typeof hash !== "string") return { hashProblem: "The password's hash is missing." };
  switch (algorithm) {
    case "pbkdf2":
      return { passwordHash: `$pbkdf2-sha1$${iterations}$${salt}$${hash}` };
    case "pbkdf2-sha256":
    case "pbkdf2-sha512":
      return { passwordHash: `$${algorithm}$${iterations}$${salt}$${hash}` };
    case "argon2": {
      const parameters = isJsonObject(settings?.additionalParameters) ? settings.additionalParameters : {};
      const first = (name: string) => (Array.isArray(parameters[name]) ? parameters[name][0] : undefined);
      const version = first("version") ?? "1.3";
      if (version !== "1.3") return { hashProblem: `Argon2 ${version} is not supported.` };
      const cost = `m=${first("memory")},t=${iterations},p=${first("parallelism")}`;
      return { passwordHash: `$argon2${first("type") ?? "id"}$v=19$${cost}$${salt}$${hash}` };
    }
    case "bcrypt":
      return { passwordHash: hash };
    default:
      return { hashProblem: `The password hash algorithm ${algorithm} is not supported.` };
  }
}

/** JSON in a text of the export. */
function embedded(text: unknown): JsonObject | undefined {
  return typeof text === "string" ? parseJsonObject(text) : undefined;
}
