/** A row of an import job's file becomes a user, or the reason why it does not. */
import {
  type AttributeType,
  type PasswordHashingAlgorithmType,
  ServiceException,
} from "../../api-model/index.ts";
import { newSub } from "../../ids.ts";
import type { Random } from "../../random.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { checkNewAttributes } from "../attributes/index.ts";
import { hasSmsMfa } from "../pools/index.ts";
import { newAttributes, normalizeUsername, signInNamesOf, withUsernameAttribute } from "../users/index.ts";
import { csvHeaderOf, HASH_COLUMN, MFA_COLUMN, USERNAME_COLUMN } from "./csv-header.ts";
import { problemWithHash } from "./password-hash.ts";

export interface RowContext {
  readonly pool: UserPoolRecord;
  /** The columns of the file, in its order. */
  readonly columns: readonly string[];
  readonly algorithm: PasswordHashingAlgorithmType | undefined;
  readonly random: Random;
  readonly now: number;
}

/** A reason that a row has failed for. */
export class RowFailed extends Error {}

const NO_VERIFIED_ATTRIBUTE =
  "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).";

/** Why a file with these columns cannot be imported; undefined when it can. The texts are ours. */
export function problemWithColumns(
  pool: UserPoolRecord,
  columns: readonly string[],
  algorithm: PasswordHashingAlgorithmType | undefined,
): string | undefined {
  const known = new Set([...csvHeaderOf(pool), HASH_COLUMN]);
  const unknown = columns.find((column) => !known.has(column));
  if (unknown !== undefined) return `The header has a column that the user pool does not know: ${unknown}`;
  if (new Set(columns).size < columns.length) return "The header has a column twice.";
  if (!columns.includes(USERNAME_COLUMN)) return `The header does not have the column ${USERNAME_COLUMN}.`;
  if (algorithm !== undefined && !columns.includes(HASH_COLUMN)) {
    return `The header does not have the column ${HASH_COLUMN}.`;
  }
  return undefined;
}

/** @throws RowFailed */
export function userOfRow(values: readonly string[], context: RowContext): UserRecord {
  const { pool, columns, algorithm, random, now } = context;
  if (values.length !== columns.length) {
    throw new RowFailed(`The row has ${values.length} values, and the header ${columns.length}.`);
  }
  const cells = new Map(columns.map((column, index) => [column, values[index] ?? ""]));
  const hash = (algorithm && cells.get(HASH_COLUMN)) || undefined;
  const problem = algorithm && hash !== undefined ? problemWithHash(algorithm, hash) : undefined;
  if (problem !== undefined) throw new RowFailed(problem);

  const given = attributesOf(cells);
  requireVerifiedAttribute(pool, given);
  const wantsMfa = mfaOf(pool, cells.get(MFA_COLUMN)?.toLowerCase() ?? "");
  const typed = cells.get(USERNAME_COLUMN) ?? "";
  if (typed === "" || typed.length > 128) throw new RowFailed("The username is missing or too long.");

  const { namedBy, attributes } = named(pool, typed, given);
  const kept = newAttributes(attributes, { withFlags: true });
  const flagged = { ...kept, ...flagsOf(given) };
  const sub = newSub(random);
  const username = namedBy === undefined ? normalizeUsername(pool, typed) : sub;
  return {
    poolId: pool.id,
    sub,
    username,
    status: hash !== undefined || hasPasswordlessFactor(pool, flagged) ? "CONFIRMED" : "RESET_REQUIRED",
    enabled: true,
    attributes: flagged,
    signInNames: signInNamesOf(pool, username, flagged),
    ...(hash !== undefined && { importedPassword: { hash, importedAt: now } }),
    ...(wantsMfa &&
      hasSmsMfa(pool.settings) &&
      flagged.phone_number !== undefined && { mfa: { enabled: ["SMS_MFA"], preferred: "SMS_MFA" } as const }),
    createdAt: now,
    lastModifiedAt: now,
  };
}

function named(pool: UserPoolRecord, username: string, given: readonly AttributeType[]) {
  try {
    const result = withUsernameAttribute({ occasion: { kind: "Import" }, pool, username, attributes: given });
    checkNewAttributes(pool, result.attributes, { requireRequired: true });
    return result;
  } catch (error) {
    if (error instanceof ServiceException) throw new RowFailed(error.message.trim().replaceAll("\n", " "));
    throw error;
  }
}

const BOOLEAN_COLUMNS = new Set(["email_verified", "phone_number_verified"]);

function attributesOf(cells: ReadonlyMap<string, string>): AttributeType[] {
  const other = new Set([USERNAME_COLUMN, MFA_COLUMN, HASH_COLUMN]);
  return [...cells].flatMap(([Name, value]) => {
    if (value === "" || other.has(Name)) return [];
    const Value = BOOLEAN_COLUMNS.has(Name)
      ? value.toLowerCase()
      : Name === "birthdate"
        ? isoDate(value)
        : value;
    return [{ Name, Value }];
  });
}

/** The file has `mm/dd/yyyy`, the attribute `yyyy-mm-dd`. */
function isoDate(value: string): string {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(value) ?? [];
  return year === undefined ? value : `${year}-${month}-${day}`;
}

const flagsOf = (given: readonly AttributeType[]) =>
  Object.fromEntries(
    given.flatMap(({ Name, Value }) => (BOOLEAN_COLUMNS.has(Name) && Value ? [[Name, Value]] : [])),
  );

function requireVerifiedAttribute({ settings }: UserPoolRecord, given: readonly AttributeType[]): void {
  const valueNamed = (name: string) => given.find(({ Name }) => Name === name)?.Value;
  const verified = (settings.AutoVerifiedAttributes ?? []).filter(
    (name) => valueNamed(`${name}_verified`) === "true",
  );
  if (verified.length === 0) throw new RowFailed(NO_VERIFIED_ATTRIBUTE);
  const missing = verified.find((name) => !valueNamed(name));
  // The text is ours.
  if (missing !== undefined)
    throw new RowFailed(`The User Record sets ${missing}_verified and has no ${missing}.`);
}

/** @returns whether the user asks for MFA where that is left to users. The texts are ours. */
function mfaOf({ settings: { MfaConfiguration = "OFF" } }: UserPoolRecord, value: string): boolean {
  if (value !== "" && value !== "true" && value !== "false") {
    throw new RowFailed(`${MFA_COLUMN} must be true, false or blank.`);
  }
  if (value === "true" && MfaConfiguration === "OFF")
    throw new RowFailed("The user pool has MFA switched off.");
  if (value === "false" && MfaConfiguration === "ON") throw new RowFailed("The user pool requires MFA.");
  return value === "true";
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
