import type { Session } from "../engine.ts";
import { fromJson, optional, toJson } from "../json.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { type Page, type PageRequest, readPage } from "../page.ts";
import { atMost, prepared } from "../query.ts";
import type { SignInRecord } from "./record.ts";
import type { SignInsTable } from "./table.ts";

type SignInRow = Omit<SignInsTable, "pool_key" | "client_key"> & {
  readonly pool_id: string;
  readonly client_id: string;
};

export interface SignInRepository {
  /** @throws OwnerMissing there is no such user, or no such client in their pool */
  insert(signIn: SignInRecord): Promise<void>;
  get(originJti: string): Promise<SignInRecord | undefined>;
  update(
    originJti: string,
    change: (signIn: SignInRecord) => SignInRecord,
  ): Promise<SignInRecord | undefined>;
  /** Revokes all of a user's sign-ins that are not revoked yet. */
  revokeAllOfUser(poolId: string, sub: string, at: number): Promise<void>;
  /** Whether a user has a sign-in that is still kept, revoked or not. */
  hasAnyOfUser(poolId: string, sub: string): Promise<boolean>;
  /** A user's sign-ins that can still be refreshed at `now`, newest first. */
  listLiveOfUser(poolId: string, sub: string, now: number, page: PageRequest): Promise<Page<SignInRecord>>;
}

export class SqlSignInRepository implements SignInRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async insert(signIn: SignInRecord): Promise<void> {
    await this.#session.write((writer) =>
      insertingOwned(`user as ${signIn.sub} of ${signIn.poolId}, or client as ${signIn.clientId}`, () =>
        writer.run(insertSignIn, toRow(signIn)),
      ),
    );
  }

  async get(originJti: string): Promise<SignInRecord | undefined> {
    const row = await this.#session.reader.first(selectSignIn, { originJti });
    return row && toRecord(row);
  }

  update(
    originJti: string,
    change: (signIn: SignInRecord) => SignInRecord,
  ): Promise<SignInRecord | undefined> {
    return this.#session.write(async (writer) => {
      const row = await writer.first(selectSignIn, { originJti });
      if (!row) return undefined;
      const signIn = toRecord(row);
      const changed = change(signIn);
      if (changed !== signIn) await writer.run(updateSignIn, toRow(changed));
      return changed;
    });
  }

  async revokeAllOfUser(poolId: string, sub: string, at: number): Promise<void> {
    await this.#session.write((writer) => writer.run(revokeSignIns, { poolId, sub, at }));
  }

  async hasAnyOfUser(poolId: string, sub: string): Promise<boolean> {
    return (await this.#session.reader.first(selectAnyOfUser, { poolId, sub })) !== undefined;
  }

  listLiveOfUser(poolId: string, sub: string, now: number, page: PageRequest): Promise<Page<SignInRecord>> {
    return readPage(["sign-ins", poolId, sub], page, [Number.MAX_SAFE_INTEGER, ""], {
      fetch: ([authenticatedAt, originJti], limit) =>
        this.#session.reader.all(selectLive, {
          poolId,
          sub,
          now,
          authenticatedAt: Number(authenticatedAt),
          originJti: String(originJti),
          limit,
        }),
      keyOf: (row) => [row.authenticated_at, row.origin_jti],
      recordOf: toRecord,
    });
  }
}

function toRow(signIn: SignInRecord): SignInRow {
  return {
    origin_jti: signIn.originJti,
    pool_id: signIn.poolId,
    client_id: signIn.clientId,
    sub: signIn.sub,
    authenticated_at: signIn.authenticatedAt,
    event_id: signIn.eventId,
    scope: signIn.scope,
    refresh_expires_at: signIn.refreshExpiresAt,
    rotation: signIn.rotation,
    previous_usable_until: signIn.previousUsableUntil ?? null,
    revoked_at: signIn.revokedAt ?? null,
    device_key: signIn.deviceKey ?? null,
    session: signIn.session ? toJson(signIn.session) : null,
  };
}

