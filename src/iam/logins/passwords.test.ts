import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Overloaded } from "../../crypto/index.ts";
import { PasswordPolicyViolationException } from "../errors.ts";
import { ensureBootstrap } from "../principals/index.ts";
import { openTestIam, type TestIam } from "../testing.ts";
import { checkNewPassword, type PasswordPolicy } from "./password-policy.ts";
import {
  changeOwnPassword,
  hashPassword,
  PASSWORD_HASH_COST,
  passwordState,
  verifyLogin,
} from "./passwords.ts";
import { createPeople } from "./people.ts";

describe("console sign-in", () => {
  const password = "Correct horse 1";
  const request = { isSecure: true, sourceIp: "192.0.2.7", region: "us-east-1" };
  let iam: TestIam;
  beforeAll(async () => {
    iam = await openTestIam(Date.UTC(2026, 0, 15));
    await ensureBootstrap(iam);
    const passwordHash = await hashPassword(password, iam);
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (user) => ({
        ...user,
        login: { passwordHash, createdAt: 0, passwordResetRequired: false },
      })),
    );
  });
  beforeEach(() =>
    iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (user) => ({
        ...user,
        attachedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      })),
    ),
  );
  afterAll(() => iam.close());

  it("accepts only the correct password", async () => {
    expect((await verifyLogin("cognate", password, iam))?.name).toBe("cognate");
    expect(await verifyLogin("cognate", "correct horse 1", iam)).toBeUndefined();
    expect(await verifyLogin("nobody", password, iam)).toBeUndefined();
  });

  it("stores a hash that contains its cost and a salt of its own", async () => {
    const environment = { ...iam, passwordHashCost: PASSWORD_HASH_COST };
    const hash = await hashPassword(password, environment);
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(await hashPassword(password, environment)).not.toBe(hash);
  });

  it("rejects a third check immediately while two are running", async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 10 }, () => verifyLogin("cognate", password, iam)),
    );
    const refusals = attempts.filter(({ status }) => status === "rejected");
    expect(refusals).toHaveLength(8);
    expect(refusals[0]).toMatchObject({ reason: expect.any(Overloaded) });
    expect((await verifyLogin("cognate", password, iam))?.name).toBe("cognate");
  });

  it("rejects a password change after 20 wrong old passwords within an hour", async () => {
    // The kept hash names its own cost, so that this one takes no time.
    const cheap = `scrypt$1024$8$1$${"A".repeat(22)}==$${"A".repeat(43)}=`;
    const withHash = (passwordHash: string) =>
      iam.directory.change(({ users }) =>
        users.update(iam.accountId, "cognate", (user) => ({
          ...user,
          login: { passwordHash, createdAt: 0, passwordResetRequired: false },
        })),
      );
    const before = (await iam.store.iam.users.get(iam.accountId, "cognate"))?.login?.passwordHash ?? "";
    await withHash(cheap);
    const change = () => changeOwnPassword("cognate", "Wrong horse 1", "Another horse 1", iam);
    for (let attempt = 0; attempt < 10; attempt++) {
      const both = await Promise.allSettled([change(), change()]);
      for (const one of both)
        expect(String(one.status === "rejected" && one.reason)).toMatch(/The old password was incorrect/);
    }
    await expect(change()).rejects.toThrow("Rate exceeded");
    iam.clock.advance(-2 * 60 * 60_000);
    await expect(change()).rejects.toThrow("Rate exceeded");
    iam.clock.advance(2 * 60 * 60_000);
    iam.clock.advance(60 * 60_000);
    await expect(change()).rejects.toThrow("The old password was incorrect.");
    await withHash(before);
  });

  describe("when old passwords are given at once", () => {
    let uniqueId: string;
    const now = () => iam.clock.now();
    const change = () => changeOwnPassword("cognate", "Wrong horse 1", "Another horse 1", iam);
    const reasons = async (count: number) =>
      (await Promise.allSettled(Array.from({ length: count }, change))).map(
        (one) => one.status === "rejected" && String(one.reason.message),
      );
    beforeEach(async () => {
      uniqueId = (await iam.store.iam.users.get(iam.accountId, "cognate"))?.uniqueId ?? "";
      await iam.oldPasswordLimit.succeeded(uniqueId);
    });
    afterEach(() => iam.oldPasswordLimit.succeeded(uniqueId));

    it("checks no more of them than may still be wrong", async () => {
      for (let attempt = 0; attempt < 19; attempt++) await iam.oldPasswordLimit.take(uniqueId, now());
      const both = ["Rate exceeded", "The old password was incorrect."];
      expect((await reasons(2)).toSorted()).toEqual(both);
    });

    it("does not count one that cannot be checked, because too many are being checked", async () => {
      expect(await reasons(3)).toContain("Too many passwords are being checked.");
      for (let attempt = 2; attempt < 20; attempt++)
        expect(await iam.oldPasswordLimit.take(uniqueId, now())).toBe(true);
      expect(await iam.oldPasswordLimit.take(uniqueId, now())).toBe(false);
    });
  });

  it("ends with the credential that started it", async () => {
    const people = createPeople(iam);
    const byPassword = await people.verifyPassword("cognate", password);
    const { accessKey } = await ensureBootstrap(iam);
    const { id = "", secret = "" } = accessKey ?? {};
    const byKey = await people.verifyAccessKey(id, secret);
    if (!byPassword || !byKey) throw new Error("The password or the key was refused.");
    const { person } = byPassword;
    expect(byKey.person).toEqual(person);
    expect(await people.verifyAccessKey(id, `${secret}x`)).toBeUndefined();
    expect(await people.verifyAccessKey("AKIANOBODY", "")).toBeUndefined();
    expect(await people.isStillValid(person, byPassword.proof)).toBe(true);
    expect(await people.isStillValid(person, byKey.proof)).toBe(true);

    await iam.directory.change(async ({ users, accessKeys }) => {
      await users.update(iam.accountId, "cognate", (user) => ({ ...user, login: undefined }));
      await accessKeys.update(id, (key) => ({ ...key, status: "Inactive" }));
    });
    expect(await people.isStillValid(person, byPassword.proof)).toBe(false);
    expect(await people.isStillValid(person, byKey.proof)).toBe(false);
    expect(await people.isStillValid({ ...person, userId: "AIDAOTHER" }, byPassword.proof)).toBe(false);
  });

  it("ends when the password is replaced, even by the same password", async () => {
    const people = createPeople(iam);
    const setPassword = async () => {
      const passwordHash = await hashPassword(password, iam);
      const login = { passwordHash, createdAt: 0, passwordResetRequired: false };
      await iam.directory.change(({ users }) =>
        users.update(iam.accountId, "cognate", (user) => ({ ...user, login })),
      );
    };
    await setPassword();
    const signedIn = await people.verifyPassword("cognate", password);
    if (!signedIn) throw new Error("The password was refused.");
    expect(await people.isStillValid(signedIn.person, signedIn.proof)).toBe(true);
    expect(JSON.stringify(signedIn.proof)).not.toContain("scrypt");
    await setPassword();
    expect(await people.isStillValid(signedIn.person, signedIn.proof)).toBe(false);
  });

  it("lets a user change a password that must be changed, and ends the sessions of the old one", async () => {
    const people = createPeople(iam);
    const passwordHash = await hashPassword(password, iam);
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (user) => ({
        ...user,
        login: { passwordHash, createdAt: 0, passwordResetRequired: true },
      })),
    );
    const first = await people.verifyPassword("cognate", password);
    if (!first) throw new Error("The password was refused.");
    expect(first.mustChangePassword).toBe(true);
    const { person, proof } = await people.changePassword(
      first.person,
      { before: password, after: "Another horse 2" },
      request,
    );
    expect(await people.isStillValid(first.person, first.proof)).toBe(false);
    expect(await people.isStillValid(person, proof)).toBe(true);
    expect(await people.verifyPassword("cognate", "Another horse 2")).toMatchObject({
      mustChangePassword: false,
    });
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (user) => ({ ...user, attachedPolicyArns: [] })),
    );
    await expect(
      people.changePassword(person, { before: "Another horse 2", after: password }, request),
    ).rejects.toThrow("is not authorized to perform: iam:ChangePassword");
  });

  it("reports a denied action in AWS's text", async () => {
    const people = createPeople(iam);
    const person = await people.localAdministrator();
    expect(await people.refusalOf(person, "cognate:ReadInbox", "*", request)).toBeUndefined();
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (user) => ({ ...user, attachedPolicyArns: [] })),
    );
    expect(await people.refusalOf(person, "cognate:ReadInbox", "*", request)).toBe(
      "User: arn:aws:iam::123456789012:user/cognate is not authorized to perform: cognate:ReadInbox on resource: * because no identity-based policy allows the cognate:ReadInbox action",
    );
  });
});

