import { type Expression, type Kysely, sql } from "kysely";
import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { deepFreeze, fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, type Parameter, prepared } from "../query.ts";
import type { Database } from "../tables.ts";
import type { DocumentKey, DocumentKind, DocumentRecord } from "./record.ts";
import type { DocumentsTable } from "./table.ts";

/** Each kind has one type of body, which its callers name. */
export interface DocumentRepository {
  /**
   * @throws AlreadyExists there is one with that key
   * @throws OwnerMissing there is no such pool, or no such client in it
   */
  insert(document: DocumentRecord): Promise<void>;
  /** Keeps a document, in place of the one with that key; its blob and `createdAt` stay. @throws OwnerMissing */
  put(document: DocumentRecord): Promise<void>;
  /** Configuration: cached, frozen; that there is none is cached too. */
  get<Body>(key: DocumentKey): Promise<DocumentRecord<Body> | undefined>;
  /** @returns whether there was one */
  delete(key: DocumentKey): Promise<boolean>;
  /** All of a kind in a pool: the pool's own first, then by client in order of its creation; then by id. */
  list<Body>(poolId: string, kind: DocumentKind, page: PageRequest): Promise<Page<DocumentRecord<Body>>>;
  /** Sets or removes what is kept beside the document. @returns whether there is such a document */
  putBlob(key: DocumentKey, blob: Uint8Array | undefined): Promise<boolean>;
  getBlob(key: DocumentKey): Promise<Uint8Array | undefined>;
}

type DocumentRow = Omit<DocumentsTable, "pool_key" | "client_key" | "blob"> & {
  readonly client_id: string | null;
};

/** As parameters: an empty client id means the pool itself. */
type KeyParameters = { poolId: string; clientId: string; kind: DocumentKind; id: string };

export class SqlDocumentRepository implements DocumentRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  insert(document: DocumentRecord): Promise<void> {
    return this.#write(document, insertDocument);
  }

  put(document: DocumentRecord): Promise<void> {
    return this.#write(document, putDocument);
  }

  async get<Body>(key: DocumentKey): Promise<DocumentRecord<Body> | undefined> {
    const { poolId, clientId, kind, id } = parametersOf(key);
    const cached = await this.#session.cached(`document ${poolId} ${clientId} ${kind} ${id}`, async () => {
      const row = await this.#session.reader.first(selectDocument, { poolId, clientId, kind, id });
      return { document: row && toRecord<Body>(key.poolId, row) };
    });
    return cached?.document;
  }

  delete(key: DocumentKey): Promise<boolean> {
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      return (await writer.run(deleteDocument, parametersOf(key))) > 0;
    });
  }

  list<Body>(poolId: string, kind: DocumentKind, page: PageRequest): Promise<Page<DocumentRecord<Body>>> {
    return readPage(["documents", poolId, kind], page, [-1, ""], {
      fetch: ([clientKey, id], limit) =>
        this.#session.reader.all(selectDocuments, {
          poolId,
          kind,
          clientKey: Number(clientKey),
          id: String(id),
          limit,
        }),
      keyOf: (row) => [row.client_key, row.id],
      recordOf: (row) => toRecord<Body>(poolId, row),
    });
  }

  async putBlob(key: DocumentKey, blob: Uint8Array | undefined): Promise<boolean> {
    const parameters = { ...parametersOf(key), blob: blob ?? null };
    return (await this.#session.write((writer) => writer.run(updateBlob, parameters))) > 0;
  }

  async getBlob(key: DocumentKey): Promise<Uint8Array | undefined> {
    return (await this.#session.reader.first(selectBlob, parametersOf(key)))?.blob ?? undefined;
  }

  #write(document: DocumentRecord, statement: typeof insertDocument): Promise<void> {
    const { poolId, clientId, body, createdAt, lastModifiedAt } = document;
    const row = {
      ...parametersOf(document),
      body: toJson(body),
      createdAt,
      lastModifiedAt,
    };
    return this.#session.write(async (writer) => {
      writer.configurationChanged();
      await insertingOwned(`user pool as ${poolId}, or client as ${clientId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is a ${document.kind} document with that key.`),
          () => writer.run(statement, row),
        ),
      );
    });
  }
}

