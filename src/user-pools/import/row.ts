/** A row of an import job's file becomes a user, or the reason why it does not. */
import type { AttributeType, PasswordHashingAlgorithmType } from "../../api-model/index.ts";
import { isoDate } from "../../csv-lines.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { verifiedFlags } from "../attributes/index.ts";
import { csvHeaderOf, HASH_COLUMN, MFA_COLUMN, USERNAME_COLUMN } from "./csv-header.ts";
import { type ImportContext, importedUser, RowFailed } from "./imported-user.ts";
import { problemWithHash } from "./password-hash.ts";

export interface RowContext extends ImportContext {
  /** The columns of the file, in its order. */
  readonly columns: readonly string[];
  readonly algorithm: PasswordHashingAlgorithmType | undefined;
}

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
  const { pool, columns, algorithm } = context;
  if (values.length !== columns.length) {
    throw new RowFailed(`The row has ${values.length} values, and the header ${columns.length}.`);
  }
  const cells = new Map(columns.map((column, index) => [column, values[index] ?? ""]));
  const passwordHash = (algorithm && cells.get(HASH_COLUMN)) || undefined;
  const problem =
    algorithm && passwordHash !== undefined ? problemWithHash(algorithm, passwordHash) : undefined;
  if (problem !== undefined) throw new RowFailed(problem);

  const attributes = attributesOf(cells);
  requireVerifiedAttribute(pool, attributes);
  const mfaEnabled = cells.get(MFA_COLUMN)?.toLowerCase() ?? "";
  const username = cells.get(USERNAME_COLUMN) ?? "";
  return importedUser({ username, attributes, enabled: true, passwordHash, mfaEnabled }, context);
}

const OTHER_COLUMNS = new Set([USERNAME_COLUMN, MFA_COLUMN, HASH_COLUMN]);

function attributesOf(cells: ReadonlyMap<string, string>): AttributeType[] {
  return [...cells].flatMap(([Name, value]) => {
    if (value === "" || OTHER_COLUMNS.has(Name)) return [];
    const Value = verifiedFlags.has(Name)
      ? value.toLowerCase()
      : Name === "birthdate"
        ? isoDate(value)
        : value;
    return [{ Name, Value }];
  });
}

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
