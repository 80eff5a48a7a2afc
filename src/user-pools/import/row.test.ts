import { describe, expect, it } from "vitest";
import type { PasswordHashingAlgorithmType } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { RowFailed } from "./imported-user.ts";
import { problemWithColumns, userOfRow } from "./row.ts";

const pool: UserPoolRecord = {
  id: "us-east-1_Import",
  name: "import",
  settings: { AutoVerifiedAttributes: ["email"] },
  createdAt: 0,
  lastModifiedAt: 0,
};
const bcrypt = (cost: string) => `$2b$${cost}$${"a".repeat(53)}`;
const base64 = (bytes: number) => Buffer.alloc(bytes, 1).toString("base64").replaceAll("=", "");
const pbkdf2 = (iterations: number, salt = 16, hash = 32, digest = "sha256") =>
  `$pbkdf2-${digest}$${iterations}$${base64(salt)}$${base64(hash)}`;
const argon2 = (parameters: string, variant = "argon2id") =>
  `$${variant}$v=19$${parameters}$${base64(16)}$${base64(32)}`;
const scrypt = (parameters: string) => `${parameters}$${"ab".repeat(16)}$${"cd".repeat(32)}`;

/** The user of a row, or why it fails. */
function outcome(cells: Record<string, string>, algorithm?: PasswordHashingAlgorithmType) {
  const row = { "cognito:username": "jane", email: "jane@example.com", email_verified: "true", ...cells };
  const context = { pool, newSub: () => "00000000-0000-4000-8000-000000000000", now: 0 };
  try {
    return userOfRow(Object.values(row), { ...context, columns: Object.keys(row), algorithm });
  } catch (error) {
    if (error instanceof RowFailed) return error.message;
    throw error;
  }
}

describe("a row with a password hash", () => {
  it.each<[PasswordHashingAlgorithmType, string]>([
    ["BCRYPT", bcrypt("12")],
    ["SCRYPT", scrypt("65536$8$1")],
    ["ARGON2ID", argon2("m=19456,t=2,p=1")],
    ["PBKDF2_SHA256", pbkdf2(600_000)],
  ])("makes a confirmed user if it is of %s at the highest parameters", (algorithm, hash) =>
    expect(outcome({ password_hash: hash }, algorithm)).toMatchObject({
      status: "CONFIRMED",
      importedPassword: { hash },
    }),
  );

  it.each<[PasswordHashingAlgorithmType, string]>([
    ["BCRYPT", bcrypt("13")],
    ["BCRYPT", pbkdf2(1000)],
    ["SCRYPT", scrypt("131072$8$1")],
    ["SCRYPT", scrypt("16384$9$1")],
    ["SCRYPT", scrypt("16384$8$2")],
    ["SCRYPT", scrypt("16383$8$1")],
    ["SCRYPT", bcrypt("10")],
    ["ARGON2ID", argon2("m=19457,t=2,p=1")],
    ["ARGON2ID", argon2("m=19456,t=3,p=1")],
    ["ARGON2ID", argon2("m=19456,t=2,p=2")],
    ["ARGON2ID", argon2("m=19456,t=2,p=1", "argon2i")],
    ["ARGON2ID", argon2("m=7,t=2,p=1")],
    ["ARGON2ID", bcrypt("10")],
    ["PBKDF2_SHA256", pbkdf2(600_001)],
    ["PBKDF2_SHA256", pbkdf2(1000, 15)],
    ["PBKDF2_SHA256", pbkdf2(1000, 16, 31)],
    ["PBKDF2_SHA256", pbkdf2(1000, 16, 32, "sha512")],
    ["PBKDF2_SHA256", bcrypt("10")],
  ])("fails in a job of %s with %s", (algorithm, password_hash) =>
    expect(outcome({ password_hash }, algorithm)).toBe(
      `The password hash is not of the algorithm ${algorithm}, or its parameters are out of bounds.`,
    ),
  );

  it("fails with a malformed one", () =>
    expect(outcome({ password_hash: "Password-1" }, "BCRYPT")).toBe("The password hash is malformed."));

  it("makes a user who must set a password if it is blank, or the job has no algorithm", () => {
    for (const user of [outcome({ password_hash: "" }, "BCRYPT"), outcome({ password_hash: bcrypt("10") })]) {
      expect(user).toMatchObject({ status: "RESET_REQUIRED" });
      expect(user).not.toHaveProperty("importedPassword.hash");
    }
  });
});

describe("a row", () => {
  it("needs a verified attribute that the pool verifies, and its value", () => {
    const unverified =
      "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).";
    expect(outcome({ email_verified: "false" })).toBe(unverified);
    expect(outcome({ email_verified: "", phone_number_verified: "true" })).toBe(unverified);
    expect(outcome({ email: "" })).toBe("The User Record sets email_verified and has no email.");
    expect(outcome({ email_verified: "TRUE" })).toMatchObject({ username: "jane" });
  });

  it("gives no attribute for a blank value, and none for the columns that are no attributes", () => {
    const user = outcome({ name: "", nickname: "J", "cognito:mfa_enabled": "false" });
    expect(user).toMatchObject({
      attributes: { email: "jane@example.com", email_verified: "true", nickname: "J" },
    });
    expect(user).not.toHaveProperty("attributes.name");
    expect(user).not.toHaveProperty(["attributes", "cognito:mfa_enabled"]);
    expect(user).not.toHaveProperty(["attributes", "cognito:username"]);
  });

  it("fails if it has more or fewer values than the header", () => {
    const context = { pool, newSub: () => "sub", now: 0, algorithm: undefined };
    const columns = ["cognito:username", "email"];
    for (const values of [["jane"], ["jane", "jane@example.com", "x"]]) {
      expect(() => userOfRow(values, { ...context, columns })).toThrow(
        `The row has ${values.length} values, and the header 2.`,
      );
    }
  });
});

describe("the header of a file", () => {
  it.each<[readonly string[], PasswordHashingAlgorithmType | undefined, string | undefined]>([
    [["cognito:username"], undefined, undefined],
    [["email", "cognito:username", "password_hash"], "BCRYPT", undefined],
    [["cognito:username", "password_hash"], undefined, undefined],
    [["email"], undefined, "The header does not have the column cognito:username."],
    [["cognito:username", "email", "email"], undefined, "The header has a column twice."],
    [["cognito:username"], "BCRYPT", "The header does not have the column password_hash."],
    [
      ["cognito:username", "custom:plan"],
      undefined,
      "The header has a column that the user pool does not know: custom:plan",
    ],
  ])("%j for the algorithm %s is answered with %j", (columns, algorithm, problem) =>
    expect(problemWithColumns(pool, columns, algorithm)).toBe(problem),
  );
});
