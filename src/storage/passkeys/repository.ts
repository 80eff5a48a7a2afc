import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, parametersFor, prepared } from "../query.ts";
import type { PasskeyRecord, PasskeyRegistrationRecord } from "./record.ts";
import type { PasskeyRegistrationsTable, PasskeysTable } from "./table.ts";

export interface PasskeyRepository {
  /**
   * @throws AlreadyExists the credential id is taken in the pool
   * @throws OwnerMissing there is no such user
   */
  insert(passkey: PasskeyRecord): Promise<void>;
  /** Of whichever user of the pool: callers compare `sub`. */
  get(poolId: string, credentialId: string): Promise<PasskeyRecord | undefined>;
  /** Reads, applies the pure `change` and writes back as one step; undefined when there is no such passkey. */
  update(
    poolId: string,
    credentialId: string,
    change: (passkey: PasskeyRecord) => PasskeyRecord,
  ): Promise<PasskeyRecord | undefined>;
  /** @returns whether there was one */
  delete(poolId: string, credentialId: string): Promise<boolean>;
  /** In order of creation. */
  listOfUser(poolId: string, sub: string, page: PageRequest): Promise<Page<PasskeyRecord>>;
  /** Keeps a registration, in place of the user's earlier one. @throws OwnerMissing there is no such user */
  startRegistration(registration: PasskeyRegistrationRecord): Promise<void>;
  /**
   * Removes and returns the user's registration: one of several concurrent callers gets it. The caller compares `expiresAt`.
   */
  takeRegistration(poolId: string, sub: string): Promise<PasskeyRegistrationRecord | undefined>;
}

type PasskeyRow = Omit<PasskeysTable, "pool_key">;

export class SqlPasskeyRepository implements PasskeyRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async insert(passkey: PasskeyRecord): Promise<void> {
    const row = { ...toRow(passkey), poolId: passkey.poolId };
    await this.#session.write((writer) =>
      insertingOwned(`user as ${passkey.sub} of ${passkey.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is a passkey with the id ${passkey.credentialId}.`),
          () => writer.run(insertPasskey, row),
        ),
      ),
    );
  }

  async get(poolId: string, credentialId: string): Promise<PasskeyRecord | undefined> {
    const row = await this.#session.reader.first(selectPasskey, { poolId, credentialId });
    return row && toRecord(poolId, row);
  }

  update(
    poolId: string,
    credentialId: string,
    change: (passkey: PasskeyRecord) => PasskeyRecord,
  ): Promise<PasskeyRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectPasskey, { poolId, credentialId });
      if (!row) return undefined;
      const passkey = toRecord(poolId, row);
      const changed = change(passkey);
      if (changed !== passkey) await writer.run(updatePasskey, { ...toRow(changed), poolId });
      return changed;
    });
  }

  async delete(poolId: string, credentialId: string): Promise<boolean> {
    return (await this.#session.write((writer) => writer.run(deletePasskey, { poolId, credentialId }))) > 0;
  }

  listOfUser(poolId: string, sub: string, page: PageRequest): Promise<Page<PasskeyRecord>> {
    return readPage(["passkeys", poolId, sub], page, [Number.MIN_SAFE_INTEGER, ""], {
      fetch: ([createdAt, credentialId], limit) =>
        this.#session.reader.all(selectPasskeys, {
          poolId,
          sub,
          createdAt: Number(createdAt),
          credentialId: String(credentialId),
          limit,
        }),
      keyOf: (row) => [row.created_at, row.credential_id],
      recordOf: (row) => toRecord(poolId, row),
    });
  }

  async startRegistration(registration: PasskeyRegistrationRecord): Promise<void> {
    const { poolId, sub, challenge, relyingPartyId, expiresAt } = registration;
    const row = { poolId, sub, challenge, relying_party_id: relyingPartyId, expires_at: expiresAt };
    await this.#session.write((writer) =>
      insertingOwned(`user as ${sub} of ${poolId}`, () => writer.run(putRegistration, row)),
    );
  }

  async takeRegistration(poolId: string, sub: string): Promise<PasskeyRegistrationRecord | undefined> {
    const row = await this.#session.write((writer) => writer.first(takeRegistration, { poolId, sub }));
    return (
      row && {
        poolId,
        sub,
        challenge: row.challenge,
        relyingPartyId: row.relying_party_id,
        expiresAt: row.expires_at,
      }
    );
  }
}

