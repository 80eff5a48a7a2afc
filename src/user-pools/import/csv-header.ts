import type { UserPoolRecord } from "../../storage/index.ts";
import { schemaOf } from "../attributes/index.ts";

/** @see Developer Guide, "Importing users into user pools from a CSV file": the order of its template */
const STANDARD_COLUMNS =
  "name given_name family_name middle_name nickname preferred_username profile picture website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at".split(
    " ",
  );

export const USERNAME_COLUMN = "cognito:username";
export const MFA_COLUMN = "cognito:mfa_enabled";
export const HASH_COLUMN = "password_hash";

/** The columns of a file for the pool, as GetCSVHeader answers them: without the optional `password_hash`, as recorded. */
export function csvHeaderOf(pool: UserPoolRecord): string[] {
  const custom = schemaOf(pool).flatMap(({ Name = "" }) => (Name.includes(":") ? [Name] : []));
  return [...STANDARD_COLUMNS, ...custom, MFA_COLUMN, USERNAME_COLUMN];
}
