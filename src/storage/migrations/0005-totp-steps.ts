/** The time step of the last code of an authenticator app, in place of the one that is sealed with its secret. */
import type { Migration } from "./migration.ts";
import { rawStatement } from "./raw-statement.ts";

export const totpSteps: Migration = {
  version: 5,
  name: "TOTP steps",
  statements: ({ name }) => [
    rawStatement(
      `alter table "users" add column "totp_used_step" ${name === "sqlite" ? "integer" : "bigint"}`,
    ),
  ],
};
