/**
 * Sealing every secret anew, after the master key was rotated: a table at a time, some rows at a time, each batch a
 * transaction of its own.
 */
import type { Session, Writer } from "../engine.ts";
import { atMost, prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import type { ConfirmationCodesTable, IamEntitiesTable } from "../tables.ts";
import { secretContext } from "./access-keys.ts";
import { secretsContext } from "./app-clients.ts";
import { codeContext } from "./codes.ts";
import { entityContext } from "./iam-entities.ts";
import { contentContext } from "./inbox.ts";
import { signingKeyContext, spareKeyContext } from "./signing-keys.ts";
import { type SealedUserColumn, userContext } from "./user-rows.ts";

const BATCH_ROWS = 100;

/** @returns how many sealed values it wrote */
export async function reseal(session: Session, sealer: Sealer): Promise<number> {
  let written = 0;
  for (const column of sealedColumns) written += await column(session, sealer);
  return written;
}

/** A sealed column: how its rows are walked through in the order of their keys, and written. */
interface SealedColumn<Row> {
  /** Sorts before every row. */
  readonly first: Row;
  /** Rows that have a sealed value, after `row`. */
  select(writer: Writer, row: Row): Promise<Row[]>;
  contextOf(row: Row): string;
  update(writer: Writer, row: Row): Promise<unknown>;
}

function resealing<Row extends { readonly sealed: Uint8Array }>(column: SealedColumn<Row>) {
  return async (session: Session, sealer: Sealer): Promise<number> => {
    let written = 0;
    let last: Row | undefined = column.first;
    while (last) {
      const after: Row = last;
      const rows: Row[] = await session.write(async (writer) => {
        const batch = await column.select(writer, after);
        for (const row of batch) {
          const context = column.contextOf(row);
          const sealed = sealer.seal(sealer.open(row.sealed, context), context);
          await column.update(writer, { ...row, sealed });
        }
        return batch;
      });
      written += rows.length;
      last = rows.at(-1);
    }
    return written;
  };
}

type KeyedRow = { key: string; sealed: Uint8Array };

/** The column of a table whose primary key is one text. */
function byTextKey(
  table: "app_clients" | "signing_keys" | "spare_keys" | "inbox" | "access_keys",
  keyColumn: "id" | "kid",
  column: `sealed_${string}`,
  contextOf: (key: string) => string,
) {
  // Kysely cannot know which of these columns goes with which of these tables; the list below pairs them.
  const name = table as "spare_keys";
  const selectRows = prepared<{ after: string; limit: number }>()((db, p) => {
    const { ref } = db.dynamic;
    return db
      .selectFrom(name)
      .select([
        (eb) => eb.ref(keyColumn as "kid").as("key"),
        (eb) => eb.ref(column as "sealed_private_key").as("sealed"),
      ])
      .where(ref<"kid">(keyColumn), ">", p("after"))
      .where(ref<"sealed_private_key">(column), "is not", null)
      .orderBy(ref<"kid">(keyColumn))
      .limit(atMost(p("limit")));
  });
  const updateRow = prepared<KeyedRow>()((db, p) =>
    db
      .updateTable(name)
      .set({ [column]: p("sealed") })
      .where(db.dynamic.ref<"kid">(keyColumn), "=", p("key")),
  );
  return resealing<KeyedRow>({
    first: { key: "", sealed: new Uint8Array() },
    select: (writer, { key }) => writer.all(selectRows, { after: key, limit: BATCH_ROWS }),
    contextOf: ({ key }) => contextOf(key),
    update: (writer, row) => writer.run(updateRow, row),
  });
}

interface UserRow {
  pool_key: number;
  pool_id: string;
  sub: string;
  sealed: Uint8Array;
}

/** Users of deleted pools are left out: nobody can read them, and they are about to go. */
function ofUsers(column: SealedUserColumn) {
  const selectUsers = prepared<{ pool_key: number; sub: string; limit: number }>()((db, p) =>
    db
      .selectFrom("users")
      .innerJoin("pools", "pools.key", "users.pool_key")
      .select(["users.pool_key", "pools.id as pool_id", "users.sub"])
      .select((eb) => eb.ref(`users.${column}`).$notNull().as("sealed"))
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple("users.pool_key", "users.sub"), ">", tuple(p("pool_key"), p("sub"))),
      )
      .where(`users.${column}`, "is not", null)
      .orderBy("users.pool_key")
      .orderBy("users.sub")
      .limit(atMost(p("limit"))),
  );
  const updateUser = prepared<UserRow>()((db, p) =>
    db
      .updateTable("users")
      .set({ [column]: p("sealed") })
      .where("pool_key", "=", p("pool_key"))
      .where("sub", "=", p("sub")),
  );
  return resealing<UserRow>({
    first: { pool_key: 0, pool_id: "", sub: "", sealed: new Uint8Array() },
    select: (writer, { pool_key, sub }) => writer.all(selectUsers, { pool_key, sub, limit: BATCH_ROWS }),
    contextOf: ({ pool_id, sub }) => userContext(pool_id, sub, column),
    update: (writer, row) => writer.run(updateUser, row),
  });
}

