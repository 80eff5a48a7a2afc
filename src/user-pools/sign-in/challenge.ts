import type { ChallengeNameType, JsonValue } from "../../api-model/index.ts";
import type { UserRecord } from "../../storage/index.ts";
import type { ChallengeRound } from "../triggers/index.ts";
import type { Attempt, Factor, Parameters, SignInContext } from "./attempt.ts";

/** The names of challenges. The API model also lists ADMIN_NO_SRP_AUTH, which is a flow and no challenge. */
export type ChallengeName = Exclude<ChallengeNameType, "ADMIN_NO_SRP_AUTH">;

/** One value of `ChallengeName`: how it is put to a user, and how the answer is judged. The engine does all the rest. */
export interface Challenge {
  readonly name: ChallengeName;
  /** Where the sealed challenge travels in place of a Session: in a SECRET_BLOCK, which enters the client's signature. */
  readonly usesSecretBlock?: boolean;
  /** The response that is required, for a challenge whose Session is used up by a wrong answer too. */
  readonly usedUpBy?: string;
  /** @param given the AuthParameters or ChallengeResponses that led here; some challenges begin with a value of theirs */
  offer(attempt: Attempt, given: Parameters, context: SignInContext): Promise<Offer>;
  /** @throws InvalidParameterException the answer lacks something or is malformed; the challenge stays open then */
  verify(open: OpenChallenge, responses: Parameters, context: SignInContext): Promise<Verdict>;
}

export interface Offer {
  readonly parameters: Parameters;
  /** What `verify` needs to know again; it travels sealed. */
  readonly state?: JsonValue;
}

/** A challenge that was offered and is being answered. */
export interface OpenChallenge {
  readonly attempt: Attempt;
  readonly state: JsonValue;
}

/** The state as the challenge's own `offer` made it: an envelope opens only for the challenge that it was sealed for. */
export function offeredState<State>(state: JsonValue): State {
  return state as State;
}

export type Verdict = Passed | Failed | AskAnother | Round;

export interface Passed {
  readonly outcome: "passed";
  readonly factor?: Factor;
  /** The user as the proof has stored them. */
  readonly user?: UserRecord;
  /** The change of the user by an accepted answer. Pure; may throw to refuse; applied in the transaction that accepts. */
  readonly change?: ((user: UserRecord) => UserRecord) | undefined;
  /** Of a proof that came from elsewhere than a challenge and counts once. */
  readonly ticket?: Ticket;
}

/** The name of something that works once: the envelope that carried a challenge, for example. */
export interface Ticket {
  readonly id: string;
  /** Milliseconds. After this nothing need be known of the ticket, as its envelope is refused. */
  readonly expiresAt: number;
  /** The refusal of a second use. */
  readonly used: () => Error;
}

export interface Failed {
  readonly outcome: "failed";
  readonly refusal: Error;
  /** Whether the failure counts towards the lockout. */
  readonly counts: boolean;
}

/** The answer is a choice, which leads to another challenge. */
export interface AskAnother {
  readonly outcome: "ask another";
  readonly challenge: ChallengeName;
}

/** A round of a custom sign-in is over, right or wrong: the pool's own function decides the next step. */
export interface Round {
  readonly outcome: "round";
  /** Undefined at the beginning. */
  readonly round: ChallengeRound | undefined;
}

export const passed = (factor: Factor): Passed => ({ outcome: "passed", factor });
