/**
 * What the domain asks of storage: narrow repositories by aggregate, and transactions over them.
 *
 * Promises that hold for every engine:
 * - A write is acknowledged (its promise resolves) only when it survives SIGKILL and power loss.
 * - A read outside a transaction sees every acknowledged write, except configuration (pools, clients, signing keys),
 *   which another node may see up to {@link CONFIGURATION_CACHE_MILLISECONDS} late.
 * - A transaction is serialisable: all of it happens, as if alone, or none of it. A write that a repository refused inside
 *   a transaction (a name that is taken, say) undoes the transaction even if `work` catches the error.
 * - What belongs to a pool, a user or an app client can be written only while they exist: otherwise {@link OwnerMissing}.
 * - A name or id that holds U+0000 is nobody's: nothing is found by it. What would keep one is {@link UnstorableText}.
 * - Lists are ordered and paged by key; a page's cost does not grow with what lies before it.
 */
import type {
  AccessKeyRecord,
  AppClientRecord,
  CodePurpose,
  CodeRecord,
  GroupRecord,
  IamEntityRecord,
  IamOidcProviderRecord,
  IamPolicyRecord,
  IamRoleRecord,
  IamUserRecord,
  InboxMessageRecord,
  SignInNameKind,
  SignInRecord,
  SigningKeyRecord,
  SpareKeyRecord,
  UserPoolRecord,
  UserRecord,
} from "./records.ts";

/** How long a node may serve a cached pool, client or signing key that another node has changed. */
export const CONFIGURATION_CACHE_MILLISECONDS = 1000;

export interface Store extends Repositories {
  /**
   * Runs `work` as one serialisable step.
   *
   * `work` can run again after a conflict, so it must have no effect outside the repositories it is given, and must not
   * wait for anything but them: compute passwords, keys and tokens before. An exception from it undoes everything and is
   * passed on.
   */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
  readonly maintenance: Maintenance;
  /** Whether the engine answers: what readiness reports. */
  ping(): Promise<void>;
  /** Waits for what is under way and closes. Closing again does nothing. */
  close(): Promise<void>;
}

/** Work that is nobody's request; see `purgeExpired` and the rotation of the master key. */
export interface Maintenance {
  /**
   * Removes a bounded part of what deleted pools and groups left behind; callers can no longer see any of it.
   *
   * @returns how many rows; 0 when nothing is left
   */
  purgeDeleted(): Promise<number>;
  /**
   * Seals every secret anew, which puts all of them under the newest master key. What is written meanwhile is kept.
   *
   * @returns how many sealed values it wrote
   */
  reseal(): Promise<number>;
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
  readonly inbox: InboxRepository;
  readonly iam: IamRepositories;
  /** Small values of the installation itself, for example which seed was applied. */
  readonly installation: InstallationRepository;
}

/** A page of a list; `next` is absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  /** An opaque position that the same list continues after; safe to show to clients once sealed or validated by the caller. */
  readonly next?: string | undefined;
}

export interface PageRequest {
  readonly limit: number;
  /** The `next` of the page before. A position that this list never gave makes {@link InvalidPagePosition}. */
  readonly after?: string | undefined;
}

export class InvalidPagePosition extends Error {}

/** The database cannot be opened as it is; the message says why, for whoever starts the server. */
export class CannotOpenDatabase extends Error {}

/** The database does not answer. Nothing was lost that was acknowledged; whether a write that was under way was kept is unknown. */
export class DatabaseUnavailable extends Error {}

/** The pool, user or app client that the row belongs to is gone. */
export class OwnerMissing extends Error {
  constructor(owner: string) {
    super(`There is no such ${owner}.`);
  }
}

/** A text that is to be kept holds U+0000, which not every engine can keep. */
export class UnstorableText extends Error {
  constructor() {
    super("A text that is to be kept holds the character U+0000.");
  }
}

/** A row with the same key is there already. */
export class AlreadyExists extends Error {}

/** Another user of the pool holds one of the sign-in names. */
export class SignInNameTaken extends Error {
  readonly kind: SignInNameKind;
  constructor(kind: SignInNameKind) {
    super(`Another user of the pool has this ${kind}.`);
    this.kind = kind;
  }
}

export interface UserPoolRepository {
  /** @throws AlreadyExists the id is taken */
  insert(pool: UserPoolRecord): Promise<void>;
  get(poolId: string): Promise<UserPoolRecord | undefined>;
  /** Reads, applies the pure `change` and writes back as one step; undefined when there is no such pool. */
  update(
    poolId: string,
    change: (pool: UserPoolRecord) => UserPoolRecord,
  ): Promise<UserPoolRecord | undefined>;
  /** Deletes the pool and everything in it. @returns whether there was one */
  delete(poolId: string): Promise<boolean>;
  /** Pools whose id starts with `region` + `_`, in order of creation. */
  list(region: string, page: PageRequest): Promise<Page<UserPoolRecord>>;
  /** How many pools {@link list} would list. */
  count(region: string): Promise<number>;
}

