import { hash } from "node:crypto";
import type { Random } from "../random.ts";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A character for each byte, of the lowest five bits of it. */
function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => BASE32[byte & 31]).join("");
}

/** The prefixes of unique ids: user, role, managed policy. */
type UniqueIdPrefix = "AIDA" | "AROA" | "ANPA";

/** Behind the prefix. */
const UNIQUE_ID_CHARACTERS = 17;

/** An id such as `AIDAEXAMPLEEXAMPLE123`, which stays when names change and is never reused. */
export function newUniqueId(prefix: UniqueIdPrefix, random: Random): string {
  return prefix + base32(random.bytes(UNIQUE_ID_CHARACTERS));
}

/** An id in the same form that follows from a name: for policies of AWS, whose own ids are not known. */
export function uniqueIdOfName(prefix: UniqueIdPrefix, name: string): string {
  return prefix + base32(hash("sha256", name, "buffer").subarray(0, UNIQUE_ID_CHARACTERS));
}

/** `AKIA…` of a user's own keys, `ASIA…` of temporary credentials. */
type AccessKeyPrefix = "AKIA" | "ASIA";

const RANDOM_CHARACTERS = 12;
const CHECK_CHARACTERS = 4;

/**
 * An access key id such as `AKIAEXAMPLEEXAMPLE12`.
 *
 * Its last characters are a checksum, by which {@link isGeneratedHere} recognizes ids that this program generated.
 */
export function newAccessKeyId(prefix: AccessKeyPrefix, random: Random): string {
  const id = prefix + base32(random.bytes(RANDOM_CHARACTERS));
  return id + checkOf(id);
}

/**
 * Whether this program generated an access key id, deleted ones and those of other installations included.
 *
 * `dev` takes unknown keys for the administrator's. Without this check, a deleted key, or one that a client still
 * caches from a discarded store, would get all permissions.
 */
export function isGeneratedHere(keyId: string): boolean {
  if (!/^A[KS]IA[A-Z2-7]{16}$/.test(keyId)) return false;
  return checkOf(keyId.slice(0, -CHECK_CHARACTERS)) === keyId.slice(-CHECK_CHARACTERS);
}

function checkOf(id: string): string {
  return base32(hash("sha256", `access key ${id}`, "buffer").subarray(0, CHECK_CHARACTERS));
}

/** A secret access key: 40 characters of base64, 240 random bits. */
export function newSecretAccessKey(random: Random): string {
  return Buffer.from(random.bytes(30)).toString("base64");
}

/** Names and paths in ARNs: `arn:aws:iam::123456789012:user/team/alice`. */
function iamArn(accountId: string, kind: string, path: string, name: string): string {
  return `arn:aws:iam::${accountId}:${kind}${path}${name}`;
}

/** @param path begins and ends with a slash */
export function userArn(accountId: string, path: string, name: string): string {
  return iamArn(accountId, "user", path, name);
}

export function roleArn(accountId: string, path: string, name: string): string {
  return iamArn(accountId, "role", path, name);
}

export function policyArn(accountId: string, path: string, name: string): string {
  return iamArn(accountId, "policy", path, name);
}

/** The URL of an OpenID Connect provider as ARNs, condition keys and records have it. */
export function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//i, "");
}

/** @param url without its scheme */
export function oidcProviderArn(accountId: string, url: string): string {
  return iamArn(accountId, "oidc-provider", "/", url);
}

/** The ARN of a role session, which omits the role's path. */
export function roleSessionArn(accountId: string, roleName: string, sessionName: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
}

export function federatedUserArn(accountId: string, name: string): string {
  return `arn:aws:sts::${accountId}:federated-user/${name}`;
}

/** The longest path and name, with what comes before them. */
const MAX_IAM_ARN_LENGTH = 40 + 512 + 128;

/** The parts of the ARN of a user, role or policy; undefined when it is no such ARN. */
export function parseIamArn(
  arn: string,
): { accountId: string; kind: string; path: string; name: string } | undefined {
  if (arn.length > MAX_IAM_ARN_LENGTH) return undefined;
  const parts = /^arn:aws:iam::(\d{12}|aws):(user|role|policy)(\/(?:.*\/)?)([\w+=,.@-]+)$/.exec(arn);
  if (!parts) return undefined;
  const [, accountId = "", kind = "", path = "", name = ""] = parts;
  return { accountId, kind, path, name };
}

/** The URL, without its scheme, in the ARN of an OpenID Connect provider; undefined when it is no such ARN. */
export function providerOfArn(arn: string, accountId: string): string | undefined {
  const start = oidcProviderArn(accountId, "");
  return arn.startsWith(start) ? arn.slice(start.length) : undefined;
}
