/** A row of a CSV file with the columns of GetCSVHeader, and `password_hash` and `sub` if there are any. */
import { isoDate, splitRow } from "../../csv-lines.ts";
import { RecordProblem, type SourceUser } from "./records.ts";

const FLAGS = ["email_verified", "phone_number_verified"];

export function cognitoCsvUser(columns: readonly string[], row: string | undefined): SourceUser {
  if (row === undefined) throw new RecordProblem("The row is not in UTF-8.");
  const values = splitRow(row);
  if (values.length !== columns.length)
    throw new RecordProblem(`The row has ${values.length} values, and the header ${columns.length}.`);
  const cells = Object.fromEntries(columns.map((column, index) => [column, values[index] || undefined]));
  const {
    "cognito:username": username,
    "cognito:mfa_enabled": mfaEnabled,
    password_hash: passwordHash,
    birthdate,
    sub,
    ...attributes
  } = cells;
  for (const flag of FLAGS) if (attributes[flag]) attributes[flag] = attributes[flag].toLowerCase();
  return {
    username,
    sub,
    passwordHash,
    mfaEnabled: mfaEnabled?.toLowerCase(),
    attributes: { ...attributes, birthdate: birthdate && isoDate(birthdate) },
  };
}
