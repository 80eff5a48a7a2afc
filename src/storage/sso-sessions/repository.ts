import type { Session } from "../engine.ts";
import { fromJson, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { prepared } from "../query.ts";
import type { SsoSessionRecord } from "./record.ts";
import type { SsoSessionsTable } from "./table.ts";

export interface SsoSessionRepository {
  /** Keeps a session, in place of the one with its id. @throws OwnerMissing there is no such user */
  put(session: SsoSessionRecord): Promise<void>;
  /** The caller compares `expiresAt`. */
  get(poolId: string, sub: string, id: string): Promise<SsoSessionRecord | undefined>;
  /** @returns whether there was one */
  delete(poolId: string, sub: string, id: string): Promise<boolean>;
  /** Those that have not expired, newest first; a user has few. */
  listLiveOfUser(poolId: string, sub: string, now: number): Promise<readonly SsoSessionRecord[]>;
}

type SsoSessionRow = Omit<SsoSessionsTable, "pool_key">;

export class SqlSsoSessionRepository implements SsoSessionRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async put(session: SsoSessionRecord): Promise<void> {
    const { poolId, sub, id, createdAt, expiresAt, ...settings } = session;
    const row = {
      poolId,
      sub,
      id,
      settings: toJson(settings),
      created_at: createdAt,
      expires_at: expiresAt,
    };
    await this.#session.write((writer) =>
      insertingOwned(`user as ${sub} of ${poolId}`, () => writer.run(putSession, row)),
    );
  }

  async get(poolId: string, sub: string, id: string): Promise<SsoSessionRecord | undefined> {
    const row = await this.#session.reader.first(selectSession, { poolId, sub, id });
    return row && toRecord(poolId, row);
  }

  async delete(poolId: string, sub: string, id: string): Promise<boolean> {
    return (await this.#session.write((writer) => writer.run(deleteSession, { poolId, sub, id }))) > 0;
  }

  async listLiveOfUser(poolId: string, sub: string, now: number): Promise<readonly SsoSessionRecord[]> {
    const rows = await this.#session.reader.all(selectLive, { poolId, sub, now });
    return rows.map((row) => toRecord(poolId, row)).sort((a, b) => b.createdAt - a.createdAt);
  }
}

function toRecord(poolId: string, row: SsoSessionRow): SsoSessionRecord {
  return {
    ...fromJson<Omit<SsoSessionRecord, "poolId" | "sub" | "id" | "createdAt" | "expiresAt">>(row.settings),
    poolId,
    sub: row.sub,
    id: row.id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

type SessionKey = { poolId: string; sub: string; id: string };

const sessionColumns = ["sub", "id", "settings", "created_at", "expires_at"] as const;

const putSession = prepared<SsoSessionRow & { poolId: string }>()((db, p) =>
  db
    .insertInto("sso_sessions")
    .values({
      pool_key: poolKeyFor(db, p("poolId")),
      sub: p("sub"),
      id: p("id"),
      settings: p("settings"),
      created_at: p("created_at"),
      expires_at: p("expires_at"),
    })
    .onConflict((conflict) =>
      conflict.columns(["pool_key", "sub", "id"]).doUpdateSet((eb) => ({
        settings: eb.ref("excluded.settings"),
        expires_at: eb.ref("excluded.expires_at"),
      })),
    ),
);

const selectSession = prepared<SessionKey>()((db, p) =>
  db
    .selectFrom("sso_sessions")
    .select(sessionColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where("id", "=", p("id")),
);

const deleteSession = prepared<SessionKey>()((db, p) =>
  db
    .deleteFrom("sso_sessions")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where("id", "=", p("id")),
);

const selectLive = prepared<{ poolId: string; sub: string; now: number }>()((db, p) =>
  db
    .selectFrom("sso_sessions")
    .select(sessionColumns)
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where("expires_at", ">", p("now")),
);
