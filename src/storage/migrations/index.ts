/**
 * The steps of the schema, from nothing to what `tables.ts` describes. Running them is `migrate.ts`' part.
 */
import { firstSchema } from "./0001-first-schema.ts";
import { imports } from "./0002-imports.ts";
import { signInCounts } from "./0003-sign-in-counts.ts";
import { unknownNames } from "./0004-unknown-names.ts";
import { totpSteps } from "./0005-totp-steps.ts";
import type { Migration } from "./migration.ts";

export type { Migration };

export const migrations: readonly Migration[] = [firstSchema, imports, signInCounts, unknownNames, totpSteps];
