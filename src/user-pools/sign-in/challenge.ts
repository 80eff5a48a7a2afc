import type { ChallengeNameType, JsonValue } from "../../api-model/index.ts";
import type { AnswerRequest, Attempt, Parameters, Proof, SignInContext, Ticket } from "./step.ts";

/** One value of `ChallengeName`: how it is put to a user, and how the answer is judged. */
export interface Challenge {
  readonly name: ChallengeNameType;
  /** @param given the AuthParameters or ChallengeResponses that led here; some challenges begin with a value of theirs */
  offer(attempt: Attempt, given: Parameters, context: SignInContext): Promise<Offer>;
  /**
   * Finds the challenge that an answer is to. The engine opens the Session unless a challenge brings its own way.
   *
   * @throws NotAuthorizedException the answer is to no challenge of this party's
   */
  readonly reopen?: (request: AnswerRequest, context: SignInContext) => Promise<OpenChallenge>;
  /** @throws whatever exception says why the answer is not accepted; the challenge stays open then */
  verify(open: OpenChallenge, responses: Parameters, context: SignInContext): Promise<Proof>;
}

export interface Offer {
  readonly parameters: Parameters;
  /** What the challenge's `verify` needs to know again; sealed in the Session. */
  readonly state?: JsonValue;
  /** True when the parameters carry everything, so that no Session is given out. */
  readonly needsNoSession?: boolean;
}

/** A challenge that was offered and is being answered. */
export interface OpenChallenge extends Attempt {
  readonly ticket: Ticket;
  readonly state: JsonValue;
}
