import type { Session } from "../engine.ts";
import { replacingViolation } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { sealContext } from "../sealing.ts";
import type { ImportJobRecord } from "./record.ts";
import { type ImportJobsTable, importJobsTable } from "./table.ts";

export interface ImportJobRepository {
  /**
   * @throws AlreadyExists the id is taken in the pool
   * @throws OwnerMissing there is no such pool
   */
  insert(job: ImportJobRecord): Promise<void>;
  get(poolId: string, id: string): Promise<ImportJobRecord | undefined>;
  /** Reads, applies the pure `change` and writes back as one step; undefined when there is no such job. */
  update(
    poolId: string,
    id: string,
    change: (job: ImportJobRecord) => ImportJobRecord,
  ): Promise<ImportJobRecord | undefined>;
  /** Newest first. */
  list(poolId: string, page: PageRequest): Promise<Page<ImportJobRecord>>;
  /** Keeps the uploaded file, or forgets it. @returns whether there is such a job */
  putFile(poolId: string, id: string, file: Uint8Array | undefined): Promise<boolean>;
  getFile(poolId: string, id: string): Promise<Uint8Array | undefined>;
}

type ImportJobRow = Omit<ImportJobsTable, "pool_key" | "sealed_file">;

export class SqlImportJobRepository implements ImportJobRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  async insert(job: ImportJobRecord): Promise<void> {
    const row = { ...toRow(job), poolId: job.poolId };
    await this.#session.write((writer) =>
      insertingOwned(`user pool as ${job.poolId}`, () =>
        replacingViolation(
          "unique",
          () => new AlreadyExists(`There is an import job with the id ${job.id}.`),
          () => writer.run(insertJob, row),
        ),
      ),
    );
  }

  async get(poolId: string, id: string): Promise<ImportJobRecord | undefined> {
    const row = await this.#session.reader.first(selectJob, { poolId, id });
    return row && toRecord(poolId, row);
  }

  update(
    poolId: string,
    id: string,
    change: (job: ImportJobRecord) => ImportJobRecord,
  ): Promise<ImportJobRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectJob, { poolId, id });
      if (!row) return undefined;
      const job = toRecord(poolId, row);
      const changed = change(job);
      if (changed !== job) await writer.run(updateJob, { poolId, id, settings: toRow(changed).settings });
      return changed;
    });
  }

  list(poolId: string, page: PageRequest): Promise<Page<ImportJobRecord>> {
    return readPage(["import jobs", poolId], page, [Number.MAX_SAFE_INTEGER, ""], {
      fetch: ([createdAt, id], limit) =>
        this.#session.reader.all(selectJobs, { poolId, createdAt: Number(createdAt), id: String(id), limit }),
      keyOf: (row) => [row.created_at, row.id],
      recordOf: (row) => toRecord(poolId, row),
    });
  }

  async putFile(poolId: string, id: string, file: Uint8Array | undefined): Promise<boolean> {
    const sealed = file ? this.#sealer.seal(file, contextOf(poolId, id)) : null;
    return (await this.#session.write((writer) => writer.run(updateFile, { poolId, id, file: sealed }))) > 0;
  }

  async getFile(poolId: string, id: string): Promise<Uint8Array | undefined> {
    const sealed = (await this.#session.reader.first(selectFile, { poolId, id }))?.sealed_file;
    return sealed ? this.#sealer.open(sealed, contextOf(poolId, id)) : undefined;
  }
}

function toRow(job: ImportJobRecord): ImportJobRow {
  const { poolId: _, id, createdAt, ...settings } = job;
  return { id, settings: toJson(settings), created_at: createdAt };
}

function toRecord(poolId: string, row: ImportJobRow): ImportJobRecord {
  const settings = fromJson<Omit<ImportJobRecord, "poolId" | "id" | "createdAt">>(row.settings);
  return { ...settings, poolId, id: row.id, createdAt: row.created_at };
}

const contextOf = (poolId: string, id: string) =>
  sealContext(importJobsTable, "sealed_file", { pool_id: poolId, id });

const jobColumns = ["id", "settings", "created_at"] as const;

const insertJob = prepared<ImportJobRow & { poolId: string }>()((db, p) =>
  db.insertInto("import_jobs").values({
    pool_key: poolKeyFor(db, p("poolId")),
    id: p("id"),
    settings: p("settings"),
    created_at: p("created_at"),
    sealed_file: null,
  }),
);

const selectJob = prepared<{ poolId: string; id: string }>()((db, p) =>
  db
    .selectFrom("import_jobs")
    .select(jobColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("id", "=", p("id")),
);

const updateJob = prepared<{ poolId: string; id: string; settings: string }>()((db, p) =>
  db
    .updateTable("import_jobs")
    .set({ settings: p("settings") })
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("id", "=", p("id")),
);

const selectJobs = prepared<{ poolId: string; createdAt: number; id: string; limit: number }>()((db, p) =>
  db
    .selectFrom("import_jobs")
    .select(jobColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where(({ eb, refTuple, tuple }) => eb(refTuple("created_at", "id"), "<", tuple(p("createdAt"), p("id"))))
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(atMost(p("limit"))),
);

const updateFile = prepared<{ poolId: string; id: string; file: Uint8Array | null }>()((db, p) =>
  db
    .updateTable("import_jobs")
    .set({ sealed_file: p("file") })
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("id", "=", p("id")),
);

const selectFile = prepared<{ poolId: string; id: string }>()((db, p) =>
  db
    .selectFrom("import_jobs")
    .select("sealed_file")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("id", "=", p("id")),
);