function toRecord(row: SignInRow): SignInRecord {
  return {
    originJti: row.origin_jti,
    poolId: row.pool_id,
    clientId: row.client_id,
    sub: row.sub,
    authenticatedAt: row.authenticated_at,
    eventId: row.event_id,
    scope: row.scope,
    refreshExpiresAt: row.refresh_expires_at,
    rotation: row.rotation,
    ...optional("previousUsableUntil", row.previous_usable_until),
    ...optional("revokedAt", row.revoked_at),
    ...optional("deviceKey", row.device_key),
    ...optional(
      "session",
      row.session === null ? null : fromJson<NonNullable<SignInRecord["session"]>>(row.session),
    ),
  };
}

const signInColumns = [
  "sign_ins.origin_jti",
  "pools.id as pool_id",
  "app_clients.id as client_id",
  "sign_ins.sub",
  "sign_ins.authenticated_at",
  "sign_ins.event_id",
  "sign_ins.scope",
  "sign_ins.refresh_expires_at",
  "sign_ins.rotation",
  "sign_ins.previous_usable_until",
  "sign_ins.revoked_at",
  "sign_ins.device_key",
  "sign_ins.session",
] as const;

const insertSignIn = prepared<SignInRow>()((db, p) =>
  db.insertInto("sign_ins").values({
    origin_jti: p("origin_jti"),
    pool_key: poolKeyFor(db, p("pool_id")),
    client_key: db
      .selectFrom("app_clients")
      .select("key")
      .where("id", "=", p("client_id"))
      .where("pool_key", "=", poolKeyOf(db, p("pool_id")))
      .$asScalar()
      .$notNull(),
    sub: p("sub"),
    authenticated_at: p("authenticated_at"),
    event_id: p("event_id"),
    scope: p("scope"),
    refresh_expires_at: p("refresh_expires_at"),
    rotation: p("rotation"),
    previous_usable_until: p("previous_usable_until"),
    revoked_at: p("revoked_at"),
    device_key: p("device_key"),
    session: p("session"),
  }),
);

const selectSignIn = prepared<{ originJti: string }>()((db, p) =>
  db
    .selectFrom("sign_ins")
    .innerJoin("pools", "pools.key", "sign_ins.pool_key")
    .innerJoin("app_clients", "app_clients.key", "sign_ins.client_key")
    .select(signInColumns)
    .where("sign_ins.origin_jti", "=", p("originJti")),
);

/** All that a sign-in can change; its user, client and beginning stay. */
const updateSignIn = prepared<SignInRow>()((db, p) =>
  db
    .updateTable("sign_ins")
    .set({
      scope: p("scope"),
      refresh_expires_at: p("refresh_expires_at"),
      rotation: p("rotation"),
      previous_usable_until: p("previous_usable_until"),
      revoked_at: p("revoked_at"),
      device_key: p("device_key"),
      session: p("session"),
    })
    .where("origin_jti", "=", p("origin_jti")),
);

const revokeSignIns = prepared<{ poolId: string; sub: string; at: number }>()((db, p) =>
  db
    .updateTable("sign_ins")
    .set({ revoked_at: p("at") })
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where("revoked_at", "is", null),
);

const selectAnyOfUser = prepared<{ poolId: string; sub: string }>()((db, p) =>
  db
    .selectFrom("sign_ins")
    .select("origin_jti")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .limit(1),
);

const selectLive = prepared<{
  poolId: string;
  sub: string;
  now: number;
  authenticatedAt: number;
  originJti: string;
  limit: number;
}>()((db, p) =>
  db
    .selectFrom("sign_ins")
    .innerJoin("pools", "pools.key", "sign_ins.pool_key")
    .innerJoin("app_clients", "app_clients.key", "sign_ins.client_key")
    .select(signInColumns)
    .where("sign_ins.pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sign_ins.sub", "=", p("sub"))
    .where("sign_ins.revoked_at", "is", null)
    .where("sign_ins.refresh_expires_at", ">", p("now"))
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple("sign_ins.authenticated_at", "sign_ins.origin_jti"),
        "<",
        tuple(p("authenticatedAt"), p("originJti")),
      ),
    )
    .orderBy("sign_ins.authenticated_at", "desc")
    .orderBy("sign_ins.origin_jti", "desc")
    .limit(atMost(p("limit"))),
);
