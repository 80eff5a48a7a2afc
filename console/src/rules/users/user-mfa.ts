import type {
  AttributeType,
  GetUserPoolMfaConfigCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";

export const userFactors = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] as const;
export type UserFactor = (typeof userFactors)[number];

export type UserFactorFault = "notOfPool" | "noPhone" | "noEmail";

/**
 * Why a factor cannot be activated for a user. Whether the user has an authenticator app only the server knows.
 *
 * @param config undefined if it could not be read
 */
export function userFactorFault(
  factor: UserFactor,
  attributes: readonly AttributeType[],
  config: GetUserPoolMfaConfigCommandOutput | undefined,
): UserFactorFault | undefined {
  const has = (name: string) => attributes.some(({ Name, Value = "" }) => Name === name && Value !== "");
  const isOfPool = config === undefined || isFactorOf(config, factor);
  if (!isOfPool) return "notOfPool";
  if (factor === "SMS_MFA" && !has("phone_number")) return "noPhone";
  return factor === "EMAIL_OTP" && !has("email") ? "noEmail" : undefined;
}

function isFactorOf(config: GetUserPoolMfaConfigCommandOutput, factor: UserFactor): boolean {
  switch (factor) {
    case "SMS_MFA":
      return config.SmsMfaConfiguration !== undefined;
    case "SOFTWARE_TOKEN_MFA":
      return config.SoftwareTokenMfaConfiguration?.Enabled === true;
    case "EMAIL_OTP":
      return config.EmailMfaConfiguration !== undefined;
  }
}
