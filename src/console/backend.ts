import type { Activity } from "../activity.ts";
import type { Clock, MovableClock } from "../clock.ts";
import type { Mode } from "../config/index.ts";
import type { SealedTokens } from "../crypto/index.ts";
import type { Log } from "../log.ts";
import type { Random } from "../random.ts";
import type { Store } from "../storage/index.ts";

/** Someone who is signed in to the console: an IAM user of this account. */
export interface ConsolePrincipal {
  readonly arn: string;
  readonly userName: string;
  /** `AIDA…`; a user who was deleted and made again has another. */
  readonly userId: string;
}

/** By what a session began. It ends when that is taken away or changed: the password, the access key, or the user. */
export type SignInProof =
  | { readonly kind: "password"; readonly digest: string }
  | { readonly kind: "accessKey"; readonly accessKeyId: string };

/** Somebody who has just shown who they are, and by what. */
export interface SignedIn {
  readonly person: ConsolePrincipal;
  readonly proof: SignInProof;
}

export interface ConsoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** In milliseconds since the Unix epoch. */
  readonly expiresAt: number;
}

/** What the console asks of IAM and STS. */
export interface ConsolePrincipals {
  /**
   * The administrator that the first start makes: who a person on this machine is in `dev` without signing in.
   * Undefined in `serve`, where everybody signs in.
   */
  readonly localAdministrator: (() => Promise<ConsolePrincipal>) | undefined;
  /** @returns undefined when the user, the login profile or the password is wrong, after the same work */
  verifyPassword(userName: string, password: string): Promise<SignedIn | undefined>;
  /** @returns undefined when there is no such active access key of a user, or the secret is another */
  verifyAccessKey(accessKeyId: string, secretAccessKey: string): Promise<SignedIn | undefined>;
  /** Whether the user is still there, by id, and still has what they signed in with. */
  isStillValid(principal: ConsolePrincipal, proof: SignInProof): Promise<boolean>;
  /**
   * Temporary credentials with all the rights of the user and no others: unlike GetSessionToken's, they may call IAM and
   * STS, as those behind AWS's console do.
   */
  issueCredentials(principal: ConsolePrincipal, durationSeconds: number): Promise<ConsoleCredentials>;
  /** @returns the text of AWS's refusal (`User: … is not authorized to perform: …`); undefined when the user is allowed */
  refusalOf(principal: ConsolePrincipal, action: string, resource: string): Promise<string | undefined>;
}

/** What a page may know about the server before anyone has signed in: nothing secret. */
export interface ConsoleInfo {
  readonly mode: Mode;
  readonly version: string;
  readonly accountId: string;
  /** Where a call without a region goes. */
  readonly region: string;
  /** Where clients reach this server, without a slash at the end. */
  readonly endpoint: string;
  /** Whether messages are kept for the inbox instead of being sent. */
  readonly hasInbox: boolean;
  /** Paths of the AWS config and credentials files that this server wrote, in `dev`. */
  readonly awsFiles?: { readonly config: string; readonly credentials: string } | undefined;
}

/** What the console stands on, given in by the composition root. */
export interface ConsoleBackend {
  readonly info: () => ConsoleInfo;
  readonly principals: ConsolePrincipals;
  /** Seals what only this installation may read or make. */
  readonly tokens: Pick<SealedTokens, "seal" | "open">;
  readonly store: Pick<Store, "spent" | "inbox" | "pools" | "users" | "signIns">;
  readonly activity: Activity;
  /** The system's clock: moving the clock of `dev` must not end a session here. */
  readonly clock: Clock;
  /** The clock that people may move: `dev` only. */
  readonly movableClock: MovableClock | undefined;
  readonly random: Random;
  readonly log: Log;
  /** The folder that `npm run build:console` fills. */
  readonly staticFolder: string;
}