function parametersOf({ poolId, clientId = "", kind, id }: DocumentKey): KeyParameters {
  return { poolId, clientId, kind, id };
}

function toRecord<Body>(poolId: string, row: DocumentRow): DocumentRecord<Body> {
  return deepFreeze({
    poolId,
    ...(row.client_id !== null && { clientId: row.client_id }),
    kind: row.kind,
    id: row.id,
    body: fromJson<Body>(row.body),
    createdAt: row.created_at,
    lastModifiedAt: row.last_modified_at,
  });
}

/** 0 for the pool itself; null, and so equal to nothing, where there is no such client. */
function clientKeyOf(db: Kysely<Database>, poolId: Expression<string>, clientId: Expression<string>) {
  const client = db
    .selectFrom("app_clients")
    .select("app_clients.key")
    .where("app_clients.id", "=", clientId)
    .where("app_clients.pool_key", "=", poolKeyOf(db, poolId));
  return sql<number>`case when ${clientId} = '' then 0 else (${client}) end`;
}

type Write = KeyParameters & { body: string; createdAt: number; lastModifiedAt: number };

function insertion(db: Kysely<Database>, p: Parameter<Write>) {
  return db.insertInto("documents").values({
    pool_key: poolKeyFor(db, p("poolId")),
    kind: p("kind"),
    client_key: clientKeyOf(db, p("poolId"), p("clientId")),
    id: p("id"),
    body: p("body"),
    blob: null,
    created_at: p("createdAt"),
    last_modified_at: p("lastModifiedAt"),
  });
}

const insertDocument = prepared<Write>()((db, p) => insertion(db, p));

const putDocument = prepared<Write>()((db, p) =>
  insertion(db, p).onConflict((conflict) =>
    conflict.columns(["pool_key", "kind", "client_key", "id"]).doUpdateSet((eb) => ({
      body: eb.ref("excluded.body"),
      last_modified_at: eb.ref("excluded.last_modified_at"),
    })),
  ),
);

const documentColumns = [
  "documents.kind",
  "documents.client_key",
  "app_clients.id as client_id",
  "documents.id",
  "documents.body",
  "documents.created_at",
  "documents.last_modified_at",
] as const;

const selectDocument = prepared<KeyParameters>()((db, p) =>
  db
    .selectFrom("documents")
    .leftJoin("app_clients", "app_clients.key", "documents.client_key")
    .select(documentColumns)
    .where("documents.pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("documents.kind", "=", p("kind"))
    .where("documents.client_key", "=", clientKeyOf(db, p("poolId"), p("clientId")))
    .where("documents.id", "=", p("id")),
);

const selectDocuments = prepared<{
  poolId: string;
  kind: DocumentKind;
  clientKey: number;
  id: string;
  limit: number;
}>()((db, p) =>
  db
    .selectFrom("documents")
    .leftJoin("app_clients", "app_clients.key", "documents.client_key")
    .select(documentColumns)
    .where("documents.pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("documents.kind", "=", p("kind"))
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("documents.client_key", "documents.id"), ">", tuple(p("clientKey"), p("id"))),
    )
    .orderBy("documents.client_key")
    .orderBy("documents.id")
    .limit(atMost(p("limit"))),
);

const deleteDocument = prepared<KeyParameters>()((db, p) =>
  db
    .deleteFrom("documents")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("kind", "=", p("kind"))
    .where("client_key", "=", clientKeyOf(db, p("poolId"), p("clientId")))
    .where("id", "=", p("id")),
);

const updateBlob = prepared<KeyParameters & { blob: Uint8Array | null }>()((db, p) =>
  db
    .updateTable("documents")
    .set({ blob: p("blob") })
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("kind", "=", p("kind"))
    .where("client_key", "=", clientKeyOf(db, p("poolId"), p("clientId")))
    .where("id", "=", p("id")),
);

const selectBlob = prepared<KeyParameters>()((db, p) =>
  db
    .selectFrom("documents")
    .select("blob")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("kind", "=", p("kind"))
    .where("client_key", "=", clientKeyOf(db, p("poolId"), p("clientId")))
    .where("id", "=", p("id")),
);
