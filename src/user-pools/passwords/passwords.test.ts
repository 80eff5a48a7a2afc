import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCrypto, generatePassword } from "../../crypto/index.ts";
import { seededRandom } from "../../random.ts";
import type { PasswordRecord, UserPoolRecord, UserPoolSettings, UserRecord } from "../../storage/index.ts";
import { checkHistory, withPassword } from "./history.ts";
import { allowsPasswordless, checkPassword, isTemporaryPasswordExpired, passwordPolicyOf } from "./policy.ts";
import { makePassword, matchesPassword } from "./verifier.ts";

const random = seededRandom("passwords");
const crypto = createCrypto({ random, masterKeys: [random.bytes(32)] });
const DAY = 24 * 60 * 60 * 1000;

type Policy = NonNullable<NonNullable<UserPoolSettings["Policies"]>["PasswordPolicy"]>;
const poolWith = (PasswordPolicy?: Policy): UserPoolRecord => ({
  id: "us-east-1_AbCdEfGhI",
  name: "",
  settings: PasswordPolicy ? { Policies: { PasswordPolicy } } : {},
  createdAt: 0,
  lastModifiedAt: 0,
});
const jane: UserRecord = {
  poolId: "us-east-1_AbCdEfGhI",
  sub: "34c84488-e0e1-70ae-d2ee-991ad1a898c8",
  username: "jane",
  status: "CONFIRMED",
  enabled: true,
  attributes: {},
  signInNames: [],
  createdAt: 0,
  lastModifiedAt: 0,
};
const passwordOf = (password: string, temporary = false, now = 0): Promise<PasswordRecord> =>
  makePassword(crypto, poolWith(), "jane", password, { now, temporary });

describe("the password policy", () => {
  it("of a pool without one requires eight characters and every kind of them", () =>
    expect(passwordPolicyOf(poolWith())).toEqual({
      MinimumLength: 8,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      PasswordHistorySize: 0,
      TemporaryPasswordValidityDays: 7,
    }));

  it("requires only the kinds of characters that it names, and reads 0 days as the default", () =>
    expect(passwordPolicyOf(poolWith({ MinimumLength: 6, TemporaryPasswordValidityDays: 0 }))).toEqual({
      MinimumLength: 6,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: false,
      RequireSymbols: false,
      PasswordHistorySize: 0,
      TemporaryPasswordValidityDays: 7,
    }));

  it.each([
    ["", "Password not long enough"],
    ["Short1!", "Password not long enough"],
    ["lower-case-1", "Password must have uppercase characters"],
    ["ÄÖÜ-lower-1", "Password must have uppercase characters"],
    ["UPPER-CASE-1", "Password must have lowercase characters"],
    ["No-Numbers", "Password must have numeric characters"],
    ["NoSymbols1", "Password must have symbol characters"],
    ["NoSymbols1€", "Password must have symbol characters"],
    [" Password-1", "Password must satisfy regular expression pattern: ^\\S.*\\S$"],
    ["Password-1\t", "Password must satisfy regular expression pattern: ^\\S.*\\S$"],
  ])("rejects %j with: %s", (password, rule) =>
    expect(() => checkPassword(poolWith(), password, "other")).toThrow(
      `Password does not conform to policy: ${rule}`,
    ),
  );

  it.each([
    ["signUp", "Password did not conform with policy: Password not long enough"],
    ["adminCreateUser", "Password did not conform with password policy: Password not long enough"],
    ["other", "Password does not conform to policy: Password not long enough"],
  ] as const)("is reported for %s with the text: %s", (occasion, message) =>
    expect(() => checkPassword(poolWith(), "x", occasion)).toThrow(message),
  );

  it.each([..."^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-"])("counts %s as a symbol", (symbol) =>
    expect(() => checkPassword(poolWith(), `Password1${symbol}`, "other")).not.toThrow(),
  );

  it("counts a blank within the password as a symbol", () =>
    expect(() => checkPassword(poolWith(), "Pass word1", "other")).not.toThrow());

  it("accepts 8 to 256 characters with a minimum length of 8", () => {
    const check = (length: number) => () => checkPassword(poolWith(), "Aa1!".padEnd(length, "x"), "other");
    expect(check(7)).toThrow("Password not long enough");
    expect(check(8)).not.toThrow();
    expect(check(256)).not.toThrow();
    expect(check(257)).toThrow("Password must have length less than or equal to 256");
  });

  it("rejects exactly the passwords that break one of its rules", () => {
    const policies = fc.record({
      MinimumLength: fc.integer({ min: 6, max: 20 }),
      RequireUppercase: fc.boolean(),
      RequireLowercase: fc.boolean(),
      RequireNumbers: fc.boolean(),
      RequireSymbols: fc.boolean(),
    });
    const passwords = fc.string({ unit: fc.constantFrom(..."abAB12!-é"), maxLength: 24 });
    fc.assert(
      fc.property(policies, passwords, (policy, password) => {
        const conforms =
          password.length >= policy.MinimumLength &&
          (!policy.RequireUppercase || /[AB]/.test(password)) &&
          (!policy.RequireLowercase || /[ab]/.test(password)) &&
          (!policy.RequireNumbers || /[12]/.test(password)) &&
          (!policy.RequireSymbols || /[!-]/.test(password));
        const check = () => checkPassword(poolWith(policy), password, "other");
        if (conforms) expect(check).not.toThrow();
        else expect(check).toThrow("Password does not conform to policy: ");
      }),
    );
  });

  it("accepts every password that is generated for it", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 6, max: 99 }), (seed, MinimumLength) => {
        const pool = poolWith({ ...passwordPolicyOf(poolWith()), MinimumLength });
        const password = generatePassword(seededRandom(seed), passwordPolicyOf(pool));
        expect(() => checkPassword(pool, password, "adminCreateUser")).not.toThrow();
      }),
    );
  });
});

