import type { Session } from "../engine.ts";
import { deepFreeze, optional } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { atMost, prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { sealContext } from "../sealing.ts";
import type { SigningKeyRecord, SpareKeyRecord } from "./record.ts";
import { type SigningKeysTable, type SpareKeysTable, signingKeysTable, spareKeysTable } from "./table.ts";

type SigningKeyRow = Omit<SigningKeysTable, "pool_key"> & { readonly pool_id: string };

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

export class SqlSigningKeyRepository implements SigningKeyRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  insert(key: SigningKeyRecord): Promise<void> {
    const row: SigningKeyRow = {
      kid: key.kid,
      pool_id: key.poolId,
      use: key.use,
      sealed_private_key: this.#sealer.seal(key.privateKey, signingKeyContext(key.kid)),
      created_at: key.createdAt,
      retired_at: key.retiredAt ?? null,
    };
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      await insertingOwned(`user pool as ${key.poolId}`, () => writer.run(insertKey, row));
    });
  }

  async list(poolId: string): Promise<readonly SigningKeyRecord[]> {
    const keys = await this.#session.cached(`keys ${poolId}`, async () => {
      const rows = await this.#session.reader.all(selectKeys, { poolId });
      return rows.map((row) => this.#toRecord(row));
    });
    return keys ?? [];
  }

  update(
    kid: string,
    change: (key: SigningKeyRecord) => SigningKeyRecord,
  ): Promise<SigningKeyRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectKey, { kid });
      if (!row) return undefined;
      const key = this.#toRecord(row);
      const changed = change(key);
      if (changed === key) return key;
      writer.configurationChanged();
      await writer.run(updateKey, { kid, use: changed.use, retiredAt: changed.retiredAt ?? null });
      return deepFreeze(changed);
    });
  }

  delete(kid: string): Promise<boolean> {
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      return (await writer.run(deleteKey, { kid })) > 0;
    });
  }

  takeSpares(count: number): Promise<readonly SpareKeyRecord[]> {
    return this.#session.write(async (writer) => {
      const rows = await writer.all(takeSpareKeys, { count });
      return rows.map(({ kid, sealed_private_key }) => ({
        kid,
        privateKey: this.#sealer.open(sealed_private_key, spareKeyContext(kid)),
      }));
    });
  }

  async addSpare(key: SpareKeyRecord): Promise<void> {
    const sealed = this.#sealer.seal(key.privateKey, spareKeyContext(key.kid));
    await this.#session.write((writer) =>
      writer.run(insertSpareKey, { kid: key.kid, sealed_private_key: sealed }),
    );
  }

  async countSpares(): Promise<number> {
    const counted = await this.#session.reader.first(countSpareKeys, {});
    return Number(counted?.spares ?? 0);
  }

  #toRecord(row: SigningKeyRow): SigningKeyRecord {
    return deepFreeze({
      kid: row.kid,
      poolId: row.pool_id,
      use: row.use,
      privateKey: this.#sealer.open(row.sealed_private_key, signingKeyContext(row.kid)),
      createdAt: row.created_at,
      ...optional("retiredAt", row.retired_at),
    });
  }
}

function signingKeyContext(kid: string): string {
  return sealContext(signingKeysTable, "sealed_private_key", { kid });
}

function spareKeyContext(kid: string): string {
  return sealContext(spareKeysTable, "sealed_private_key", { kid });
}

const keyColumns = [
  "signing_keys.kid",
  "pools.id as pool_id",
  "signing_keys.use",
  "signing_keys.sealed_private_key",
  "signing_keys.created_at",
  "signing_keys.retired_at",
] as const;

const insertKey = prepared<SigningKeyRow>()((db, p) =>
  db.insertInto("signing_keys").values({
    kid: p("kid"),
    pool_key: poolKeyFor(db, p("pool_id")),
    use: p("use"),
    sealed_private_key: p("sealed_private_key"),
    created_at: p("created_at"),
    retired_at: p("retired_at"),
  }),
);

const selectKeys = prepared<{ poolId: string }>()((db, p) =>
  db
    .selectFrom("signing_keys")
    .innerJoin("pools", "pools.key", "signing_keys.pool_key")
    .select(keyColumns)
    .where("signing_keys.pool_key", "=", poolKeyOf(db, p("poolId")))
    .orderBy("signing_keys.created_at")
    .orderBy("signing_keys.kid"),
);

const selectKey = prepared<{ kid: string }>()((db, p) =>
  db
    .selectFrom("signing_keys")
    .innerJoin("pools", "pools.key", "signing_keys.pool_key")
    .select(keyColumns)
    .where("signing_keys.kid", "=", p("kid")),
);

const updateKey = prepared<{ kid: string; use: SigningKeyRecord["use"]; retiredAt: number | null }>()(
  (db, p) =>
    db
      .updateTable("signing_keys")
      .set({ use: p("use"), retired_at: p("retiredAt") })
      .where("kid", "=", p("kid")),
);

const deleteKey = prepared<{ kid: string }>()((db, p) =>
  db.deleteFrom("signing_keys").where("kid", "=", p("kid")),
);

const takeSpareKeys = prepared<{ count: number }>()((db, p) =>
  db
    .deleteFrom("spare_keys")
    .where(
      "kid",
      "in",
      db
        .selectFrom("spare_keys")
        .select("kid")
        .orderBy("kid")
        .limit(atMost(p("count"))),
    )
    .returning(["kid", "sealed_private_key"]),
);

const insertSpareKey = prepared<SpareKeysTable>()((db, p) =>
  db.insertInto("spare_keys").values({ kid: p("kid"), sealed_private_key: p("sealed_private_key") }),
);

const countSpareKeys = prepared<Record<never, never>>()((db) =>
  db.selectFrom("spare_keys").select((eb) => eb.fn.countAll<number | string>().as("spares")),
);