export interface AppClientRepository {
  /** @throws AlreadyExists the id is taken, in whichever pool: ids are unique over all pools */
  insert(client: AppClientRecord): Promise<void>;
  /** By its id alone: unsigned operations have nothing else to find the pool by. */
  get(clientId: string): Promise<AppClientRecord | undefined>;
  update(
    clientId: string,
    change: (client: AppClientRecord) => AppClientRecord,
  ): Promise<AppClientRecord | undefined>;
  /** Deletes the client and its sign-ins. @returns whether there was one */
  delete(clientId: string): Promise<boolean>;
  /** A pool's clients in order of creation. */
  list(poolId: string, page: PageRequest): Promise<Page<AppClientRecord>>;
  count(poolId: string): Promise<number>;
}

export interface SigningKeyRepository {
  insert(key: SigningKeyRecord): Promise<void>;
  /** All keys of the pool, retired ones too, oldest first. */
  list(poolId: string): Promise<readonly SigningKeyRecord[]>;
  update(
    kid: string,
    change: (key: SigningKeyRecord) => SigningKeyRecord,
  ): Promise<SigningKeyRecord | undefined>;
  delete(kid: string): Promise<boolean>;
  /** Takes up to `count` keys out of the stock; fewer when it holds fewer. */
  takeSpares(count: number): Promise<readonly SpareKeyRecord[]>;
  addSpare(key: SpareKeyRecord): Promise<void>;
  countSpares(): Promise<number>;
}

/** What ListUsers can search by. */
export type SearchableAttribute =
  | "username"
  | "email"
  | "phone_number"
  | "name"
  | "given_name"
  | "family_name"
  | "preferred_username"
  | "cognito:user_status"
  | "status"
  | "sub";

export interface UserSearch {
  readonly attribute: SearchableAttribute;
  readonly match: "equals" | "startsWith";
  /**
   * Compared as ListUsers does: `username` exactly (folded by the caller in pools that ignore case), `status` exactly
   * against `Enabled` or `Disabled`, everything else without regard to case. At most 256 characters of it: a longer prefix
   * is compared by its beginning.
   */
  readonly value: string;
}

export interface UserRepository {
  /**
   * @throws SignInNameTaken a sign-in name is another user's
   * @throws AlreadyExists the `sub` is taken
   */
  insert(user: UserRecord): Promise<void>;
  /**
   * Finds by sign-in name (`key` folded by the caller in pools that ignore case) and, when none has it, by `sub`. Where
   * several users have that text, the one whose username it is wins, then email, then phone_number, then
   * preferred_username, which alone can be chosen freely.
   */
  find(poolId: string, key: string): Promise<UserRecord | undefined>;
  getBySub(poolId: string, sub: string): Promise<UserRecord | undefined>;
  /**
   * Reads the user, applies `change` and writes it back as one step. `change` can run again after a conflict, so it must
   * be pure; what it throws is passed on and nothing is written. Returning the same object writes nothing.
   *
   * @returns the user as written; undefined when there is no such user
   * @throws SignInNameTaken a new sign-in name is another user's
   */
  update(
    poolId: string,
    sub: string,
    change: (user: UserRecord) => UserRecord,
  ): Promise<UserRecord | undefined>;
  /** Deletes the user, their memberships, sign-ins and codes. @returns whether there was one */
  delete(poolId: string, sub: string): Promise<boolean>;
  /** In ascending order of the searched attribute, then of creation; without a search in order of creation. */
  list(poolId: string, search: UserSearch | undefined, page: PageRequest): Promise<Page<UserRecord>>;
  /** Kept, not scanned. */
  count(poolId: string): Promise<number>;
}

export interface GroupRepository {
  /** @throws AlreadyExists the name is taken in the pool */
  insert(group: GroupRecord): Promise<void>;
  get(poolId: string, name: string): Promise<GroupRecord | undefined>;
  update(
    poolId: string,
    name: string,
    change: (group: GroupRecord) => GroupRecord,
  ): Promise<GroupRecord | undefined>;
  /** Deletes the group and its memberships. @returns whether there was one */
  delete(poolId: string, name: string): Promise<boolean>;
  /** By name. */
  list(poolId: string, page: PageRequest): Promise<Page<GroupRecord>>;
  count(poolId: string): Promise<number>;
  /** Idempotent. Does nothing when the group or the user is gone. */
  addMember(poolId: string, name: string, sub: string, at: number): Promise<void>;
  /** Idempotent. */
  removeMember(poolId: string, name: string, sub: string): Promise<void>;
  /** In order of joining. */
  listMembers(poolId: string, name: string, page: PageRequest): Promise<Page<UserRecord>>;
  /** By precedence, those without one last, then by name. A user is in 100 groups at most. */
  listOfUser(poolId: string, sub: string): Promise<readonly GroupRecord[]>;
}

