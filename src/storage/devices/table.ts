import { bytes, defineTable, integer, nullable, ofUser, type RowOf, text } from "../schema.ts";

export const devicesTable = defineTable({
  name: "devices",
  columns: {
    ...ofUser.columns,
    device_key: text(),
    /** JSON: the record without what has a column. */
    settings: text(),
    /** JSON. */
    sealed_verifier: nullable(bytes()),
    created_at: integer(),
  },
  key: ["pool_key", "device_key"],
  indexes: { devices_of_user: ["pool_key", "sub", "created_at", "device_key"] },
  references: { user: ofUser.reference },
  sealed: { sealed_verifier: ["pool_id", "device_key"] },
});

export type DevicesTable = RowOf<typeof devicesTable>;
