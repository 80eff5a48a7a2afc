import type { AuthFlowType } from "../../api-model/index.ts";
import { canProveItself, namedDevice, replacesMfa } from "../devices/index.ts";
import { hasProvedBothFactors, mfaChallenge, needsPasswordFirst, SECOND_FACTORS } from "../mfa/index.ts";
import type { SignInContext, UserAttempt } from "./attempt.ts";
import type { ChallengeName } from "./challenge.ts";
import { firstChallenges } from "./choice.ts";
import { defineNext } from "./custom-auth.ts";
import { wrongCredentials } from "./errors.ts";
import { nextTowards } from "./step-up.ts";

/** The order of a flow's challenges follows from a password, the user's choice, or the pool's own functions. */
type Family = "password" | "choice" | "custom";

const familyOf = (flow: AuthFlowType): Family =>
  flow === "USER_AUTH" ? "choice" : flow === "CUSTOM_AUTH" ? "custom" : "password";

/**
 * The next challenge of a user who has proved a factor.
 *
 * @returns undefined when nothing is left
 * @throws NotAuthorizedException the proved factors are no longer sufficient
 * @see Developer Guide, "Authentication with Amazon Cognito user pools"
 */
export async function decideNext(
  attempt: UserAttempt,
  context: Pick<SignInContext, "store" | "triggers" | "request">,
): Promise<ChallengeName | undefined> {
  switch (familyOf(attempt.flow)) {
    case "password":
      return nextTowards(attempt, []) ?? afterPassword(attempt, context);
    case "custom": {
      if (attempt.proved.includes("custom")) return afterCustom(attempt, context);
      // The challenges that follow any password come first, then those of the pool's own function, and a device last.
      const challenge = await afterPassword(attempt, context);
      if (challenge !== undefined && challenge !== "DEVICE_SRP_AUTH") return challenge;
      return (await defineNext(attempt, context)) ?? challenge;
    }
    case "choice":
      if (attempt.targets !== undefined) {
        const challenge = nextTowards(attempt, await firstChallenges(attempt, context));
        if (challenge !== undefined) return challenge;
      }
      // Only a password is followed by a second factor.
      if (attempt.proved.includes("password")) return afterPassword(attempt, context);
      // Nothing else was offered to a user who needs one; they have activated it since.
      if (hasProvedBothFactors(attempt.pool, attempt.user, attempt.proved)) return undefined;
      if (needsPasswordFirst(attempt.pool, attempt.user)) throw wrongCredentials();
      return attempt.risk?.needsMfa && attempt.proved.length < 2
        ? mfaChallenge(attempt.pool, attempt.user)
        : undefined;
  }
}

async function afterPassword(
  attempt: UserAttempt,
  { store }: Pick<SignInContext, "store">,
): Promise<ChallengeName | undefined> {
  const { pool, user, deviceKey, risk, proved } = attempt;
  if (user.status === "FORCE_CHANGE_PASSWORD") return "NEW_PASSWORD_REQUIRED";
  if (hasSecondFactor(attempt)) return undefined;
  // A remembered device does not replace a factor that the risk requires.
  if (risk?.needsMfa) return mfaChallenge(pool, user);
  const device = await namedDevice(store, pool, user, deviceKey);
  const ofDevice = proved.includes("device") ? undefined : "DEVICE_SRP_AUTH";
  if (device !== undefined && replacesMfa(pool, device)) return ofDevice;
  const isAsked = device !== undefined && canProveItself(device);
  return mfaChallenge(pool, user) ?? (isAsked ? ofDevice : undefined);
}

/**
 * The challenge after the last round of a custom sign-in: a device proves itself, or the risk requires a second factor. The
 * pool's own function, which has decided already, is not asked again.
 *
 * @returns undefined when nothing is left
 */
export async function afterCustom(
  attempt: UserAttempt,
  context: Pick<SignInContext, "store">,
): Promise<ChallengeName | undefined> {
  const { pool, user, deviceKey, risk, proved } = attempt;
  // Again, because the client may have named another device since the password.
  if (proved.includes("password")) return afterPassword(attempt, context);
  if (hasSecondFactor(attempt)) return undefined;
  if (risk?.needsMfa) return mfaChallenge(pool, user);
  const device = await namedDevice(context.store, pool, user, deviceKey);
  const isAsked = device !== undefined && canProveItself(device) && !proved.includes("device");
  return isAsked ? "DEVICE_SRP_AUTH" : undefined;
}

/** Whether a second factor is proved. A device does not count: it replaces one only if {@link replacesMfa} is true. */
export function hasSecondFactor({ proved }: Pick<UserAttempt, "proved">): boolean {
  return proved.some((factor) => SECOND_FACTORS.has(factor));
}
