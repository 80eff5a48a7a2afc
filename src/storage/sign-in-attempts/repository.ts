import type { Session } from "../engine.ts";
import { prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealContext, sealJson } from "../sealing.ts";
import type { SignInAttemptRecord } from "./record.ts";
import { type SignInAttemptsTable, signInAttemptsTable } from "./table.ts";

export interface SignInAttemptRepository {
  /** Keeps the state, in place of the earlier one of the same attempt. */
  put(attempt: SignInAttemptRecord): Promise<void>;
  /** The caller compares `expiresAt`: a row may be here for a while after it. */
  get(id: string): Promise<SignInAttemptRecord | undefined>;
}

export class SqlSignInAttemptRepository implements SignInAttemptRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  async put({ id, state, expiresAt }: SignInAttemptRecord): Promise<void> {
    const sealed = sealJson(this.#sealer, state, contextOf(id));
    await this.#session.write((writer) =>
      writer.run(putAttempt, { id, sealed_state: sealed, expires_at: expiresAt }),
    );
  }

  async get(id: string): Promise<SignInAttemptRecord | undefined> {
    const row = await this.#session.reader.first(selectAttempt, { id });
    if (!row) return undefined;
    const state = openJson<string>(this.#sealer, row.sealed_state, contextOf(id));
    return { id, state, expiresAt: row.expires_at };
  }
}

const contextOf = (id: string) => sealContext(signInAttemptsTable, "sealed_state", { id });

const putAttempt = prepared<SignInAttemptsTable>()((db, p) =>
  db
    .insertInto("sign_in_attempts")
    .values({ id: p("id"), sealed_state: p("sealed_state"), expires_at: p("expires_at") })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((eb) => ({
        sealed_state: eb.ref("excluded.sealed_state"),
        expires_at: eb.ref("excluded.expires_at"),
      })),
    ),
);

const selectAttempt = prepared<{ id: string }>()((db, p) =>
  db.selectFrom("sign_in_attempts").selectAll().where("id", "=", p("id")),
);
