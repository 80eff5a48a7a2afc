import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { AcrLevel, AuthenticationMethod } from "../assurance/index.ts";
import type { SignInContext } from "./attempt.ts";
import type { ChallengeName } from "./challenge.ts";
import { firstChallenges } from "./choice.ts";
import { factorsOfMethods } from "./methods.ts";
import { challengesTowards } from "./step-up.ts";

/** A user with a session on the pages, and the levels that a client wants of them. */
interface SteppingUp {
  readonly pool: UserPoolRecord;
  readonly user: UserRecord;
  /** How the user has signed in here; no challenge leads further from what a provider asserts. */
  readonly methods: readonly AuthenticationMethod[];
  readonly targets: readonly AcrLevel[];
  /** Whether the client's users can begin with something else than a password. */
  readonly isChoiceBased: boolean;
}

/**
 * The challenges by which a signed-in user gets to the first wanted level that they can reach.
 *
 * @returns none when it is reached, or when none can be
 */
export async function challengesOfStepUp(
  { pool, user, methods, targets, isChoiceBased }: SteppingUp,
  context: Pick<SignInContext, "store">,
): Promise<readonly ChallengeName[]> {
  const aim = { pool, user, targets, proved: factorsOfMethods(methods), hasVoluntaryTargets: true } as const;
  const first = await firstChallenges(aim, context);
  const offered = isChoiceBased ? first : first.filter((challenge) => challenge === "PASSWORD");
  // A person types the password; that it can be proved by SRP is for programs.
  return challengesTowards(aim, offered).filter((challenge) => challenge !== "PASSWORD_SRP");
}
