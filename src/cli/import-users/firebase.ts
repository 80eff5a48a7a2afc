/** Users of Firebase Authentication: `firebase auth:export users.json`, with the project's own scrypt parameters. */
import type { JsonObject } from "../../json.ts";
import { asObject, flagOf, type SourceUser, simpleValues, textOf, verifiedFlag } from "./records.ts";

/** The password hash parameters of a project, as the Firebase console shows them. */
export interface FirebaseHashing {
  readonly signerKey: string;
  readonly saltSeparator: string;
  readonly rounds: number;
  readonly memCost: number;
}

/** Reads `hash_config { algorithm: SCRYPT, base64_signer_key: …, … }`. @returns undefined for another text */
export function readHashConfig(text: string): FirebaseHashing | undefined {
  const settingNamed = (name: string) => new RegExp(`\\b${name}\\s*[:=]\\s*"?([^\\s,"]+)`).exec(text)?.[1];
  const [signerKey, saltSeparator] = [
    settingNamed("base64_signer_key"),
    settingNamed("base64_salt_separator") ?? "",
  ];
  const [rounds, memCost] = [Number(settingNamed("rounds")), Number(settingNamed("mem_cost"))];
  if (signerKey === undefined || !Number.isInteger(rounds) || !Number.isInteger(memCost)) return undefined;
  return {
    signerKey: standardBase64(signerKey),
    saltSeparator: standardBase64(saltSeparator),
    rounds,
    memCost,
  };
}

export function firebaseUser(value: unknown, hashing: FirebaseHashing | undefined): SourceUser {
  const user = asObject(value);
  const email = textOf(user, "email");
  const phone = textOf(user, "phoneNumber");
  const id = textOf(user, "localId");
  return {
    id,
    username: email ?? phone ?? id,
    enabled: !flagOf(user, "disabled"),
    attributes: {
      ...claimsOf(user),
      email,
      email_verified: verifiedFlag(email, flagOf(user, "emailVerified")),
      phone_number: phone,
      // Firebase has no number that was not verified.
      phone_number_verified: verifiedFlag(phone, true),
      name: textOf(user, "displayName"),
      picture: textOf(user, "photoUrl"),
    },
    ...passwordOf(user, hashing),
  };
}

/** Custom claims, which are JSON in a text. */
function claimsOf(user: JsonObject): Record<string, string> {
  try {
    return simpleValues(JSON.parse(textOf(user, "customAttributes") ?? "{}"));
  } catch {
    return {};
  }
}

function passwordOf(
  user: JsonObject,
  hashing: FirebaseHashing | undefined,
): Pick<SourceUser, "passwordHash" | "hashProblem"> {
  const hash = textOf(user, "passwordHash");
  const salt = textOf(user, "salt");
  if (hash === undefined) return {};
  if (salt === undefined) {
    // Users that the project imported and that have not signed in since keep the hash that they came with.
    const foreign = Buffer.from(standardBase64(hash), "base64").toString("latin1");
    return /^\$2[abxy]\$/.test(foreign)
      ? { passwordHash: foreign }
      : { hashProblem: "The password's hash has no salt: it is not of the project's own algorithm." };
  }
  if (hashing === undefined)
    return { hashProblem: "The project's hash parameters are missing; give them with --hash-config." };
  const { signerKey, saltSeparator, rounds, memCost } = hashing;
  const parts = [standardBase64(salt), saltSeparator, signerKey, standardBase64(hash)];
  return { passwordHash: `$firebase-scrypt$${rounds},${memCost}$${parts.join("$")}` };
}

/** Some releases of the tool write the alphabet of URLs. */
function standardBase64(text: string): string {
  return text.replaceAll("-", "+").replaceAll("_", "/");
}
