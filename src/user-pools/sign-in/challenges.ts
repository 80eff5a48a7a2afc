import { type ChallengeNameType, InvalidUserPoolConfigurationException } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import type { Challenge } from "./challenge.ts";
import { newPasswordRequired } from "./challenges/new-password-required.ts";
import { passwordVerifier } from "./challenges/password-verifier.ts";

/** Every challenge that is built, by its name on the wire. */
export const challenges: { readonly [Name in ChallengeNameType]?: Challenge } = {
  NEW_PASSWORD_REQUIRED: newPasswordRequired,
  PASSWORD_VERIFIER: passwordVerifier,
};

/**
 * @throws InvalidUserPoolConfigurationException the challenge is not built yet: signing in without it would be worse than
 *   not signing in
 */
export function requireBuilt(name: ChallengeNameType, pool: UserPoolRecord): Challenge {
  const challenge = challenges[name];
  if (challenge !== undefined) return challenge;
  throw new InvalidUserPoolConfigurationException(
    `User pool ${pool.id} demands the challenge ${name}, which this server cannot put yet.`,
  );
}
