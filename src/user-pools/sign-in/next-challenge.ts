import { type ChallengeNameType, InvalidUserPoolConfigurationException } from "../../api-model/index.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";

/**
 * What a user who has proved their password must do next.
 *
 * @returns undefined when nothing is left and tokens can be issued
 * @throws InvalidUserPoolConfigurationException the pool or the user demands a second factor, which is not built yet:
 *   signing in without it would be worse than not signing in
 * @see Developer Guide, "Authentication with Amazon Cognito user pools"; "Adding MFA to a user pool"
 */
export function nextChallenge(pool: UserPoolRecord, user: UserRecord): ChallengeNameType | undefined {
  if (user.status === "FORCE_CHANGE_PASSWORD") return "NEW_PASSWORD_REQUIRED";
  if (demandsSecondFactor(pool, user)) {
    throw new InvalidUserPoolConfigurationException(
      `User pool ${pool.id} demands multi-factor authentication, which this server cannot ask for yet.`,
    );
  }
  return undefined;
}

function demandsSecondFactor(pool: UserPoolRecord, user: UserRecord): boolean {
  switch (pool.settings.MfaConfiguration) {
    case "ON":
      return true;
    case "OPTIONAL":
      return user.mfa !== undefined && user.mfa.enabled.length > 0;
    default:
      return false;
  }
}
