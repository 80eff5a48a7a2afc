/**
 * The storage that the domain uses: narrow repositories by aggregate, and transactions over them.
 *
 * These promises hold for every engine:
 *
 * - A write is acknowledged (its promise resolves) only when it survives SIGKILL and power loss.
 * - A read outside a transaction sees every acknowledged write. The exception is configuration: pools, clients, signing
 *   keys, resource servers, domains, identity providers and documents. A change of these by another node is seen within
 *   {@link CONFIGURATION_CACHE_MILLISECONDS}.
 * - A transaction is serialisable: all of it happens, as if alone, or none of it. A write that a repository refused (for
 *   example because a name is taken) rolls the transaction back, even if `work` catches the error.
 * - What belongs to a pool, a user or an app client can be written only while they exist: otherwise {@link OwnerMissing}.
 * - Nothing is found by a name or id that contains U+0000. A write that would store one throws {@link UnstorableText}.
 * - Lists are ordered and paged by key. The cost of a page does not depend on the rows before it.
 */
import type { AppClientRepository } from "./app-clients/repository.ts";
import type { AuthEventRepository } from "./auth-events/repository.ts";
import type { CodeRepository } from "./codes/repository.ts";
import type { DeviceRepository } from "./devices/repository.ts";
import type { DocumentRepository } from "./documents/repository.ts";
import type { DomainRepository } from "./domains/repository.ts";
import type { GroupRepository } from "./groups/repository.ts";
import type { IamRepositories } from "./iam/repository.ts";
import type { IdentityProviderRepository } from "./identity-providers/repository.ts";
import type { ImportJobRepository } from "./import-jobs/repository.ts";
import type { InboxRepository } from "./inbox/repository.ts";
import type { InstallationRepository } from "./installation/repository.ts";
import type { LinkedIdentityRepository } from "./linked-identities/repository.ts";
import type { PasskeyRepository } from "./passkeys/repository.ts";
import type { ResourceServerRepository } from "./resource-servers/repository.ts";
import type { SignInAttemptRepository } from "./sign-in-attempts/repository.ts";
import type { SignInCountRepository } from "./sign-in-counts/repository.ts";
import type { SignInRepository } from "./sign-ins/repository.ts";
import type { SigningKeyRepository } from "./signing-keys/repository.ts";
import type { Snapshots } from "./snapshots.ts";
import type { SsoSessionRepository } from "./sso-sessions/repository.ts";
import type { UnknownNameRepository } from "./unknown-names/repository.ts";
import type { UsedTicketRepository } from "./used-tickets/repository.ts";
import type { UserPoolRepository } from "./user-pools/repository.ts";
import type { UserRepository } from "./users/repository.ts";

/** How long a node may serve cached configuration that another node has changed. */
export const CONFIGURATION_CACHE_MILLISECONDS = 1000;

export interface Store extends Repositories {
  /**
   * Runs `work` as one serialisable step. `work` can run again after a conflict, so it must have no effect outside the
   * given repositories and must wait only for them: compute passwords, keys and tokens before. An exception from it
   * rolls back and is rethrown.
   */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /** Whether other processes may write, so that this one does not know of every write that is under way. */
  readonly isShared: boolean;
  readonly maintenance: Maintenance;
  /** The same store, which reads configuration from the database in place of a cache: for the operations that show it. */
  readonly uncached: Store;
  /** Undefined for an engine that cannot save its whole state by name. */
  readonly snapshots: Snapshots | undefined;
  /** Whether the engine answers: what readiness reports. */
  ping(): Promise<void>;
  /** Waits for running work and closes. Closing again does nothing. */
  close(): Promise<void>;
}

/** Work outside of requests; see `purgeExpired` and the rotation of the master key. */
export interface Maintenance {
  /**
   * Forgets a bounded number of rows that have expired.
   *
   * @param now milliseconds since the Unix epoch
   * @returns how many rows; 0 when nothing is left that has expired
   */
  deleteExpired(now: number): Promise<number>;
  /**
   * Removes a bounded part of what deleted pools and groups left behind; callers can no longer see any of it.
   *
   * @returns how many rows; 0 when nothing is left
   */
  purgeDeleted(): Promise<number>;
  /**
   * Re-encrypts every secret under the newest master key. Rows that are written meanwhile are kept.
   *
   * @returns how many sealed values it wrote
   */
  reseal(): Promise<number>;
  /**
   * Opens one secret, if there is any, of whatever kind.
   *
   * @throws the sealer's error when another master key sealed it
   */
  openAnySecret(): Promise<void>;
}

export interface Repositories {
  readonly pools: UserPoolRepository;
  readonly clients: AppClientRepository;
  readonly signingKeys: SigningKeyRepository;
  readonly users: UserRepository;
  readonly groups: GroupRepository;
  readonly signIns: SignInRepository;
  readonly codes: CodeRepository;
  readonly usedTickets: UsedTicketRepository;
  readonly unknownNames: UnknownNameRepository;
  readonly signInAttempts: SignInAttemptRepository;
  readonly devices: DeviceRepository;
  readonly passkeys: PasskeyRepository;
  readonly ssoSessions: SsoSessionRepository;
  readonly authEvents: AuthEventRepository;
  readonly signInCounts: SignInCountRepository;
  readonly linkedIdentities: LinkedIdentityRepository;
  readonly identityProviders: IdentityProviderRepository;
  readonly resourceServers: ResourceServerRepository;
  readonly domains: DomainRepository;
  readonly documents: DocumentRepository;
  readonly importJobs: ImportJobRepository;
  readonly inbox: InboxRepository;
  readonly iam: IamRepositories;
  /** Small values of the installation itself, for example which seed was applied. */
  readonly installation: InstallationRepository;
}
