import { defineTable, integer, nullable, ofUser, type RowOf, text } from "../schema.ts";

/**
 * How long a sign-in is kept after its refresh token expires. An access token that was refreshed at the last moment is
 * valid for up to a day, and needs its sign-in.
 */
const MAX_ACCESS_TOKEN_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Sign-ins, found by the `origin_jti` of their tokens. They are found through the row of their client, so they are gone the
 * moment it is, and stay so if its id is used again.
 */
export const signInsTable = defineTable({
  name: "sign_ins",
  columns: {
    ...ofUser.columns,
    origin_jti: text(),
    client_key: integer(),
    authenticated_at: integer(),
    event_id: text(),
    scope: text(),
    refresh_expires_at: integer(),
    rotation: integer(),
    previous_usable_until: nullable(integer()),
    revoked_at: nullable(integer()),
    device_key: nullable(text()),
    /** JSON. */
    session: nullable(text()),
  },
  key: ["origin_jti"],
  isClustered: true,
  indexes: {
    sign_ins_of_user: ["pool_key", "sub", "authenticated_at", "origin_jti"],
    sign_ins_by_expiry: ["refresh_expires_at"],
  },
  references: { user: ofUser.reference },
  owners: [
    { kind: "client", column: "client_key", removal: "on expiry" },
    // Many for each user: by themselves, so that no step of a purge takes long.
    { kind: "pool", column: "pool_key", removal: "in steps" },
  ],
  expiry: { column: "refresh_expires_at", keptMilliseconds: MAX_ACCESS_TOKEN_MILLISECONDS },
});

export type SignInsTable = RowOf<typeof signInsTable>;
