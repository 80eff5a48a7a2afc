import type { Session } from "../engine.ts";
import { insertingOwned, poolKeyFor, poolKeyOf } from "../ownership.ts";
import { prepared } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import { openJson, sealContext, sealJson } from "../sealing.ts";
import type { CodePurpose, CodeRecord } from "./record.ts";
import { type ConfirmationCodesTable, confirmationCodesTable } from "./table.ts";

/** The key of a code: its user and purpose. */
interface CodeKey {
  poolId: string;
  sub: string;
  purpose: CodePurpose;
}

/** Confirmation codes that were sent and not used yet. */
export interface CodeRepository {
  /**
   * Keeps a code, in place of the user's earlier one for the same purpose.
   *
   * @throws OwnerMissing there is no such user
   */
  put(code: CodeRecord): Promise<void>;
  get(poolId: string, sub: string, purpose: CodePurpose): Promise<CodeRecord | undefined>;
  /** @returns whether there was one: of several concurrent callers, one gets true */
  delete(poolId: string, sub: string, purpose: CodePurpose): Promise<boolean>;
}

export class SqlCodeRepository implements CodeRepository {
  readonly #session: Session;
  readonly #sealer: Sealer;

  constructor(session: Session, sealer: Sealer) {
    this.#session = session;
    this.#sealer = sealer;
  }

  async put({ poolId, sub, purpose, code, sentTo, replaced, expiresAt }: CodeRecord): Promise<void> {
    const sealed = sealJson(this.#sealer, { code, sentTo, replaced }, codeContext(poolId, sub, purpose));
    await this.#session.write((writer) =>
      insertingOwned(`user as ${sub} of ${poolId}`, () =>
        writer.run(putCode, { poolId, sub, purpose, sealed_code: sealed, expires_at: expiresAt }),
      ),
    );
  }

  async get(poolId: string, sub: string, purpose: CodePurpose): Promise<CodeRecord | undefined> {
    const row = await this.#session.reader.first(selectCode, { poolId, sub, purpose });
    if (!row) return undefined;
    const content = openJson<Pick<CodeRecord, "code" | "sentTo" | "replaced">>(
      this.#sealer,
      row.sealed_code,
      codeContext(poolId, sub, purpose),
    );
    return { poolId, sub, purpose, ...content, expiresAt: row.expires_at };
  }

  async delete(poolId: string, sub: string, purpose: CodePurpose): Promise<boolean> {
    return (await this.#session.write((writer) => writer.run(deleteCode, { poolId, sub, purpose }))) > 0;
  }
}

function codeContext(poolId: string, sub: string, purpose: string): string {
  return sealContext(confirmationCodesTable, "sealed_code", { pool_id: poolId, sub, purpose });
}

type CodeWrite = CodeKey & Pick<ConfirmationCodesTable, "sealed_code" | "expires_at">;

const putCode = prepared<CodeWrite>()((db, p) =>
  db
    .insertInto("confirmation_codes")
    .values({
      pool_key: poolKeyFor(db, p("poolId")),
      sub: p("sub"),
      purpose: p("purpose"),
      sealed_code: p("sealed_code"),
      expires_at: p("expires_at"),
    })
    .onConflict((conflict) =>
      conflict.columns(["pool_key", "sub", "purpose"]).doUpdateSet((eb) => ({
        sealed_code: eb.ref("excluded.sealed_code"),
        expires_at: eb.ref("excluded.expires_at"),
      })),
    ),
);

const selectCode = prepared<CodeKey>()((db, p) =>
  db
    .selectFrom("confirmation_codes")
    .select(["sealed_code", "expires_at"])
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where("purpose", "=", p("purpose")),
);

const deleteCode = prepared<CodeKey>()((db, p) =>
  db
    .deleteFrom("confirmation_codes")
    .where("pool_key", "=", poolKeyOf(db, p("poolId")))
    .where("sub", "=", p("sub"))
    .where("purpose", "=", p("purpose")),
);
