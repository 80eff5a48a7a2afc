import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { fromJson, optional, toJson } from "../json.ts";
import { prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealContext, sealJson } from "../sealing.ts";
import type { AccessKeyRecord } from "./record.ts";
import { type AccessKeysTable, accessKeysTable } from "./table.ts";

export interface AccessKeyRepository {
  /** @throws AlreadyExists the id is taken */
  insert(key: AccessKeyRecord): Promise<void>;
  get(id: string): Promise<AccessKeyRecord | undefined>;
  listOfUser(accountId: string, userName: string): Promise<readonly AccessKeyRecord[]>;
  update(id: string, change: (key: AccessKeyRecord) => AccessKeyRecord): Promise<AccessKeyRecord | undefined>;
  delete(id: string): Promise<boolean>;
}

export class SqlAccessKeyRepository implements AccessKeyRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  async insert(key: AccessKeyRecord): Promise<void> {
    await this.#session.write((writer) =>
      replacingViolation(
        "unique",
        () => new AlreadyExists(`There is an access key with the id ${key.id}.`),
        () => writer.run(insertKey, this.#toRow(key)),
      ),
    );
  }

  async get(id: string): Promise<AccessKeyRecord | undefined> {
    const row = await this.#session.reader.first(selectKey, { id });
    return row && this.#toRecord(row);
  }

  async listOfUser(accountId: string, userName: string): Promise<readonly AccessKeyRecord[]> {
    const rows = await this.#session.reader.all(selectKeysOfUser, {
      accountId,
      userNameKey: userName.toLowerCase(),
    });
    return rows.map((row) => this.#toRecord(row));
  }

  update(
    id: string,
    change: (key: AccessKeyRecord) => AccessKeyRecord,
  ): Promise<AccessKeyRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectKey, { id });
      if (!row) return undefined;
      const key = this.#toRecord(row);
      const changed = change(key);
      if (changed !== key) await writer.run(updateKey, this.#toRow(changed));
      return changed;
    });
  }

  async delete(id: string): Promise<boolean> {
    return (await this.#session.write((writer) => writer.run(deleteKey, { id }))) > 0;
  }

  #toRow(key: AccessKeyRecord): AccessKeysTable {
    return {
      id: key.id,
      account_id: key.accountId,
      user_name: key.userName,
      user_name_key: key.userName.toLowerCase(),
      sealed_secret: sealJson(this.#sealer, key.secret, secretContext(key.id)),
      status: key.status,
      created_at: key.createdAt,
      last_used: key.lastUsed ? toJson(key.lastUsed) : null,
    };
  }

  #toRecord(row: AccessKeysTable): AccessKeyRecord {
    return {
      id: row.id,
      accountId: row.account_id,
      userName: row.user_name,
      secret: openJson<string>(this.#sealer, row.sealed_secret, secretContext(row.id)),
      status: row.status,
      createdAt: row.created_at,
      ...optional(
        "lastUsed",
        row.last_used === null ? null : fromJson<NonNullable<AccessKeyRecord["lastUsed"]>>(row.last_used),
      ),
    };
  }
}

function secretContext(id: string): string {
  return sealContext(accessKeysTable, "sealed_secret", { id });
}

const insertKey = prepared<AccessKeysTable>()((db, p) =>
  db.insertInto("access_keys").values({
    id: p("id"),
    account_id: p("account_id"),
    user_name: p("user_name"),
    user_name_key: p("user_name_key"),
    sealed_secret: p("sealed_secret"),
    status: p("status"),
    created_at: p("created_at"),
    last_used: p("last_used"),
  }),
);

const selectKey = prepared<{ id: string }>()((db, p) =>
  db.selectFrom("access_keys").selectAll().where("id", "=", p("id")),
);

/** A user has two at most. */
const selectKeysOfUser = prepared<{ accountId: string; userNameKey: string }>()((db, p) =>
  db
    .selectFrom("access_keys")
    .selectAll()
    .where("account_id", "=", p("accountId"))
    .where("user_name_key", "=", p("userNameKey"))
    .orderBy("created_at")
    .orderBy("id"),
);

const updateKey = prepared<AccessKeysTable>()((db, p) =>
  db
    .updateTable("access_keys")
    .set({
      user_name: p("user_name"),
      user_name_key: p("user_name_key"),
      sealed_secret: p("sealed_secret"),
      status: p("status"),
      last_used: p("last_used"),
    })
    .where("id", "=", p("id")),
);

const deleteKey = prepared<{ id: string }>()((db, p) =>
  db.deleteFrom("access_keys").where("id", "=", p("id")),
);
