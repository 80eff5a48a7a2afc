import { replacingViolation, type Session } from "../engine.ts";
import { AlreadyExists } from "../errors.ts";
import { fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { sealContext } from "../sealing.ts";
import type { ImportJobRecord } from "./record.ts";
import { type ImportJobsTable, importJobPartsTable } from "./table.ts";

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
  /**
   * Keeps a part of the job's file or log; a part of the same name is replaced.
   *
   * @throws OwnerMissing there is no such job
   */
  putPart(poolId: string, id: string, name: string, content: Uint8Array): Promise<void>;
  getPart(poolId: string, id: string, name: string): Promise<Uint8Array | undefined>;
  /** Deletes the parts whose names begin with `prefix`: some at a time, each time in a transaction, since a file has 100 MB. */
  deleteParts(poolId: string, id: string, prefix: string): Promise<void>;
}

type ImportJobRow = Omit<ImportJobsTable, "pool_key">;

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

  async putPart(poolId: string, id: string, name: string, content: Uint8Array): Promise<void> {
    const sealed = this.#sealer.seal(content, contextOf(poolId, id, name));
    await this.#session.write((writer) =>
      insertingOwned(`import job as ${id}`, () =>
        writer.run(upsertPart, { poolId, id, name, content: sealed }),
      ),
    );
  }

  async getPart(poolId: string, id: string, name: string): Promise<Uint8Array | undefined> {
    const row = await this.#session.reader.first(selectPart, { poolId, id, name });
    return row && this.#sealer.open(row.sealed_content, contextOf(poolId, id, name));
  }

  async deleteParts(poolId: string, id: string, prefix: string): Promise<void> {
    const some = { poolId, id, from: prefix, to: `${prefix}${LAST_CHARACTER}`, limit: PARTS_PER_DELETION };
    const deleteSome = () => this.#session.write((writer) => writer.run(deletePartsInRange, some));
    while ((await deleteSome()) === PARTS_PER_DELETION);
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

const contextOf = (poolId: string, id: string, name: string) =>
  sealContext(importJobPartsTable, "sealed_content", { pool_id: poolId, job_id: id, name });

const LAST_CHARACTER = "\u{10FFFF}";

const jobColumns = ["id", "settings", "created_at"] as const;

const insertJob = prepared<ImportJobRow & { poolId: string }>()((db, p) =>
  db.insertInto("import_jobs").values({
    pool_key: poolKeyFor(db, p("poolId")),
    id: p("id"),
    settings: p("settings"),
    created_at: p("created_at"),
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

const upsertPart = prepared<{ poolId: string; id: string; name: string; content: Uint8Array }>()((db, p) =>
  db
    .insertInto("import_job_parts")
    .values({
      pool_key: poolKeyFor(db, p("poolId")),
      job_id: p("id"),
      name: p("name"),
      sealed_content: p("content"),
    })
    .onConflict((conflict) =>
      conflict
        .columns(["pool_key", "job_id", "name"])
        .doUpdateSet((eb) => ({ sealed_content: eb.ref("excluded.sealed_content") })),
    ),
);

const selectPart = prepared<{ poolId: string; id: string; name: string }>()((db, p) =>
  db
    .selectFrom("import_job_parts")
    .select("sealed_content")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("job_id", "=", p("id"))
    .where("name", "=", p("name")),
);

/** Some milliseconds of work for SQLite, which visits each page of a part. */
const PARTS_PER_DELETION = 16;

const deletePartsInRange = prepared<{
  poolId: string;
  id: string;
  from: string;
  to: string;
  limit: number;
}>()((db, p) =>
  db
    .deleteFrom("import_job_parts")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("job_id", "=", p("id"))
    .where("name", "in", (eb) =>
      eb
        .selectFrom("import_job_parts as some")
        .select("some.name")
        .where("some.pool_key", "=", poolKeyOf(db, p("poolId")))
        .where("some.job_id", "=", p("id"))
        .where("some.name", ">=", p("from"))
        .where("some.name", "<", p("to"))
        .limit(atMost(p("limit"))),
    ),
);
