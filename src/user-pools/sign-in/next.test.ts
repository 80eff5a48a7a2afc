import { describe, expect, it } from "vitest";
import type {
  DeviceRecord,
  MfaFactor,
  Store,
  UserPoolRecord,
  UserPoolSettings,
  UserRecord,
} from "../../storage/index.ts";
import type { Factor, SignInContext, UserAttempt } from "./attempt.ts";
import { decideNext } from "./next.ts";

const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };
const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const EMAIL = { EmailMfaConfiguration: {} };

const recoveryBy = (...names: ("verified_email" | "verified_phone_number" | "admin_only")[]) => ({
  AccountRecoverySetting: { RecoveryMechanisms: names.map((Name, index) => ({ Name, Priority: index + 1 })) },
});
const byAdministrator = recoveryBy("admin_only");

interface Case {
  readonly pool?: UserPoolSettings;
  readonly status?: UserRecord["status"];
  readonly has?: readonly ("email" | "phone" | "totp")[];
  readonly enabled?: readonly MfaFactor[];
  readonly preferred?: MfaFactor;
  readonly proved?: readonly Factor[];
  readonly flow?: UserAttempt["flow"];
  /** The facts of the device that the client names. */
  readonly device?: Partial<DeviceRecord>;
}

function attemptOf({ pool: settings = {}, has = [], enabled = [], preferred, ...given }: Case): UserAttempt {
  const pool: UserPoolRecord = {
    id: "us-east-1_Pool",
    name: "pool",
    settings,
    createdAt: 0,
    lastModifiedAt: 0,
  };
  const user: UserRecord = {
    poolId: pool.id,
    sub: "sub",
    username: "alice",
    status: given.status ?? "CONFIRMED",
    enabled: true,
    attributes: {
      ...(has.includes("email") && { email: "alice@example.com" }),
      ...(has.includes("phone") && { phone_number: "+15550100" }),
    },
    signInNames: [],
    mfa: { enabled, preferred },
    ...(has.includes("totp") && { totp: { secret: "SECRET", verifiedAt: 0 } }),
    createdAt: 0,
    lastModifiedAt: 0,
  };
  return {
    pool,
    client: {
      poolId: pool.id,
      id: "client",
      name: "",
      secrets: [],
      settings: {},
      createdAt: 0,
      lastModifiedAt: 0,
    },
    channel: "public",
    id: "attempt",
    flow: given.flow ?? "USER_PASSWORD_AUTH",
    name: "alice",
    user,
    proved: given.proved ?? ["password"],
    rounds: [],
    ...(given.device && { deviceKey: "device" }),
    beganAt: 0,
  };
}

function decide(given: Case) {
  const devices = { get: async () => given.device && { sub: "sub", ...given.device } };
  // The rule reads nothing of the store but devices.
  return decideNext(attemptOf(given), { store: { devices } as unknown as Store } as SignInContext);
}

const ON = { MfaConfiguration: "ON" } as const;
const OPTIONAL = { MfaConfiguration: "OPTIONAL" } as const;

