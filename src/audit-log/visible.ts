import { isJsonObject } from "../json.ts";
import { isSecret, MAX_DEPTH } from "../secret-members.ts";

/** As AWS writes it in place of what CloudTrail must not hold. */
export const HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

/**
 * Members that say who a user is, or what a person typed. A record names a user by `sub`.
 *
 * @see Developer Guide, "Amazon Cognito logging in AWS CloudTrail": `UserSub` is recorded, `UserName` is not
 */
const PERSONAL: ReadonlySet<string> = new Set([
  "Username",
  "UserAttributes",
  "Attributes",
  "AuthParameters",
  "ChallengeResponses",
  "ChallengeParameters",
  "ClientMetadata",
  "ValidationData",
  "UserContextData",
  "ContextData",
  "ProviderAttributeValue",
  "Destination",
  "CredentialCreationOptions",
  "Credential",
  "Filter",
]);

/** Addresses that open something for everybody who knows them. */
const OPENING: ReadonlySet<string> = new Set(["PreSignedUrl"]);

/** Members whose own members have names that callers chose. */
const MAPS: ReadonlySet<string> = new Set(["AttributeMapping", "ProviderDetails", "Tags", "UserPoolTags"]);

/** CloudTrail omits what is longer than 100 KB. */
const MAX_CHARACTERS = 100 * 1024;

/**
 * An input or output as a record shows it: names begin with a small letter, secrets and personal data are hidden.
 *
 * @returns undefined if it is too long
 */
export function visible(value: unknown): unknown {
  const shown = shownOf(value, 0);
  return (JSON.stringify(shown)?.length ?? 0) > MAX_CHARACTERS ? undefined : shown;
}

function shownOf(value: unknown, depth: number, hasNamesOfCallers = false): unknown {
  if (depth === MAX_DEPTH) return HIDDEN;
  if (Array.isArray(value)) return value.map((member) => shownOf(member, depth + 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      hasNamesOfCallers ? name : name.charAt(0).toLowerCase() + name.slice(1),
      isHidden(name, member) ? HIDDEN : shownOf(member, depth + 1, MAPS.has(name)),
    ]),
  );
}

function isHidden(name: string, value: unknown): boolean {
  return PERSONAL.has(name) || OPENING.has(name) || isSecret(name, value);
}
