import { expect, it } from "vitest";
import { sealContext, sealJson } from "../sealing.ts";
import { transparentSealer } from "../testing.ts";
import type { UserRecord } from "./record.ts";
import { toUserRecord, toUserRow } from "./row.ts";
import { usersTable } from "./table.ts";

const poolId = "us-east-1_1";
const user: UserRecord = {
  poolId,
  sub: "1",
  username: "ana",
  status: "CONFIRMED",
  enabled: true,
  attributes: {},
  signInNames: [{ kind: "username", key: "ana" }],
  totp: { secret: "JBSWY3DPEHPK3PXP", friendlyName: "phone", lastUsedStep: 40 },
  createdAt: 0,
  lastModifiedAt: 0,
};
const withStep = (lastUsedStep: number): UserRecord => ({
  ...user,
  totp: { secret: "JBSWY3DPEHPK3PXP", friendlyName: "phone", lastUsedStep },
});

it("does not seal the secret of an authenticator app again when one of its codes was used", () => {
  const row = toUserRow(transparentSealer, user);
  const after = toUserRow(transparentSealer, withStep(41), { user, row });
  expect(after.sealed_totp).toBe(row.sealed_totp);
  expect(toUserRecord(transparentSealer, poolId, after).totp).toEqual(withStep(41).totp);
});

it("has the step that an earlier version sealed with the secret until another one is used", () => {
  const context = sealContext(usersTable, "sealed_totp", { pool_id: poolId, sub: user.sub });
  const row = {
    ...toUserRow(transparentSealer, user),
    totp_used_step: null,
    sealed_totp: sealJson(transparentSealer, { totp: user.totp }, context),
  };
  const read = toUserRecord(transparentSealer, poolId, row);
  expect(read.totp?.lastUsedStep).toBe(40);
  const after = toUserRow(transparentSealer, withStep(41), { user: read, row });
  expect(after.sealed_totp).toBe(row.sealed_totp);
  expect(toUserRecord(transparentSealer, poolId, after).totp?.lastUsedStep).toBe(41);
});