describe("the step after the proof of a password", () => {
  it.each<[string, Case, string | undefined]>([
    ["a temporary password", { status: "FORCE_CHANGE_PASSWORD" }, "NEW_PASSWORD_REQUIRED"],
    [
      "a temporary password, in a pool with MFA",
      { pool: { ...ON, ...TOTP }, status: "FORCE_CHANGE_PASSWORD" },
      "NEW_PASSWORD_REQUIRED",
    ],
    ["a pool without MFA", {}, undefined],
    [
      "a pool with MFA off, and factors left of before",
      {
        pool: { MfaConfiguration: "OFF", ...SMS },
        has: ["phone"],
        enabled: ["SMS_MFA"],
        preferred: "SMS_MFA",
      },
      undefined,
    ],
    ["MFA optional, no factor activated", { pool: { ...OPTIONAL, ...SMS }, has: ["phone"] }, undefined],
    [
      "MFA optional, TOTP activated",
      { pool: { ...OPTIONAL, ...TOTP }, has: ["totp"], enabled: ["SOFTWARE_TOKEN_MFA"] },
      "SOFTWARE_TOKEN_MFA",
    ],
    [
      "MFA optional, a factor activated that the pool has no more",
      { pool: { ...OPTIONAL, ...SMS }, has: ["totp"], enabled: ["SOFTWARE_TOKEN_MFA"] },
      undefined,
    ],
    [
      "MFA optional, two activated, none preferred",
      {
        pool: { ...OPTIONAL, ...TOTP, ...SMS },
        has: ["totp", "phone"],
        enabled: ["SOFTWARE_TOKEN_MFA", "SMS_MFA"],
      },
      "SELECT_MFA_TYPE",
    ],
    [
      "MFA optional, two activated, one preferred",
      {
        pool: { ...OPTIONAL, ...TOTP, ...SMS },
        has: ["totp", "phone"],
        enabled: ["SOFTWARE_TOKEN_MFA", "SMS_MFA"],
        preferred: "SMS_MFA",
      },
      "SMS_MFA",
    ],
    ["SMS and TOTP, no phone number", { pool: { ...ON, ...SMS, ...TOTP } }, "MFA_SETUP"],
    ["SMS and TOTP, a phone number", { pool: { ...ON, ...SMS, ...TOTP }, has: ["phone"] }, "SMS_MFA"],
    ["SMS alone, no phone number", { pool: { ...ON, ...SMS } }, "MFA_SETUP"],
    [
      "e-mail and TOTP, an e-mail address",
      { pool: { ...ON, ...EMAIL, ...TOTP, ...byAdministrator }, has: ["email"] },
      "EMAIL_OTP",
    ],
    [
      "e-mail and SMS, only an e-mail address",
      { pool: { ...ON, ...EMAIL, ...SMS, ...byAdministrator }, has: ["email"] },
      "EMAIL_OTP",
    ],
    [
      "e-mail and SMS, both addresses",
      { pool: { ...ON, ...EMAIL, ...SMS, ...byAdministrator }, has: ["email", "phone"] },
      "SELECT_MFA_TYPE",
    ],
    [
      "e-mail and SMS, both addresses, recovery by e-mail",
      { pool: { ...ON, ...EMAIL, ...SMS, ...recoveryBy("verified_email") }, has: ["email", "phone"] },
      "SMS_MFA",
    ],
    [
      "e-mail and SMS, both addresses, recovery by phone before e-mail",
      {
        pool: { ...ON, ...EMAIL, ...SMS, ...recoveryBy("verified_phone_number", "verified_email") },
        has: ["email", "phone"],
      },
      "EMAIL_OTP",
    ],
    [
      "SMS and TOTP, a phone number that is for recovery",
      { pool: { ...ON, ...SMS, ...TOTP, ...recoveryBy("verified_phone_number") }, has: ["phone"] },
      "MFA_SETUP",
    ],
    ["all three, no attributes", { pool: { ...ON, ...EMAIL, ...SMS, ...TOTP } }, "MFA_SETUP"],
    [
      "TOTP registered, a phone number, none preferred",
      { pool: { ...ON, ...SMS, ...TOTP }, has: ["phone", "totp"], enabled: ["SMS_MFA"] },
      "SELECT_MFA_TYPE",
    ],
    [
      "TOTP registered, an e-mail address, none preferred",
      {
        pool: { ...ON, ...EMAIL, ...TOTP, ...byAdministrator },
        has: ["email", "totp"],
        enabled: ["EMAIL_OTP"],
      },
      "SELECT_MFA_TYPE",
    ],
    [
      "TOTP registered, an e-mail address that is for recovery",
      { pool: { ...ON, ...EMAIL, ...TOTP, ...recoveryBy("verified_email") }, has: ["email", "totp"] },
      "SOFTWARE_TOKEN_MFA",
    ],
    [
      "TOTP registered, a phone number, TOTP preferred",
      {
        pool: { ...ON, ...SMS, ...TOTP },
        has: ["phone", "totp"],
        enabled: ["SOFTWARE_TOKEN_MFA"],
        preferred: "SOFTWARE_TOKEN_MFA",
      },
      "SOFTWARE_TOKEN_MFA",
    ],
    ["TOTP registered, no other", { pool: { ...ON, ...SMS, ...TOTP }, has: ["totp"] }, "SOFTWARE_TOKEN_MFA"],
  ])("%s", async (_, given, next) => expect(await decide(given)).toBe(next));

  it("is a rejection if the only factor is reserved for recovery and none can be set up", async () => {
    const byPhone = { ...ON, ...SMS, ...recoveryBy("verified_phone_number") };
    const byEmail = { ...ON, ...EMAIL, ...recoveryBy("verified_email") };
    for (const given of [
      { pool: byPhone, has: ["phone"] },
      { pool: byEmail, has: ["email"] },
    ] as const) {
      await expect(decide(given)).rejects.toThrow("No MFA method is available for the user.");
    }
  });
});

