import type { Activity } from "../activity.ts";
import type { AuditLog } from "../audit-log/index.ts";
import type { Clock, MovableClock } from "../clock.ts";
import type { Mode } from "../config/index.ts";
import type { ServerSnapshots } from "../control/index.ts";
import type { SealedTokens } from "../crypto/index.ts";
import type { ConsoleSignIn } from "../events.ts";
import type { People, Person } from "../iam/index.ts";
import type { Invocations } from "../invocations.ts";
import type { Log } from "../log.ts";
import type { LogSinks } from "../log-sinks/index.ts";
import type { Random } from "../random.ts";
import type { Store } from "../storage/index.ts";
import type { FunctionInspection, SignInCounts } from "../user-pools/index.ts";
import type { SignInLimits } from "./sign-in-limits.ts";

/** A principal that is signed in to the console. */
export type ConsolePrincipal = Person;

/** The operations of IAM and STS that the console uses. */
export interface ConsolePrincipals extends Omit<People, "localAdministrator"> {
  /**
   * The administrator that the first start makes: the identity of a person on this machine in `dev` without a sign-in.
   * Undefined in `serve`, where each person signs in.
   */
  readonly localAdministrator: People["localAdministrator"] | undefined;
}

/** Facts about the server that a page may read before a sign-in: nothing secret. */
interface ConsoleInfo {
  readonly mode: Mode;
  readonly version: string;
  readonly accountId: string;
  /** The region of a call that names none. */
  readonly region: string;
  /** The URL at which clients reach this server, without a slash at the end. */
  readonly endpoint: string;
  /** Whether messages are kept for the inbox instead of being sent. */
  readonly hasInbox: boolean;
  /** Paths of the AWS config and credentials files that this server wrote, in `dev`. */
  readonly awsFiles?: { readonly config: string; readonly credentials: string } | undefined;
}

/** The dependencies of the console, passed in by the composition root. */
export interface ConsoleBackend {
  readonly info: () => ConsoleInfo;
  readonly principals: ConsolePrincipals;
  readonly signInLimits: SignInLimits;
  /** Seals what only this installation may read or make. */
  readonly tokens: Pick<SealedTokens, "seal" | "open">;
  readonly store: Pick<
    Store,
    | "usedTickets"
    | "inbox"
    | "pools"
    | "users"
    | "signIns"
    | "linkedIdentities"
    | "passkeys"
    | "importJobs"
    | "installation"
  >;
  readonly activity: Activity;
  /** Aborted when streams of events must end. */
  readonly ending: AbortSignal;
  /** `dev` only. */
  readonly snapshots: ServerSnapshots | undefined;
  /** The targets of the log destinations, by ARN. */
  readonly logSinks: Pick<LogSinks, "stateOf">;
  /** Undefined where the server keeps none. */
  readonly auditLog: Pick<AuditLog, "state"> | undefined;
  readonly signInCounts: Pick<SignInCounts, "ofPool">;
  readonly invocations: Invocations;
  /** The functions of triggers: where they lead, and a try of them. */
  readonly functions: FunctionInspection;
  /** Takes the steps of a sign-in at an identity provider; undefined when there is no such provider. */
  readonly testIdentityProvider: (poolId: string, providerName: string) => Promise<object | undefined>;
  /** The system's clock: moving the clock of `dev` must not end a session here. */
  readonly clock: Clock;
  /** The clock that people may move: `dev` only. */
  readonly movableClock: MovableClock | undefined;
  readonly random: Random;
  readonly log: Log;
  /** Told of each sign-in with a password or an access key. */
  readonly onSignIn: (signIn: ConsoleSignIn) => void;
  /** The folder that `npm run build:console` fills. */
  readonly staticFolder: string;
}
