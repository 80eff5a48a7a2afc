import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { exactKey } from "../keys.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { parametersFor, prepared } from "../query.ts";
import type { LinkedIdentityRecord } from "./record.ts";
import type { LinkedIdentitiesTable } from "./table.ts";

/** The key of an identity in a pool. */
type IdentityKey = Pick<LinkedIdentityRecord, "providerName" | "attributeName" | "attributeValue">;

export interface LinkedIdentityRepository {
  /**
   * @throws AlreadyExists the identity signs in as a user of the pool already
   * @throws OwnerMissing there is no such user
   */
  insert(identity: LinkedIdentityRecord): Promise<void>;
  find(poolId: string, key: IdentityKey): Promise<LinkedIdentityRecord | undefined>;
  /** @returns whether there was one */
  delete(poolId: string, key: IdentityKey): Promise<boolean>;
  /** In order of linking, those of one millisecond by their key; a user has few. */
  listOfUser(poolId: string, sub: string): Promise<readonly LinkedIdentityRecord[]>;
}

type IdentityRow = Omit<LinkedIdentitiesTable, "pool_key">;

export class SqlLinkedIdentityRepository implements LinkedIdentityRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async insert(identity: LinkedIdentityRecord): Promise<void> {
    const row = {
      poolId: identity.poolId,
      sub: identity.sub,
      ...keyOf(identity),
      attribute_value: identity.attributeValue,
      linked_at: identity.linkedAt,
    };
    await this.#session.write((writer) =>
      insertingOwned(`user as ${identity.sub} of ${identity.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists("The identity is linked to a user already."),
          () => writer.run(insertIdentity, row),
        ),
      ),
    );
  }

  async find(poolId: string, key: IdentityKey): Promise<LinkedIdentityRecord | undefined> {
    const row = await this.#session.reader.first(selectIdentity, { poolId, ...keyOf(key) });
    // The key of a value has no code points that a database or an index cannot take: two values can have the same.
    return row?.attribute_value === key.attributeValue ? toRecord(poolId, row) : undefined;
  }

  async delete(poolId: string, key: IdentityKey): Promise<boolean> {
    const parameters = { poolId, ...keyOf(key) };
    return (await this.#session.write((writer) => writer.run(deleteIdentity, parameters))) > 0;
  }

  async listOfUser(poolId: string, sub: string): Promise<readonly LinkedIdentityRecord[]> {
    const rows = await this.#session.reader.all(selectIdentities, { poolId, sub });
    return rows.toSorted(byLinking).map((row) => toRecord(poolId, row));
  }
}

/** By the key too, because an order of the query by more than the index has would sort in the database. */
function byLinking(a: IdentityRow, b: IdentityRow): number {
  const keyOfRow = (row: IdentityRow) => `${row.provider_name} ${row.attribute_name} ${row.value_key}`;
  return Number(a.linked_at) - Number(b.linked_at) || (keyOfRow(a) < keyOfRow(b) ? -1 : 1);
}

function keyOf({ providerName, attributeName, attributeValue }: IdentityKey) {
  return {
    provider_name: providerName,
    attribute_name: attributeName,
    value_key: exactKey(attributeValue),
  };
}

function toRecord(poolId: string, row: IdentityRow): LinkedIdentityRecord {
  return {
    poolId,
    sub: row.sub,
    providerName: row.provider_name,
    attributeName: row.attribute_name,
    attributeValue: row.attribute_value,
    linkedAt: row.linked_at,
  };
}

type KeyParameters = ReturnType<typeof keyOf> & { poolId: string };

const identityColumns = [
  "sub",
  "provider_name",
  "attribute_name",
  "value_key",
  "attribute_value",
  "linked_at",
] as const satisfies readonly (keyof IdentityRow)[];

const insertIdentity = prepared<IdentityRow & { poolId: string }>()((db, p) =>
  db.insertInto("linked_identities").values({
    pool_key: poolKeyFor(db, p("poolId")),
    ...parametersFor<IdentityRow, keyof IdentityRow>(p, identityColumns),
  }),
);

const selectIdentity = prepared<KeyParameters>()((db, p) =>
  db
    .selectFrom("linked_identities")
    .select(identityColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("provider_name", "=", p("provider_name"))
    .where("attribute_name", "=", p("attribute_name"))
    .where("value_key", "=", p("value_key")),
);

const deleteIdentity = prepared<KeyParameters>()((db, p) =>
  db
    .deleteFrom("linked_identities")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("provider_name", "=", p("provider_name"))
    .where("attribute_name", "=", p("attribute_name"))
    .where("value_key", "=", p("value_key")),
);

const selectIdentities = prepared<{ poolId: string; sub: string }>()((db, p) =>
  db
    .selectFrom("linked_identities")
    .select(identityColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .orderBy("linked_at"),
);