describe("the step after a second factor", () => {
  const pool = { ...ON, ...SMS, ...TOTP, ...EMAIL };

  it.each<Factor>(["sms", "email", "totp"])("nothing after %s", async (factor) =>
    expect(await decide({ pool, has: ["totp"], proved: ["password", factor] })).toBeUndefined(),
  );

  it("a device alone does not count as a second factor", async () =>
    expect(await decide({ pool, has: ["totp"], proved: ["password", "device"] })).toBe("SOFTWARE_TOKEN_MFA"));

  it("a second factor is still required after a new password", async () =>
    expect(await decide({ pool, has: ["totp"], proved: ["password", "password"] })).toBe(
      "SOFTWARE_TOKEN_MFA",
    ));
});

describe("the step after a password on a device that the client names", () => {
  const trusting = { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } };
  const tracking = { DeviceConfiguration: {} };
  const totp = { has: ["totp"], enabled: ["SOFTWARE_TOKEN_MFA"] } as const;
  const verifier = { saltHex: "00", verifier: Buffer.alloc(1) };
  const remembered = { status: "remembered", verifier } as const;
  const trusted = { ...remembered, hasProvedMfa: true } as const;
  const withMfa = { ...OPTIONAL, ...TOTP };

  it.each<[string, Case, string | undefined]>([
    [
      "a remembered device with a second factor proved on it, where devices replace MFA",
      { pool: { ...withMfa, ...trusting }, ...totp, device: trusted },
      "DEVICE_SRP_AUTH",
    ],
    [
      "the same device once it has proved itself",
      { pool: { ...withMfa, ...trusting }, ...totp, device: trusted, proved: ["password", "device"] },
      undefined,
    ],
    [
      "a device from before the user had a second factor",
      { pool: { ...withMfa, ...trusting }, ...totp, device: remembered },
      "SOFTWARE_TOKEN_MFA",
    ],
    [
      "a device from before the user had a second factor, that has proved itself",
      { pool: { ...withMfa, ...trusting }, ...totp, device: remembered, proved: ["password", "device"] },
      "SOFTWARE_TOKEN_MFA",
    ],
    [
      "a device that is not remembered",
      { pool: { ...withMfa, ...trusting }, ...totp, device: { ...trusted, status: "not_remembered" } },
      "SOFTWARE_TOKEN_MFA",
    ],
    [
      "a device without a verifier",
      { pool: { ...withMfa, ...trusting }, ...totp, device: { ...trusted, verifier: undefined } },
      "SOFTWARE_TOKEN_MFA",
    ],
    [
      "a remembered device where devices do not replace MFA",
      { pool: { ...withMfa, ...tracking }, ...totp, device: trusted },
      "SOFTWARE_TOKEN_MFA",
    ],
    [
      "a remembered device where devices do not replace MFA, after MFA",
      { pool: { ...withMfa, ...tracking }, ...totp, device: trusted, proved: ["password", "totp"] },
      undefined,
    ],
    [
      "a remembered device where no second factor is demanded",
      { pool: tracking, device: remembered },
      "DEVICE_SRP_AUTH",
    ],
    [
      "the same device once it has proved itself, where no second factor is demanded",
      { pool: tracking, device: remembered, proved: ["password", "device"] },
      undefined,
    ],
    [
      "a device that is not remembered, where no second factor is demanded",
      { pool: trusting, device: { ...remembered, status: "not_remembered" } },
      undefined,
    ],
    [
      "a temporary password before a device",
      { pool: tracking, device: remembered, status: "FORCE_CHANGE_PASSWORD" },
      "NEW_PASSWORD_REQUIRED",
    ],
    [
      "a device that the pool does not track",
      { pool: withMfa, ...totp, device: trusted },
      "SOFTWARE_TOKEN_MFA",
    ],
  ])("%s", async (_, given, next) => expect(await decide(given)).toBe(next));
});

describe("the step after a first factor that the user chose", () => {
  const pool = { ...OPTIONAL, ...TOTP };
  const user = { has: ["totp"], enabled: ["SOFTWARE_TOKEN_MFA"], flow: "USER_AUTH" } as const;

  it.each<Factor>(["email", "sms", "passkey"])("nothing after %s", async (factor) =>
    expect(await decide({ pool, flow: "USER_AUTH", proved: [factor] })).toBeUndefined(),
  );

  it.each<Factor>(["email", "sms", "passkey"])(
    "a refusal after %s when a second factor was activated meanwhile",
    async (factor) =>
      expect(decide({ pool, ...user, proved: [factor] })).rejects.toThrow("Incorrect username or password."),
  );

  it("a password is followed by the second factor", async () =>
    expect(await decide({ pool, ...user, proved: ["password"] })).toBe("SOFTWARE_TOKEN_MFA"));
});