describe("a stored password verifier", () => {
  it("accepts the right password and rejects a wrong one", async () => {
    const user = { ...jane, password: await passwordOf("Right-1") };
    expect(await matchesPassword(crypto, poolWith(), user, "Right-1")).toBe(true);
    expect(await matchesPassword(crypto, poolWith(), user, "right-1")).toBe(false);
  });

  it("is bound to the stored username and the pool: it matches nothing with another one", async () => {
    const user = { ...jane, password: await passwordOf("Right-1") };
    expect(await matchesPassword(crypto, poolWith(), { ...user, username: "Jane" }, "Right-1")).toBe(false);
    const otherPool = { ...poolWith(), id: "us-east-1_Another" };
    expect(await matchesPassword(crypto, otherPool, user, "Right-1")).toBe(false);
  });

  it("contains neither the password nor the same bytes for the same password twice", async () => {
    const [one, two] = [await passwordOf("Right-1"), await passwordOf("Right-1")];
    expect(JSON.stringify(one)).not.toContain("Right-1");
    expect(one.saltHex).not.toBe(two.saltHex);
    expect(Buffer.from(one.verifier).equals(Buffer.from(two.verifier))).toBe(false);
  });

  it("matches no password for a user without one, or for no user", async () => {
    expect(await matchesPassword(crypto, poolWith(), jane, "Right-1")).toBe(false);
    expect(await matchesPassword(crypto, poolWith(), undefined, "Right-1")).toBe(false);
  });
});

describe("a temporary password", () => {
  it.each([
    [7 * DAY - 1, false],
    [7 * DAY, true],
  ])("is expired %i ms after it was set: %s", async (age, expired) => {
    const user = { ...jane, password: await passwordOf("Right-1", true, 1000) };
    expect(isTemporaryPasswordExpired(poolWith(), user, 1000 + age)).toBe(expired);
  });

  it("is valid for the days of the policy", async () => {
    const user = { ...jane, password: await passwordOf("Right-1", true) };
    expect(isTemporaryPasswordExpired(poolWith({ TemporaryPasswordValidityDays: 1 }), user, DAY)).toBe(true);
    expect(
      isTemporaryPasswordExpired(poolWith({ TemporaryPasswordValidityDays: 365 }), user, 364 * DAY),
    ).toBe(false);
  });

  it("is the only kind that expires", async () => {
    const user = { ...jane, password: await passwordOf("Right-1") };
    expect(isTemporaryPasswordExpired(poolWith(), user, 1000 * DAY)).toBe(false);
    expect(isTemporaryPasswordExpired(poolWith(), jane, 1000 * DAY)).toBe(false);
  });
});

describe("the password history", () => {
  const remembering = (PasswordHistorySize: number) => poolWith({ PasswordHistorySize });
  const withPasswords = async (pool: UserPoolRecord, ...passwords: [string, boolean?][]) => {
    let user = jane;
    for (const [password, temporary] of passwords) {
      user = withPassword(pool, user, await passwordOf(password, temporary));
    }
    return user;
  };
  const isRefused = (pool: UserPoolRecord, user: UserRecord, password: string) =>
    checkHistory(crypto, pool, user, password).then(
      () => false,
      (error: unknown) => {
        expect(error).toMatchObject({
          code: "PasswordHistoryPolicyViolationException",
          message: "Password has previously been used",
        });
        return true;
      },
    );

  it("stores and rejects nothing in a pool without a history", async () => {
    const user = await withPasswords(remembering(0), ["one"], ["two"]);
    expect(user.passwordHistory).toBeUndefined();
    expect(await isRefused(remembering(0), user, "two")).toBe(false);
  });

  it("rejects the last passwords, including the present one, and no earlier ones", async () => {
    const pool = remembering(2);
    const user = await withPasswords(pool, ["one"], ["two"], ["three"]);
    expect(await isRefused(pool, user, "three")).toBe(true);
    expect(await isRefused(pool, user, "two")).toBe(true);
    expect(await isRefused(pool, user, "one")).toBe(false);
  });

  it("does not contain temporary passwords", async () => {
    const pool = remembering(2);
    const user = await withPasswords(pool, ["one"], ["two"], ["temporary", true]);
    expect(await isRefused(pool, user, "temporary")).toBe(false);
    expect(await isRefused(pool, user, "one")).toBe(true);
    const later = await withPasswords(pool, ["one"], ["temporary", true], ["two"]);
    expect(await isRefused(pool, later, "one")).toBe(true);
    expect(await isRefused(pool, later, "temporary")).toBe(false);
  });

  it("does not grow beyond the policy's size", async () => {
    const user = await withPasswords(remembering(2), ["1"], ["2"], ["3"], ["4"], ["5"]);
    expect(user.passwordHistory).toHaveLength(2);
  });
});

describe("creating a user without a password", () => {
  const poolOf = (...AllowedFirstAuthFactors: ("PASSWORD" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN")[]) => ({
    ...poolWith(),
    settings: { Policies: { SignInPolicy: { AllowedFirstAuthFactors } } },
  });
  it("is allowed if a code can be sent instead", () => {
    expect(allowsPasswordless(poolOf("PASSWORD", "EMAIL_OTP"))).toBe(true);
    expect(allowsPasswordless(poolOf("PASSWORD", "SMS_OTP"))).toBe(true);
    expect(allowsPasswordless(poolOf("PASSWORD", "WEB_AUTHN"))).toBe(false);
    expect(allowsPasswordless(poolOf("PASSWORD"))).toBe(false);
    expect(allowsPasswordless(poolWith())).toBe(false);
  });
});