interface CodeRow extends UserRow {
  purpose: ConfirmationCodesTable["purpose"];
}

const selectCodes = prepared<{
  pool_key: number;
  sub: string;
  purpose: CodeRow["purpose"];
  limit: number;
}>()((db, p) =>
  db
    .selectFrom("confirmation_codes as codes")
    .innerJoin("pools", "pools.key", "codes.pool_key")
    .select(["codes.pool_key", "pools.id as pool_id", "codes.sub", "codes.purpose"])
    .select("codes.sealed_code as sealed")
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple("codes.pool_key", "codes.sub", "codes.purpose"),
        ">",
        tuple(p("pool_key"), p("sub"), p("purpose")),
      ),
    )
    .orderBy("codes.pool_key")
    .orderBy("codes.sub")
    .orderBy("codes.purpose")
    .limit(atMost(p("limit"))),
);

const updateCode = prepared<CodeRow>()((db, p) =>
  db
    .updateTable("confirmation_codes")
    .set({ sealed_code: p("sealed") })
    .where("pool_key", "=", p("pool_key"))
    .where("sub", "=", p("sub"))
    .where("purpose", "=", p("purpose")),
);

type EntityRow = Pick<IamEntitiesTable, "account_id" | "kind" | "name_key"> & { sealed: Uint8Array };

const selectEntities = prepared<{
  account_id: string;
  kind: IamEntitiesTable["kind"];
  name_key: string;
  limit: number;
}>()((db, p) =>
  db
    .selectFrom("iam_entities")
    .select(["account_id", "kind", "name_key"])
    .select((eb) => eb.ref("sealed_secrets").$notNull().as("sealed"))
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("account_id", "kind", "name_key"), ">", tuple(p("account_id"), p("kind"), p("name_key"))),
    )
    .where("sealed_secrets", "is not", null)
    .orderBy("account_id")
    .orderBy("kind")
    .orderBy("name_key")
    .limit(atMost(p("limit"))),
);

const updateEntity = prepared<EntityRow>()((db, p) =>
  db
    .updateTable("iam_entities")
    .set({ sealed_secrets: p("sealed") })
    .where("account_id", "=", p("account_id"))
    .where("kind", "=", p("kind"))
    .where("name_key", "=", p("name_key")),
);

const sealedColumns = [
  byTextKey("app_clients", "id", "sealed_secrets", secretsContext),
  byTextKey("signing_keys", "kid", "sealed_private_key", signingKeyContext),
  byTextKey("spare_keys", "kid", "sealed_private_key", spareKeyContext),
  byTextKey("inbox", "id", "sealed_content", contentContext),
  byTextKey("access_keys", "id", "sealed_secret", secretContext),
  ofUsers("sealed_password"),
  ofUsers("sealed_password_history"),
  ofUsers("sealed_totp"),
  resealing<CodeRow>({
    first: { pool_key: 0, pool_id: "", sub: "", purpose: "ForgotPassword", sealed: new Uint8Array() },
    select: (writer, { pool_key, sub, purpose }) =>
      writer.all(selectCodes, { pool_key, sub, purpose, limit: BATCH_ROWS }),
    contextOf: ({ pool_id, sub, purpose }) => codeContext(pool_id, sub, purpose),
    update: (writer, row) => writer.run(updateCode, row),
  }),
  resealing<EntityRow>({
    first: { account_id: "", kind: "oidc-provider", name_key: "", sealed: new Uint8Array() },
    select: (writer, { account_id, kind, name_key }) =>
      writer.all(selectEntities, { account_id, kind, name_key, limit: BATCH_ROWS }),
    contextOf: entityContext,
    update: (writer, row) => writer.run(updateEntity, row),
  }),
];