function toRow(passkey: PasskeyRecord): PasskeyRow {
  const { poolId: _, sub, credentialId, publicKey, signCount, createdAt, ...settings } = passkey;
  return {
    sub,
    credential_id: credentialId,
    public_key: publicKey,
    sign_count: signCount,
    settings: toJson(settings),
    created_at: createdAt,
  };
}

function toRecord(poolId: string, row: PasskeyRow): PasskeyRecord {
  return {
    ...fromJson<Pick<PasskeyRecord, "friendlyName" | "relyingPartyId" | "transports">>(row.settings),
    poolId,
    sub: row.sub,
    credentialId: row.credential_id,
    // The engines give different subclasses.
    publicKey: new Uint8Array(row.public_key),
    signCount: row.sign_count,
    createdAt: row.created_at,
  };
}

const passkeyColumns = [
  "sub",
  "credential_id",
  "public_key",
  "sign_count",
  "settings",
  "created_at",
] as const satisfies readonly (keyof PasskeyRow)[];

const insertPasskey = prepared<PasskeyRow & { poolId: string }>()((db, p) =>
  db.insertInto("passkeys").values({
    pool_key: poolKeyFor(db, p("poolId")),
    ...parametersFor<PasskeyRow, keyof PasskeyRow>(p, passkeyColumns),
  }),
);

const selectPasskey = prepared<{ poolId: string; credentialId: string }>()((db, p) =>
  db
    .selectFrom("passkeys")
    .select(passkeyColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("credential_id", "=", p("credentialId")),
);

const updatePasskey = prepared<PasskeyRow & { poolId: string }>()((db, p) =>
  db
    .updateTable("passkeys")
    .set({ sign_count: p("sign_count"), settings: p("settings") })
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("credential_id", "=", p("credential_id")),
);

const deletePasskey = prepared<{ poolId: string; credentialId: string }>()((db, p) =>
  db
    .deleteFrom("passkeys")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("credential_id", "=", p("credentialId")),
);

const selectPasskeys = prepared<{
  poolId: string;
  sub: string;
  createdAt: number;
  credentialId: string;
  limit: number;
}>()((db, p) =>
  db
    .selectFrom("passkeys")
    .select(passkeyColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("created_at", "credential_id"), ">", tuple(p("createdAt"), p("credentialId"))),
    )
    .orderBy("created_at")
    .orderBy("credential_id")
    .limit(atMost(p("limit"))),
);

const putRegistration = prepared<Omit<PasskeyRegistrationsTable, "pool_key"> & { poolId: string }>()(
  (db, p) =>
    db
      .insertInto("passkey_registrations")
      .values({
        pool_key: poolKeyFor(db, p("poolId")),
        sub: p("sub"),
        challenge: p("challenge"),
        relying_party_id: p("relying_party_id"),
        expires_at: p("expires_at"),
      })
      .onConflict((conflict) =>
        conflict.columns(["pool_key", "sub"]).doUpdateSet((eb) => ({
          challenge: eb.ref("excluded.challenge"),
          relying_party_id: eb.ref("excluded.relying_party_id"),
          expires_at: eb.ref("excluded.expires_at"),
        })),
      ),
);

const takeRegistration = prepared<{ poolId: string; sub: string }>()((db, p) =>
  db
    .deleteFrom("passkey_registrations")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .returning(["challenge", "relying_party_id", "expires_at"]),
);
