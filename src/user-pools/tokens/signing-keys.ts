import { LRUCache } from "lru-cache";
import type { PublicJwk, SigningKey } from "../../crypto/index.ts";
import { OwnerMissing, type SigningKeyRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { unknownPool } from "../pools/index.ts";
import { isPublishedAt, retirement, signingKeyAt } from "./key-schedule.ts";

type KeyEnvironment = Pick<Environment, "store" | "crypto" | "clock">;

/** Imported keys that are kept at most; of all pools. */
const IMPORTED_KEYS = 2000;

const USES = ["id", "access"] as const;

/** The kind of token that a key signs. */
type TokenUse = (typeof USES)[number];

type TokenKeyRecord = SigningKeyRecord & { readonly use: TokenUse };

function isOfTokens(record: SigningKeyRecord): record is TokenKeyRecord {
  return record.use !== "saml";
}

/** A key that a pool publishes. */
interface PublishedKey {
  readonly use: TokenUse;
  readonly key: SigningKey;
}

/** A pool's keys, ready for use. */
export interface KeyRing {
  /** The keys that something valid may be signed with, oldest first; none when there is no such pool. */
  published(poolId: string): Promise<readonly PublishedKey[]>;
  /** One of the {@link published} keys. */
  publishedKey(poolId: string, kid: string): Promise<PublishedKey | undefined>;
  /** The key that signs now. @throws ResourceNotFoundException there is no such pool */
  signing(poolId: string, use: TokenUse): Promise<SigningKey>;
}

/**
 * The keys of a pool are read from the store every time, so that a rotation is visible immediately. Only their import
 * is cached, which is always valid because a `kid` never names another key.
 */
export function createKeyRing(environment: KeyEnvironment): KeyRing {
  const { store, crypto, clock } = environment;
  const imported = new LRUCache<string, SigningKey>({ max: IMPORTED_KEYS });
  const keyOf = (record: SigningKeyRecord): SigningKey => {
    const known = imported.get(record.kid);
    if (known !== undefined) return known;
    const key = crypto.importSigningKey(record);
    imported.set(record.kid, key);
    return key;
  };

  /** Lists that have a key for each kind of token. The store gives the same list until the configuration changes. */
  const complete = new WeakSet<readonly SigningKeyRecord[]>();
  const beingMade = new Map<string, Promise<readonly SigningKeyRecord[]>>();
  async function recordsOf(poolId: string): Promise<readonly SigningKeyRecord[]> {
    const records = await store.signingKeys.list(poolId);
    if (complete.has(records)) return records;
    if (usesWithoutKey(records).length === 0) {
      complete.add(records);
      return records;
    }
    if ((await store.pools.get(poolId)) === undefined) return [];
    const making =
      beingMade.get(poolId) ??
      addMissingKeys(environment, poolId, records).finally(() => beingMade.delete(poolId));
    beingMade.set(poolId, making);
    return making;
  }

  return {
    async published(poolId) {
      const now = clock.now();
      const records = await recordsOf(poolId);
      return records
        .filter(isOfTokens)
        .filter((record) => isPublishedAt(record, now))
        .map((record) => ({ use: record.use, key: keyOf(record) }));
    },
    async publishedKey(poolId, kid) {
      const record = (await recordsOf(poolId)).find((each) => each.kid === kid);
      if (record === undefined || !isOfTokens(record) || !isPublishedAt(record, clock.now()))
        return undefined;
      return { use: record.use, key: keyOf(record) };
    },
    async signing(poolId, use) {
      const records = await recordsOf(poolId);
      // Of a pool that was deleted during the request.
      if (records.length === 0) throw unknownPool(poolId);
      const record = signingKeyAt(records, use, clock.now());
      if (record === undefined) throw new Error(`User pool ${poolId} has no key for ${use} tokens.`);
      return keyOf(record);
    },
  };
}

/**
 * The keys of ID tokens come first, then those of access tokens, as in recorded answers of Cognito.
 *
 * @see RFC 7517 §5
 */
export function jwkSet(keys: readonly PublishedKey[]): { readonly keys: readonly PublicJwk[] } {
  const ofUse = (wanted: TokenUse) => keys.filter(({ use }) => use === wanted).map(({ key }) => key.jwk);
  return { keys: USES.flatMap(ofUse) };
}

/**
 * Keys for a new pool, to be stored with it: what the stock has, which may be none. Making one takes a tenth of a second,
 * which happens when the pool's keys are first asked for; see {@link createKeyRing}.
 */
export async function spareSigningKeys(
  { store, clock }: Pick<KeyEnvironment, "store" | "clock">,
  poolId: string,
): Promise<readonly SigningKeyRecord[]> {
  const spares = await store.signingKeys.takeSpares(USES.length);
  return USES.flatMap((use, index) => {
    const spare = spares[index];
    return spare === undefined ? [] : [{ ...spare, poolId, use, createdAt: clock.now() }];
  });
}

function usesWithoutKey(records: readonly SigningKeyRecord[]): readonly TokenUse[] {
  return USES.filter((use) => !records.some((record) => record.use === use));
}

/** @returns all keys of the pool; none if it was deleted meanwhile, which another node's cache may not know yet */
async function addMissingKeys(
  { store, crypto, clock }: KeyEnvironment,
  poolId: string,
  known: readonly SigningKeyRecord[],
): Promise<readonly SigningKeyRecord[]> {
  const made = await makeKeys({ crypto, clock }, poolId, usesWithoutKey(known));
  try {
    return await store.transaction(async ({ signingKeys }) => {
      // Another node may have been faster: then its keys count.
      const present = await signingKeys.list(poolId);
      const missing = usesWithoutKey(present);
      for (const key of made) if (isOfTokens(key) && missing.includes(key.use)) await signingKeys.insert(key);
      return signingKeys.list(poolId);
    });
  } catch (error) {
    if (error instanceof OwnerMissing) return [];
    throw error;
  }
}

/** A key for each kind of token: from the stock where it has some, else made. */
async function newSigningKeys(
  { store, crypto, clock }: KeyEnvironment,
  poolId: string,
): Promise<readonly SigningKeyRecord[]> {
  const spares = await spareSigningKeys({ store, clock }, poolId);
  return [...spares, ...(await makeKeys({ crypto, clock }, poolId, usesWithoutKey(spares)))];
}

function makeKeys(
  { crypto, clock }: Pick<KeyEnvironment, "crypto" | "clock">,
  poolId: string,
  uses: readonly TokenUse[],
): Promise<readonly SigningKeyRecord[]> {
  return Promise.all(
    uses.map(async (use) => ({
      ...(await crypto.generateSigningKey()),
      poolId,
      use,
      createdAt: clock.now(),
    })),
  );
}

/**
 * Replaces both keys of a pool.
 *
 * The new ones are published at once and sign a little later; the old ones stay published until the last token that they
 * signed has ended. Keys for which that time is over are deleted.
 */
export async function rotateSigningKeys(environment: KeyEnvironment, poolId: string): Promise<void> {
  const fresh = await newSigningKeys(environment, poolId);
  const now = environment.clock.now();
  await environment.store.transaction(async ({ signingKeys }) => {
    for (const key of (await signingKeys.list(poolId)).filter(isOfTokens)) {
      if (!isPublishedAt(key, now)) await signingKeys.delete(key.kid);
      else if (key.retiredAt === undefined) {
        await signingKeys.update(key.kid, (current) => ({ ...current, retiredAt: retirement(now) }));
      }
    }
    for (const key of fresh) await signingKeys.insert(key);
  });
}
