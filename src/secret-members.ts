/** Names of members in requests and answers whose values open something. */
const SECRET_NAME =
  /password|secret|private_?key|verifier|signature|credential|session$|token$|code$|answer$|^salt$|^srp_/i;

/** Of them, those that a number can be the value of; a password policy has other numbers. */
const SECRET_NUMBER_NAME = /(?:password|secret|code|answer)$/i;

/** Members whose whole value is for the functions of custom challenges alone. */
const PRIVATE_NAME = /^(privateChallengeParameters|challengeMetadata)$/;

const HIDDEN = "••••••••";

/** Deeper members are not visited: no member of an API is nested that deeply. */
export const MAX_DEPTH = 20;

/** The same value with dots in place of each secret string in it, at any depth. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth === MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.map((member) => withoutSecrets(member, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isSecret(name, member) ? HIDDEN : withoutSecrets(member, depth + 1),
    ]),
  );
}

/** Whether a member is a secret, by its name. */
export function isSecret(name: string, value: unknown): boolean {
  if (PRIVATE_NAME.test(name)) return value !== null;
  if (!SECRET_NAME.test(name)) return false;
  // The last two are not valid, but a client can send them by mistake.
  if (typeof value === "number") return SECRET_NUMBER_NAME.test(name);
  return typeof value === "string" || (Array.isArray(value) && value.some((one) => typeof one === "string"));
}

/** The same for XML whose elements hold either text or other elements. */
export function xmlWithoutSecrets(xml: string): string {
  return xml.replace(/<(\w+)>([^<]*)<\/\1>/g, (element, name: string) =>
    SECRET_NAME.test(name) ? `<${name}>${HIDDEN}</${name}>` : element,
  );
}
