import {
  type EventFilterType,
  InvalidPasswordException,
  PasswordResetRequiredException,
} from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { type RiskBody, riskSettingsOf } from "./configuration.ts";

type Context = Pick<Environment, "store" | "breachedPasswords" | "log">;

/** @see API Reference, "CompromisedCredentialsRiskConfigurationType": without a filter every event counts */
function isWatched({ CompromisedCredentialsRiskConfiguration }: RiskBody, event: EventFilterType): boolean {
  const filter = CompromisedCredentialsRiskConfiguration?.EventFilter ?? [];
  return filter.length === 0 || filter.includes(event);
}

export const blocksBreached = ({ CompromisedCredentialsRiskConfiguration }: RiskBody) =>
  CompromisedCredentialsRiskConfiguration?.Actions?.EventAction === "BLOCK";

/** Whether a password is on the operator's list. A list that cannot be read blocks no user; it is logged. */
export async function isBreached(
  settings: RiskBody,
  event: EventFilterType,
  password: string,
  { breachedPasswords, log }: Context,
): Promise<boolean> {
  if (breachedPasswords === undefined || !isWatched(settings, event)) return false;
  try {
    return await breachedPasswords.includes(password);
  } catch (error) {
    log.error({ err: error }, "The list of breached passwords could not be read");
    return false;
  }
}

/**
 * Rejects a breached new password, if the pool, which enforces protection, is configured so.
 *
 * @param clientId undefined where no app client is involved
 * @throws InvalidPasswordException
 */
export async function refuseBreachedPassword(
  event: "SIGN_UP" | "PASSWORD_CHANGE",
  { pool, clientId, password }: { pool: UserPoolRecord; clientId: string | undefined; password: string },
  context: Context,
): Promise<void> {
  const settings = await riskSettingsOf(context.store, pool.id, clientId);
  if (!blocksBreached(settings) || !(await isBreached(settings, event, password, context))) return;
  throw new InvalidPasswordException("Provided password cannot be used for security reasons.");
}

/** The refusal of a sign-in with a password that attackers know. */
export const breachedSignIn = () =>
  new PasswordResetRequiredException("Password reset required for user due to security reasons");
