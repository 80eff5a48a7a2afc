/** Makes the user of a row of a CSV file or of a record in bulk: what both ways of importing have in common. */

import { type AttributeType, ServiceException } from "../../api-model/index.ts";
import { isSub } from "../../ids.ts";
import { isStorableText } from "../../storable-text.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { checkNewAttributes, verifiedFlags } from "../attributes/index.ts";
import { hasSmsMfa } from "../pools/index.ts";
import {
  MAX_USERNAME_CHARACTERS,
  newAttributes,
  normalizeUsername,
  signInNamesOf,
  USERNAME_CHARACTERS,
  withUsernameAttribute,
} from "../users/index.ts";

/** A row or a record becomes no user; the message is the reason. */
export class RowFailed extends Error {}

interface GivenUser {
  /** As typed: where addresses name users, the address. */
  readonly username: string;
  readonly attributes: readonly AttributeType[];
  /** A new one when undefined. */
  readonly sub?: string | undefined;
  /** When undefined, what follows from the hash and the ways to sign in that the pool has. */
  readonly status?: "UNCONFIRMED" | "FORCE_CHANGE_PASSWORD" | undefined;
  readonly enabled: boolean;
  /** In a text form of `src/crypto/passwords/imported-hashes.ts`. */
  readonly passwordHash: string | undefined;
  /** `true`, `false` or nothing, as in the column `cognito:mfa_enabled`. */
  readonly mfaEnabled: string;
  /** The time of the import when undefined. */
  readonly createdAt?: number | undefined;
  readonly lastModifiedAt?: number | undefined;
}

export interface ImportContext {
  readonly pool: UserPoolRecord;
  /** Makes the `sub` of the next user. */
  readonly newSub: () => string;
  readonly now: number;
}

/** @throws RowFailed the pool does not take the user */
export function importedUser(given: GivenUser, { pool, newSub, now }: ImportContext): UserRecord {
  const wantsMfa = mfaOf(pool, given.mfaEnabled);
  if (given.username === "" || given.username.length > MAX_USERNAME_CHARACTERS)
    throw new RowFailed("The username is missing or too long.");
  if (!USERNAME_CHARACTERS.test(given.username))
    throw new RowFailed("The username has a space or another character that usernames cannot have.");
  const unreadable = given.attributes.find(({ Value = "" }) => !isStorableText(Value));
  if (unreadable !== undefined) throw new RowFailed(`The value of ${unreadable.Name} is not text.`);
  if (given.sub !== undefined && !isSub(given.sub))
    throw new RowFailed("The sub is not a UUID in lower case.");
  const { namedBy, attributes } = checked(pool, given);
  const flags = given.attributes.filter(({ Name, Value }) => verifiedFlags.has(Name) && Value);
  const all = {
    ...attributes,
    // Everything here compares with `true`.
    ...Object.fromEntries(flags.map(({ Name, Value = "" }) => [Name, Value.toLowerCase()])),
  };
  const { sub = newSub(), createdAt = now, lastModifiedAt = now } = given;
  const username = namedBy === undefined ? normalizeUsername(pool, given.username) : sub;
  const hash = given.passwordHash;
  return {
    poolId: pool.id,
    sub,
    username,
    status:
      given.status ??
      (hash !== undefined || hasPasswordlessFactor(pool, all) ? "CONFIRMED" : "RESET_REQUIRED"),
    enabled: given.enabled,
    attributes: all,
    signInNames: signInNamesOf(pool, username, all),
    ...(hash !== undefined && { importedPassword: { hash } }),
    ...(wantsMfa &&
      hasSmsMfa(pool.settings) &&
      all.phone_number !== undefined && { mfa: { enabled: ["SMS_MFA"], preferred: "SMS_MFA" } as const }),
    createdAt,
    lastModifiedAt,
  };
}

function checked(pool: UserPoolRecord, { username, attributes }: GivenUser) {
  try {
    const result = withUsernameAttribute({ occasion: { kind: "Import" }, pool, username, attributes });
    checkNewAttributes(pool, result.attributes, { requireRequired: true });
    return { namedBy: result.namedBy, attributes: newAttributes(result.attributes, { withFlags: true }) };
  } catch (error) {
    if (error instanceof ServiceException) throw new RowFailed(error.message.trim().replaceAll("\n", " "));
    throw error;
  }
}

/**
 * The texts are ours.
 *
 * @returns whether the user has MFA; blank is what the pool demands
 * @see Developer Guide, "Importing users into user pools from a CSV file", section "Formatting the CSV file"
 */
function mfaOf({ settings: { MfaConfiguration = "OFF" } }: UserPoolRecord, value: string): boolean {
  if (value !== "" && value !== "true" && value !== "false")
    throw new RowFailed("cognito:mfa_enabled must be true, false or blank.");
  if (value === "true" && MfaConfiguration === "OFF")
    throw new RowFailed("The user pool has MFA switched off.");
  if (value === "false" && MfaConfiguration === "ON") throw new RowFailed("The user pool requires MFA.");
  return value === "true" || (value === "" && MfaConfiguration === "ON");
}

function hasPasswordlessFactor(
  { settings }: UserPoolRecord,
  attributes: Readonly<Record<string, string>>,
): boolean {
  const factors = settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  return (
    (factors.includes("EMAIL_OTP") && attributes.email_verified === "true") ||
    (factors.includes("SMS_OTP") && attributes.phone_number_verified === "true")
  );
}