describe("console passwords", () => {
  const fault = (password: string, policy?: PasswordPolicy) => {
    try {
      checkNewPassword(password, policy);
      return undefined;
    } catch (error) {
      expect(error).toBeInstanceOf(PasswordPolicyViolationException);
      return (error as Error).message;
    }
  };

  it.each(["Abcdefg1", "abcdef1!", "ABCDEF1!", "Abcdefg!"])("accepts %s", (password) =>
    expect(fault(password)).toBeUndefined(),
  );

  it.each([
    ["Abcde1!", "Password should have a minimum length of 8"],
    [
      "abcdefg1",
      "Password should meet 1 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one symbol",
    ],
    [
      "12345678",
      "Password should meet 2 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one lowercase letter, Password should have at least one symbol",
    ],
  ])("rejects %s: %s", (password, message) => expect(fault(password)).toBe(message));

  it("follow the account's password policy, which can be weaker or stronger than the default", () => {
    expect(fault("abcdef", { MinimumPasswordLength: 6 })).toBeUndefined();
    const strict = { MinimumPasswordLength: 10, RequireUppercaseCharacters: true, RequireSymbols: true };
    expect(fault("Abcdefgh1", strict)).toBe("Password should have a minimum length of 10");
    expect(fault("abcdefgh12", strict)).toBe(
      "Password should have at least one uppercase letter, Password should have at least one symbol",
    );
    expect(fault("Abcdefgh1!", strict)).toBeUndefined();
  });

  const DAY = 24 * 60 * 60 * 1000;
  const login = { passwordHash: "", createdAt: 0, passwordResetRequired: false };
  const policy = { MinimumPasswordLength: 8, MaxPasswordAge: 90 };
  it.each([
    ["does not expire without MaxPasswordAge", login, undefined, 1000 * DAY, "good"],
    ["is valid on its last day", login, policy, 90 * DAY, "good"],
    ["must be changed after its last day", login, policy, 90 * DAY + 1, "mustChange"],
    [
      "has expired after its last day with HardExpiry",
      login,
      { ...policy, HardExpiry: true },
      91 * DAY,
      "expired",
    ],
    ["is as old as its last change", { ...login, changedAt: 50 * DAY }, policy, 91 * DAY, "good"],
    [
      "must be changed when PasswordResetRequired is set",
      { ...login, passwordResetRequired: true },
      undefined,
      0,
      "mustChange",
    ],
  ] as const)("include one that %s", (_title, record, rules, now, state) =>
    expect(passwordState(record, rules, now)).toBe(state),
  );
});
