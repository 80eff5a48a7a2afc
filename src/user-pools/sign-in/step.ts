/**
 * What goes into the sign-in engine and what comes out of it.
 */
import type { AuthenticationResultType, AuthFlowType, ChallengeNameType } from "../../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { OperationContext } from "../operation.ts";

/** What the engine stands on. */
export type SignInContext = Pick<
  OperationContext,
  "store" | "clock" | "random" | "crypto" | "tokens" | "log"
>;

/** Through which door a sign-in comes: the operations that anyone may call, or those of administrators. */
export type Channel = "public" | "admin";

/** Who asks: an app client of a pool, through a door. */
export interface Party {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly channel: Channel;
}

/** AuthParameters or ChallengeResponses as sent. */
export type Parameters = Readonly<Record<string, string>>;

export interface BeginRequest extends Party {
  readonly flow: AuthFlowType;
  readonly parameters: Parameters;
}

export interface AnswerRequest extends Party {
  readonly challenge: ChallengeNameType;
  readonly responses: Parameters;
  readonly session: string | undefined;
}

/** What a sign-in needs next, or what it ends with. */
export type Step = ChallengeStep | GrantStep;

export interface ChallengeStep {
  readonly kind: "challenge";
  readonly challenge: ChallengeNameType;
  readonly parameters: Parameters;
  /** Absent where the challenge's own parameters carry all that its answer needs. */
  readonly session?: string | undefined;
}

export interface GrantStep {
  readonly kind: "grant";
  readonly result: AuthenticationResultType;
}

/** One sign-in on its way. */
export interface Attempt extends Party {
  readonly flow: AuthFlowType;
  /** The `Username` that the client sent first. */
  readonly name: string;
  /** Undefined when nobody answers to the name and the client is not to learn that; see `PreventUserExistenceErrors`. */
  readonly user: UserRecord | undefined;
}

/** The attempt that a request begins, without what the request proves it by. */
export function attemptOf<User extends UserRecord | undefined>(
  { pool, client, channel, flow }: BeginRequest,
  name: string,
  user: User,
): Attempt & { readonly user: User } {
  return { pool, client, channel, flow, name, user };
}

/** What can be used once: a Session, or whatever else carries a challenge from its offer to its answer. */
export interface Ticket {
  readonly id: string;
  /** Milliseconds. After this nothing need be known of the ticket, as its carrier is refused. */
  readonly expiresAt: number;
  /** The text of the NotAuthorizedException for whoever uses it again. */
  readonly usedMessage: string;
}

/** A user who has proved what was asked, and what accepting that does. */
export interface Proof {
  readonly attempt: Attempt & { readonly user: UserRecord };
  /** What the accepted answer changes in the user. Pure; may throw to refuse; applied in the transaction that accepts. */
  readonly change?: ((user: UserRecord) => UserRecord) | undefined;
  readonly ticket?: Ticket | undefined;
}
