import { LRUCache } from "lru-cache";
import type { Clock } from "../../clock.ts";
import {
  type AccessKeyRecord,
  CONFIGURATION_CACHE_MILLISECONDS,
  type IamIdentityRecord,
  type IamRepositories,
  type IamRoleRecord,
  type IamUserRecord,
  type Store,
} from "../../storage/index.ts";
import { parseIamArn, policyArn } from "../identifiers.ts";
import { type AppliedPolicy, awsManagedPolicy, compilePolicy } from "../policy-language/index.ts";

/** A user or role with its policies, ready to be evaluated. */
export interface Principal<T extends IamIdentityRecord> {
  readonly record: T;
  readonly identity: readonly AppliedPolicy[];
  readonly boundary: AppliedPolicy | undefined;
}

/** Principals in the cache of a node; one takes a few kilobytes. */
const CACHED_PRINCIPALS = 5000;

/**
 * The valid names of users, roles and access keys: IAM API Reference, "User", "Role", "AccessKey". Other names are neither
 * looked up nor cached: absent names are cached too, and must not fill the memory.
 */
const NAME = /^[\w+=,.@-]{1,128}$/;
const KEY_ID = /^\w{1,128}$/;

/**
 * Caches reads for {@link CONFIGURATION_CACHE_MILLISECONDS}, absence included. A read that overlaps a change is not cached.
 */
class Recent<T> {
  /** Made with the first entry, because it takes its memory at once and many servers have no entries of a kind. */
  #entries: LRUCache<string, { readonly value: T; readonly readAt: number }> | undefined;
  readonly #clock: Clock;
  #changes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async get(name: string, read: () => Promise<T>): Promise<T> {
    const now = this.#clock.now();
    const known = this.#entries?.get(name);
    if (known && Math.abs(now - known.readAt) < CONFIGURATION_CACHE_MILLISECONDS) return known.value;
    const changesBefore = this.#changes;
    const value = await read();
    if (this.#changes === changesBefore) {
      this.#entries ??= new LRUCache({ max: CACHED_PRINCIPALS });
      this.#entries.set(name, { value, readAt: now });
    }
    return value;
  }

  clear(): void {
    this.#changes++;
    this.#entries?.clear();
  }
}

/** When and for what a key was used. */
type KeyUse = NonNullable<AccessKeyRecord["lastUsed"]>;

/** How exact GetAccessKeyLastUsed is. */
const USE_NOTED_EVERY_MILLISECONDS = 15 * 60_000;

/**
 * Finds principals by key id or name, from the cache if possible, because every signed request needs one.
 *
 * A change made through this node is seen by its next request, one made through another node within
 * {@link CONFIGURATION_CACHE_MILLISECONDS} (AWS: within seconds).
 */
export class PrincipalDirectory {
  readonly #store: Store;
  readonly #accountId: string;
  readonly #accessKeys: Recent<AccessKeyRecord | undefined>;
  readonly #users: Recent<Principal<IamUserRecord> | undefined>;
  readonly #roles: Recent<Principal<IamRoleRecord> | undefined>;
  readonly #policies: Recent<AppliedPolicy | undefined>;
  readonly #deletedKeys: Recent<boolean>;

  /** @param clock of real time: a moved clock must not keep stale principals */
  constructor({ store, accountId, clock }: { store: Store; accountId: string; clock: Clock }) {
    this.#store = store;
    this.#accountId = accountId;
    this.#accessKeys = new Recent(clock);
    this.#users = new Recent(clock);
    this.#roles = new Recent(clock);
    this.#policies = new Recent(clock);
    this.#deletedKeys = new Recent(clock);
  }

  /** Runs `work` as one transaction on the IAM repositories; its effect holds for the next request. */
  async change<T>(work: (iam: IamRepositories) => Promise<T>): Promise<T> {
    try {
      return await this.#store.transaction((repositories) => work(repositories.iam));
    } finally {
      this.forget();
    }
  }

