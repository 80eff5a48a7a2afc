/**
 * A sign-in attempt: the facts of one sign-in from its first request to its tokens.
 */
import type { AuthFlowType, ChallengeNameType } from "../../api-model/index.ts";
import type { AppClientRecord, SignInRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { AcrLevel, AuthenticationMethod } from "../assurance/index.ts";
import type { OperationContext } from "../operation.ts";
import type { AttemptRisk } from "../risk/index.ts";
import type { ChallengeRound } from "../triggers/index.ts";

/** The ports that the engine uses. */
export type SignInContext = Omit<OperationContext, "givenIds">;

/** How a sign-in arrives: by the operations that anyone may call, by those of administrators, or by the login pages. */
export type Channel = "public" | "admin" | "pages";

/** The app client of a pool that signs a user in, and the channel that it uses. */
export interface Party {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly channel: Channel;
  /** Of the sign-in, where it is not that of the API. */
  readonly scope?: string | undefined;
}

/** AuthParameters or ChallengeResponses as sent. */
export type Parameters = Readonly<Record<string, string>>;

/** Something that a user has proved. */
export type Factor = "password" | "sms" | "email" | "totp" | "passkey" | "security key" | "device" | "custom";

export interface Attempt extends Party {
  /** The same in every step. */
  readonly id: string;
  readonly flow: AuthFlowType;
  /** The name that was typed first. */
  readonly name: string;
  /** Undefined if there is no such user and the client must not know that; see `PreventUserExistenceErrors`. */
  readonly user: UserRecord | undefined;
  readonly proved: readonly Factor[];
  /** Of a custom sign-in: its finished rounds, oldest first. */
  readonly rounds: readonly ChallengeRound[];
  /** The device that the client says the user signs in with. */
  readonly deviceKey?: string | undefined;
  /** The authentication levels that the client asks for. The sign-in aims at the first that the user can reach. */
  readonly targets?: readonly AcrLevel[] | undefined;
  /** Whether the sign-in continues without them if the user can reach none. */
  readonly hasVoluntaryTargets?: true | undefined;
  /** Milliseconds. */
  readonly beganAt: number;
  /** Of pools with threat protection, once a first factor is proved. */
  readonly risk?: AttemptRisk | undefined;
}

/** An attempt whose user exists. */
export interface UserAttempt extends Attempt {
  readonly user: UserRecord;
}

/** A flow by which a user signs in. Refreshing is none. */
export type SignInFlow = Exclude<AuthFlowType, "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN">;

export interface BeginRequest extends Party {
  readonly flow: SignInFlow;
  readonly name: string;
  /** Parameters of the flow, and of the challenge that it may begin with. */
  readonly given: Parameters;
  /** Of a confirmed sign-up, which counts as a first factor. */
  readonly session?: string | undefined;
  readonly stepUp?: StepUp | undefined;
}

/** Additional wishes of a client of the pages: OpenID Connect Core §3.1.2.1 calls `acr_values` voluntary. */
export interface StepUp {
  /** In the client's order; none if it wants no level. */
  readonly targets: readonly AcrLevel[];
  /** The factors that the browser's session proves, and its user. */
  readonly proved?: { readonly sub: string; readonly methods: readonly AuthenticationMethod[] } | undefined;
}

/** A challenge whose code is to be sent again. */
export type SendAgainRequest = Omit<AnswerRequest, "responses">;

export interface AnswerRequest extends Party {
  readonly challenge: ChallengeNameType;
  /** The user's name, as sent with the answer. */
  readonly name: string;
  readonly responses: Parameters;
  readonly session: string | undefined;
}

/** The next challenge of a sign-in, or its end. */
export type Step = ChallengeStep | SignedIn;

export interface ChallengeStep {
  readonly kind: "challenge";
  readonly challenge: ChallengeNameType;
  readonly parameters: Parameters;
  /** Absent where the challenge's own parameters carry all that its answer needs. */
  readonly session: string | undefined;
  /** Of a choice-based sign-in: every challenge that the user can begin with. */
  readonly availableChallenges?: readonly ChallengeNameType[] | undefined;
}

/** The device of a finished sign-in. */
export interface SignInDevice {
  readonly key: string;
  /** Whether the key was made for this sign-in, so that the device is not kept yet. */
  readonly isNew: boolean;
  /** Whether a second factor was proved in this sign-in. */
  readonly hasProvedMfa: boolean;
}

/** A finished sign-in, whose record is stored. */
export interface SignedIn {
  readonly kind: "signed in";
  readonly attempt: UserAttempt;
  readonly signIn: SignInRecord;
  /** Of pools that track devices. */
  readonly device: SignInDevice | undefined;
}
