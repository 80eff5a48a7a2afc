import type { Session } from "../engine.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { prepared } from "../query.ts";
import type { SignInCount, SignInOutcome } from "./record.ts";

export interface SignInCountRepository {
  /** Adds to the counts; each call is one step. @throws OwnerMissing there is no such pool */
  add(poolId: string, count: SignInCount): Promise<void>;
  /** The hours from `from` up to and without `to`, oldest first; those without sign-ins are left out. */
  list(poolId: string, from: number, to: number): Promise<readonly SignInCount[]>;
}

export class SqlSignInCountRepository implements SignInCountRepository {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async add(poolId: string, { hour, outcome, signIns }: SignInCount): Promise<void> {
    await this.#session.write((writer) =>
      insertingOwned(`user pool as ${poolId}`, () =>
        writer.run(addToCount, { poolId, hour, outcome, signIns }),
      ),
    );
  }

  async list(poolId: string, from: number, to: number): Promise<readonly SignInCount[]> {
    const rows = await this.#session.reader.all(selectCounts, { poolId, from, to });
    return rows.map(({ hour, outcome, sign_ins }) => ({ hour, outcome, signIns: sign_ins }));
  }
}

const addToCount = prepared<{ poolId: string; hour: number; outcome: SignInOutcome; signIns: number }>()(
  (db, p) =>
    db
      .insertInto("sign_in_counts")
      .values({
        pool_key: poolKeyFor(db, p("poolId")),
        hour: p("hour"),
        outcome: p("outcome"),
        sign_ins: p("signIns"),
      })
      .onConflict((conflict) =>
        conflict.columns(["pool_key", "hour", "outcome"]).doUpdateSet((eb) => ({
          sign_ins: eb("sign_in_counts.sign_ins", "+", eb.ref("excluded.sign_ins")),
        })),
      ),
);

const selectCounts = prepared<{ poolId: string; from: number; to: number }>()((db, p) =>
  db
    .selectFrom("sign_in_counts")
    .select(["hour", "outcome", "sign_ins"])
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("hour", ">=", p("from"))
    .where("hour", "<", p("to"))
    .orderBy("hour")
    .orderBy("outcome"),
);
