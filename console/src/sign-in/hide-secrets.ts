/** Members of requests and answers that open something: shown only when somebody asks. */
const secretNames = new Set([
  "PASSWORD",
  "NEW_PASSWORD",
  "Password",
  "ClientSecret",
  "SECRET_HASH",
  "SecretHash",
  "ConfirmationCode",
  "PASSWORD_CLAIM_SIGNATURE",
  "AccessToken",
  "IdToken",
  "RefreshToken",
  "Token",
  "Session",
  "SECRET_BLOCK",
  "PASSWORD_CLAIM_SECRET_BLOCK",
  "SRP_A",
  "SRP_B",
  "SALT",
]);

/** The same value with each secret in it replaced by dots. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      secretNames.has(name) && typeof member === "string" ? "••••••••" : withoutSecrets(member),
    ]),
  );
}