export interface SignInRepository {
  /** @throws OwnerMissing there is no such user, or no such client in their pool */
  insert(signIn: SignInRecord): Promise<void>;
  get(originJti: string): Promise<SignInRecord | undefined>;
  update(
    originJti: string,
    change: (signIn: SignInRecord) => SignInRecord,
  ): Promise<SignInRecord | undefined>;
  /** Revokes all of a user's sign-ins that are not revoked yet. */
  revokeAllOfUser(poolId: string, sub: string, at: number): Promise<void>;
  /** A user's sign-ins that can still be refreshed at `now`, newest first. */
  listLiveOfUser(poolId: string, sub: string, now: number, page: PageRequest): Promise<Page<SignInRecord>>;
  /** Forgets sign-ins whose refresh token ended before `before`, a bounded number at a time. @returns how many */
  deleteExpired(before: number): Promise<number>;
}

/** Confirmation codes that were sent and not used yet. */
export interface CodeRepository {
  /**
   * Keeps a code, in place of the user's earlier one for the same purpose.
   *
   * @throws OwnerMissing there is no such user
   */
  put(code: CodeRecord): Promise<void>;
  get(poolId: string, sub: string, purpose: CodePurpose): Promise<CodeRecord | undefined>;
  /** @returns whether there was one: of several who take a code away at once, one gets true */
  delete(poolId: string, sub: string, purpose: CodePurpose): Promise<boolean>;
  /** Forgets codes that ended before `before`, a bounded number at a time. @returns how many */
  deleteExpired(before: number): Promise<number>;
}

/** Things that can be used once: the ids of answered Sessions and of SRP secret blocks. */
export interface UsedTicketRepository {
  /** Marks `id` as used. @returns false when it was used before */
  use(id: string, expiresAt: number): Promise<boolean>;
  isUsed(id: string): Promise<boolean>;
  /** Forgets ids that expired before `before`, a bounded number at a time. @returns how many */
  deleteExpired(before: number): Promise<number>;
}

export interface InboxRepository {
  insert(message: InboxMessageRecord): Promise<void>;
  /** Newest first; all pools' when no pool is named. */
  list(
    filter: { poolId?: string | undefined; destination?: string | undefined; username?: string | undefined },
    page: PageRequest,
  ): Promise<Page<InboxMessageRecord>>;
  get(id: string): Promise<InboxMessageRecord | undefined>;
  delete(id: string): Promise<boolean>;
  deleteAll(): Promise<void>;
}

/** Records of one kind in an account, found by name without regard to case. */
export interface NamedRepository<T extends IamEntityRecord> {
  /** @throws AlreadyExists the name is taken */
  insert(record: T): Promise<void>;
  get(accountId: string, name: string): Promise<T | undefined>;
  /** `change` may give another name. @throws AlreadyExists the new name is taken */
  update(accountId: string, name: string, change: (record: T) => T): Promise<T | undefined>;
  delete(accountId: string, name: string): Promise<boolean>;
  /** By name; only those whose path starts with `pathPrefix`. */
  list(accountId: string, pathPrefix: string, page: PageRequest): Promise<Page<T>>;
}

export interface IamRepositories {
  readonly users: NamedRepository<IamUserRecord>;
  readonly roles: NamedRepository<IamRoleRecord>;
  readonly policies: NamedRepository<IamPolicyRecord>;
  readonly oidcProviders: NamedRepository<IamOidcProviderRecord>;
  readonly accessKeys: AccessKeyRepository;
  /** How many users and roles of the account have the managed policy attached, and how many as their boundary. */
  countAttachments(accountId: string, policyArn: string): Promise<{ attached: number; boundaries: number }>;
}

export interface AccessKeyRepository {
  /** @throws AlreadyExists the id is taken */
  insert(key: AccessKeyRecord): Promise<void>;
  get(id: string): Promise<AccessKeyRecord | undefined>;
  listOfUser(accountId: string, userName: string): Promise<readonly AccessKeyRecord[]>;
  update(id: string, change: (key: AccessKeyRecord) => AccessKeyRecord): Promise<AccessKeyRecord | undefined>;
  delete(id: string): Promise<boolean>;
}

export interface InstallationRepository {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
}
