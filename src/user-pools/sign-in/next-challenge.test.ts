import { describe, expect, it } from "vitest";
import { InvalidUserPoolConfigurationException } from "../../api-model/index.ts";
import type { MfaRecord, UserPoolRecord, UserRecord, UserStatus } from "../../storage/index.ts";
import { nextChallenge } from "./next-challenge.ts";

const pool = (MfaConfiguration?: "ON" | "OFF" | "OPTIONAL"): UserPoolRecord => ({
  id: "us-east-1_Pool",
  name: "pool",
  settings: { ...(MfaConfiguration && { MfaConfiguration }) },
  createdAt: 0,
  lastModifiedAt: 0,
});
const user = (status: UserStatus, mfa?: MfaRecord): UserRecord => ({
  poolId: "us-east-1_Pool",
  sub: "sub",
  username: "alice",
  status,
  enabled: true,
  attributes: {},
  signInNames: [],
  mfa,
  createdAt: 0,
  lastModifiedAt: 0,
});

describe("what follows the proof of a password", () => {
  it("is a new password, when the one that was proved is temporary", () =>
    expect(nextChallenge(pool(), user("FORCE_CHANGE_PASSWORD"))).toBe("NEW_PASSWORD_REQUIRED"));

  it("is a new password before any second factor", () =>
    expect(nextChallenge(pool("ON"), user("FORCE_CHANGE_PASSWORD"))).toBe("NEW_PASSWORD_REQUIRED"));

  it("is nothing for a confirmed user of a pool without MFA", () => {
    expect(nextChallenge(pool(), user("CONFIRMED"))).toBeUndefined();
    expect(nextChallenge(pool("OFF"), user("CONFIRMED", { enabled: ["SMS_MFA"] }))).toBeUndefined();
  });

  it("is nothing where MFA is optional and the user has no factor", () => {
    expect(nextChallenge(pool("OPTIONAL"), user("CONFIRMED"))).toBeUndefined();
    expect(nextChallenge(pool("OPTIONAL"), user("CONFIRMED", { enabled: [] }))).toBeUndefined();
  });

  it.each([
    ["the pool demands it", pool("ON"), user("CONFIRMED")],
    ["the user has it", pool("OPTIONAL"), user("CONFIRMED", { enabled: ["SOFTWARE_TOKEN_MFA"] })],
  ])("is a refusal, never a sign-in without the second factor, where %s", (_, demanding, confirmed) =>
    expect(() => nextChallenge(demanding, confirmed)).toThrow(InvalidUserPoolConfigurationException),
  );
});
