import { describe, expect, it } from "vitest";
import type {
  DeviceRecord,
  MfaFactor,
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
    ...(has.includes("totp") && { totp: { secret: "SECRET" } }),
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
  // The rule reads nothing of the store but devices. The pool's function lets every user in.
  const context = { store: { devices }, triggers: { invoke: async () => ({ issueTokens: true }) } };
  return decideNext(attemptOf(given), context as unknown as SignInContext);
}

const ON = { MfaConfiguration: "ON" } as const;
const OPTIONAL = { MfaConfiguration: "OPTIONAL" } as const;

describe("the step after the proof of a password", () => {
  it.each<[string, string, Case]>([
    ["NEW_PASSWORD_REQUIRED", "a temporary password", { status: "FORCE_CHANGE_PASSWORD" }],
    [
      "NEW_PASSWORD_REQUIRED",
      "a temporary password, in a pool with MFA",
      { pool: { ...ON, ...TOTP }, status: "FORCE_CHANGE_PASSWORD" },
    ],
    ["none", "a pool without MFA", {}],
    [
      "none",
      "a pool with MFA off, where the user still has factors",
      {
        pool: { MfaConfiguration: "OFF", ...SMS },
        has: ["phone"],
        enabled: ["SMS_MFA"],
        preferred: "SMS_MFA",
      },
    ],
    ["none", "MFA optional, no factor activated", { pool: { ...OPTIONAL, ...SMS }, has: ["phone"] }],
    [
      "SOFTWARE_TOKEN_MFA",
      "MFA optional, TOTP activated",
      { pool: { ...OPTIONAL, ...TOTP }, has: ["totp"], enabled: ["SOFTWARE_TOKEN_MFA"] },
    ],
    [
      "none",
      "MFA optional, a factor activated that the pool no longer has",
      { pool: { ...OPTIONAL, ...SMS }, has: ["totp"], enabled: ["SOFTWARE_TOKEN_MFA"] },
    ],
    [
      "SELECT_MFA_TYPE",
      "MFA optional, two activated, none preferred",
      {
        pool: { ...OPTIONAL, ...TOTP, ...SMS },
        has: ["totp", "phone"],
        enabled: ["SOFTWARE_TOKEN_MFA", "SMS_MFA"],
      },
    ],
    [
      "SMS_MFA",
      "MFA optional, two activated, one preferred",
      {
        pool: { ...OPTIONAL, ...TOTP, ...SMS },
        has: ["totp", "phone"],
        enabled: ["SOFTWARE_TOKEN_MFA", "SMS_MFA"],
        preferred: "SMS_MFA",
      },
    ],
    ["MFA_SETUP", "SMS and TOTP, no phone number", { pool: { ...ON, ...SMS, ...TOTP } }],
    ["SMS_MFA", "SMS and TOTP, a phone number", { pool: { ...ON, ...SMS, ...TOTP }, has: ["phone"] }],
    ["MFA_SETUP", "SMS alone, no phone number", { pool: { ...ON, ...SMS } }],
    [
      "EMAIL_OTP",
      "e-mail and TOTP, an e-mail address",
      { pool: { ...ON, ...EMAIL, ...TOTP, ...byAdministrator }, has: ["email"] },
    ],
    [
      "EMAIL_OTP",
      "e-mail and SMS, only an e-mail address",
      { pool: { ...ON, ...EMAIL, ...SMS, ...byAdministrator }, has: ["email"] },
    ],
    [
      "SELECT_MFA_TYPE",
      "e-mail and SMS, both addresses",
      { pool: { ...ON, ...EMAIL, ...SMS, ...byAdministrator }, has: ["email", "phone"] },
    ],
    [
      "SMS_MFA",
      "e-mail and SMS, both addresses, recovery by e-mail",
      { pool: { ...ON, ...EMAIL, ...SMS, ...recoveryBy("verified_email") }, has: ["email", "phone"] },
    ],
    [
      "EMAIL_OTP",
      "e-mail and SMS, both addresses, recovery by phone before e-mail",
      {
        pool: { ...ON, ...EMAIL, ...SMS, ...recoveryBy("verified_phone_number", "verified_email") },
        has: ["email", "phone"],
      },
    ],
    [
      "MFA_SETUP",
      "SMS and TOTP, a phone number that is for recovery",
      { pool: { ...ON, ...SMS, ...TOTP, ...recoveryBy("verified_phone_number") }, has: ["phone"] },
    ],
    ["MFA_SETUP", "all three, no attributes", { pool: { ...ON, ...EMAIL, ...SMS, ...TOTP } }],
    [
      "SELECT_MFA_TYPE",
      "TOTP registered, a phone number, none preferred",
      { pool: { ...ON, ...SMS, ...TOTP }, has: ["phone", "totp"], enabled: ["SMS_MFA"] },
    ],
    [
      "SELECT_MFA_TYPE",
      "TOTP registered, an e-mail address, none preferred",
      {
        pool: { ...ON, ...EMAIL, ...TOTP, ...byAdministrator },
        has: ["email", "totp"],
        enabled: ["EMAIL_OTP"],
      },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "TOTP registered, an e-mail address that is for recovery",
      { pool: { ...ON, ...EMAIL, ...TOTP, ...recoveryBy("verified_email") }, has: ["email", "totp"] },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "TOTP registered, a phone number, TOTP preferred",
      {
        pool: { ...ON, ...SMS, ...TOTP },
        has: ["phone", "totp"],
        enabled: ["SOFTWARE_TOKEN_MFA"],
        preferred: "SOFTWARE_TOKEN_MFA",
      },
    ],
    ["SOFTWARE_TOKEN_MFA", "TOTP registered, no other", { pool: { ...ON, ...SMS, ...TOTP }, has: ["totp"] }],
  ])("is %s for %s", async (challenge, _, given) => expect((await decide(given)) ?? "none").toBe(challenge));

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

  it.each<Factor>(["sms", "email", "totp"])("is none after %s", async (factor) =>
    expect(await decide({ pool, has: ["totp"], proved: ["password", factor] })).toBeUndefined(),
  );

  it("is a second factor if only a device was proved", async () =>
    expect(await decide({ pool, has: ["totp"], proved: ["password", "device"] })).toBe("SOFTWARE_TOKEN_MFA"));

  it("is a second factor after a new password", async () =>
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

  it.each<[string, string, Case]>([
    [
      "DEVICE_SRP_AUTH",
      "a remembered device with a second factor proved on it, where devices replace MFA",
      { pool: { ...withMfa, ...trusting }, ...totp, device: trusted },
    ],
    [
      "none",
      "the same device once it has proved itself",
      { pool: { ...withMfa, ...trusting }, ...totp, device: trusted, proved: ["password", "device"] },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "a device from before the user had a second factor",
      { pool: { ...withMfa, ...trusting }, ...totp, device: remembered },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "a device from before the user had a second factor, that has proved itself",
      { pool: { ...withMfa, ...trusting }, ...totp, device: remembered, proved: ["password", "device"] },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "a device that is not remembered",
      { pool: { ...withMfa, ...trusting }, ...totp, device: { ...trusted, status: "not_remembered" } },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "a device without a verifier",
      { pool: { ...withMfa, ...trusting }, ...totp, device: { ...trusted, verifier: undefined } },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "a remembered device where devices do not replace MFA",
      { pool: { ...withMfa, ...tracking }, ...totp, device: trusted },
    ],
    [
      "none",
      "a remembered device where devices do not replace MFA, after MFA",
      { pool: { ...withMfa, ...tracking }, ...totp, device: trusted, proved: ["password", "totp"] },
    ],
    [
      "DEVICE_SRP_AUTH",
      "a remembered device where no second factor is demanded",
      { pool: tracking, device: remembered },
    ],
    [
      "none",
      "the same device once it has proved itself, where no second factor is demanded",
      { pool: tracking, device: remembered, proved: ["password", "device"] },
    ],
    [
      "none",
      "a device that is not remembered, where no second factor is demanded",
      { pool: trusting, device: { ...remembered, status: "not_remembered" } },
    ],
    [
      "NEW_PASSWORD_REQUIRED",
      "a temporary password before a device",
      { pool: tracking, device: remembered, status: "FORCE_CHANGE_PASSWORD" },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "a device that the pool does not track",
      { pool: withMfa, ...totp, device: trusted },
    ],
  ])("is %s for %s", async (challenge, _, given) => expect((await decide(given)) ?? "none").toBe(challenge));
});

describe("the step after the last round of a custom sign-in, or after a password that is enough for it", () => {
  const trusting = { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } };
  const remembered = {
    status: "remembered",
    verifier: { saltHex: "00", verifier: Buffer.alloc(1) },
  } as const;
  const totp = { has: ["totp"], enabled: ["SOFTWARE_TOKEN_MFA"] } as const;
  const withMfa = { ...OPTIONAL, ...TOTP, ...trusting };

  it.each<[string, string, Case]>([
    ["none", "no device that the client names", { pool: trusting, proved: ["custom"] }],
    ["DEVICE_SRP_AUTH", "a remembered device", { pool: trusting, device: remembered, proved: ["custom"] }],
    [
      "none",
      "a device that has proved itself",
      { pool: trusting, device: remembered, proved: ["custom", "device"] },
    ],
    [
      "none",
      "a device that is not remembered",
      { pool: trusting, device: { ...remembered, status: "not_remembered" }, proved: ["custom"] },
    ],
    [
      "none",
      "a remembered device after a second factor",
      { pool: withMfa, ...totp, device: remembered, proved: ["password", "totp", "custom"] },
    ],
    [
      "DEVICE_SRP_AUTH",
      "a password and a device in place of the second factor",
      {
        pool: withMfa,
        ...totp,
        device: { ...remembered, hasProvedMfa: true },
        proved: ["password", "custom"],
      },
    ],
    [
      "DEVICE_SRP_AUTH",
      "a password without rounds, and a device in place of the second factor",
      { pool: withMfa, ...totp, device: { ...remembered, hasProvedMfa: true }, proved: ["password"] },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "a password without rounds, and a device that does not replace the second factor",
      { pool: withMfa, ...totp, device: remembered, proved: ["password"] },
    ],
    [
      "SOFTWARE_TOKEN_MFA",
      "a password and another device than the one that replaced the second factor",
      { pool: withMfa, ...totp, device: remembered, proved: ["password", "custom"] },
    ],
  ])("is %s for %s", async (challenge, _, given) =>
    expect((await decide({ flow: "CUSTOM_AUTH", ...given })) ?? "none").toBe(challenge),
  );
});

describe("the step after a first factor that the user chose", () => {
  const pool = { ...OPTIONAL, ...TOTP };
  const user = { has: ["totp"], enabled: ["SOFTWARE_TOKEN_MFA"], flow: "USER_AUTH" } as const;

  it.each<Factor>(["email", "sms", "passkey"])("is none after %s", async (factor) =>
    expect(await decide({ pool, flow: "USER_AUTH", proved: [factor] })).toBeUndefined(),
  );

  it.each<Factor>(["email", "sms", "passkey"])(
    "is a rejection after %s if a second factor was activated meanwhile",
    async (factor) =>
      expect(decide({ pool, ...user, proved: [factor] })).rejects.toThrow("Incorrect username or password."),
  );

  it("is the second factor after a password", async () =>
    expect(await decide({ pool, ...user, proved: ["password"] })).toBe("SOFTWARE_TOKEN_MFA"));
});
