import { bytes, defineTable, integer, nullable, type RowOf, text } from "../schema.ts";
import type { SigningKeyRecord } from "./record.ts";

export const signingKeysTable = defineTable({
  name: "signing_keys",
  columns: {
    kid: text(),
    pool_key: integer(),
    use: text<SigningKeyRecord["use"]>(),
    sealed_private_key: bytes(),
    created_at: integer(),
    retired_at: nullable(integer()),
  },
  key: ["kid"],
  indexes: { signing_keys_of_pool: ["pool_key", "created_at", "kid"] },
  owners: [{ kind: "pool", column: "pool_key", removal: "at once" }],
  sealed: { sealed_private_key: ["kid"] },
});

export type SigningKeysTable = RowOf<typeof signingKeysTable>;

/** Keys that were generated ahead of the pools that will use them. */
export const spareKeysTable = defineTable({
  name: "spare_keys",
  columns: { kid: text(), sealed_private_key: bytes() },
  key: ["kid"],
  sealed: { sealed_private_key: ["kid"] },
});

export type SpareKeysTable = RowOf<typeof spareKeysTable>;