  /** Clears the cache, because principals have changed or may have changed. */
  forget(): void {
    for (const cache of [this.#accessKeys, this.#users, this.#roles, this.#policies]) cache.clear();
  }

  async accessKey(id: string): Promise<AccessKeyRecord | undefined> {
    if (!KEY_ID.test(id)) return undefined;
    return this.#accessKeys.get(id, () => this.#store.iam.accessKeys.get(id));
  }

  /**
   * Records that an access key was deleted, so that its id stays rejected. Ids that this program generates are recognized by
   * their checksum; those of a seed file are not.
   */
  async noteDeletedKey(id: string): Promise<void> {
    await this.#store.installation.set(nameOfDeletedKey(id), "deleted");
    this.#deletedKeys.clear();
  }

  /** Whether there was an access key with an id, which was deleted. */
  async isDeletedKey(id: string): Promise<boolean> {
    if (!KEY_ID.test(id)) return false;
    const read = async () => (await this.#store.installation.get(nameOfDeletedKey(id))) !== undefined;
    return this.#deletedKeys.get(id, read);
  }

  /** Records the use of an access key, at most once in {@link USE_NOTED_EVERY_MILLISECONDS}. */
  async noteUse(key: AccessKeyRecord, use: KeyUse): Promise<void> {
    if (use.at - (key.lastUsed?.at ?? 0) < USE_NOTED_EVERY_MILLISECONDS) return;
    await this.#store.iam.accessKeys.update(key.id, (current) => ({ ...current, lastUsed: use }));
    this.#accessKeys.clear();
  }

  /** Records that a role was assumed, at the same interval. @param now milliseconds since the epoch */
  async noteRoleUse(role: IamRoleRecord, now: number): Promise<void> {
    if (now - (role.lastUsedAt ?? 0) < USE_NOTED_EVERY_MILLISECONDS) return;
    await this.#store.iam.roles.update(role.accountId, role.name, (current) => ({
      ...current,
      lastUsedAt: now,
    }));
    this.#roles.clear();
  }

  async user(name: string): Promise<Principal<IamUserRecord> | undefined> {
    if (!NAME.test(name)) return undefined;
    return this.#users.get(name, async () =>
      this.#withPolicies(await this.#store.iam.users.get(this.#accountId, name)),
    );
  }

  async role(name: string): Promise<Principal<IamRoleRecord> | undefined> {
    if (!NAME.test(name)) return undefined;
    return this.#roles.get(name, async () =>
      this.#withPolicies(await this.#store.iam.roles.get(this.#accountId, name)),
    );
  }

  /** A managed policy, AWS's or of the account, in its default version. */
  async managedPolicy(arn: string): Promise<AppliedPolicy | undefined> {
    if (parseIamArn(arn)?.kind !== "policy") return undefined;
    return this.#policies.get(arn, async () => {
      const document = awsManagedPolicy(arn)?.document ?? (await this.#documentOf(arn));
      return document === undefined ? undefined : { id: arn, policy: compilePolicy(document, "identity") };
    });
  }

  async #documentOf(arn: string): Promise<string | undefined> {
    const parts = parseIamArn(arn);
    if (parts?.kind !== "policy") return undefined;
    const record = await this.#store.iam.policies.get(this.#accountId, parts.name);
    if (!record || policyArn(record.accountId, record.path, record.name) !== arn) return undefined;
    return record.versions.find((version) => version.id === record.defaultVersionId)?.document;
  }

  async #withPolicies<T extends IamIdentityRecord>(record: T | undefined): Promise<Principal<T> | undefined> {
    if (!record) return undefined;
    const attached = await Promise.all(record.attachedPolicyArns.map((arn) => this.managedPolicy(arn)));
    const inline = Object.entries(record.inlinePolicies).map(([name, text]) => ({
      id: name,
      policy: compilePolicy(text, "identity"),
    }));
    const boundaryArn = record.permissionsBoundaryArn;
    return {
      record,
      identity: [...attached.filter((policy) => policy !== undefined), ...inline],
      boundary: boundaryArn === undefined ? undefined : await this.#boundary(boundaryArn),
    };
  }

  /** A boundary whose policy was deleted denies everything: ignoring it would grant what it withheld. */
  async #boundary(arn: string): Promise<AppliedPolicy> {
    return (
      (await this.managedPolicy(arn)) ?? { id: arn, policy: { statements: [], keys: new Set(), size: 0 } }
    );
  }
}

function nameOfDeletedKey(id: string): string {
  return `deleted-access-key-${id}`;
}
