import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../random.ts";
import { ensureBootstrap } from "./bootstrap.ts";
import { PasswordPolicyViolationException } from "./errors.ts";
import { checkLoginPassword, hashPassword, verifyLogin } from "./login.ts";
import { createPeople } from "./people.ts";
import { openTestIam, type TestIam } from "./testing.ts";

describe("signing in to the console", () => {
  const password = "Correct horse 1";
  let iam: TestIam;
  beforeAll(async () => {
    iam = await openTestIam(Date.UTC(2026, 0, 15));
    await ensureBootstrap(iam);
    const passwordHash = await hashPassword(password, iam.random);
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (user) => ({
        ...user,
        login: { passwordHash, createdAt: 0, passwordResetRequired: false },
      })),
    );
  });
  afterAll(() => iam.close());

  it("takes the right password and no other", async () => {
    expect((await verifyLogin("cognate", password, iam))?.name).toBe("cognate");
    expect(await verifyLogin("cognate", "correct horse 1", iam)).toBeUndefined();
    expect(await verifyLogin("nobody", password, iam)).toBeUndefined();
  });

  it("keeps a hash that tells its own cost, another for each user", async () => {
    const random = seededRandom("a");
    const hash = await hashPassword(password, random);
    expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
    expect(await hashPassword(password, random)).not.toBe(hash);
  });

  it("lasts as long as what it began with", async () => {
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

  it("ends with the password, be the next one the same", async () => {
    const people = createPeople(iam);
    const setPassword = async () => {
      const passwordHash = await hashPassword(password, iam.random);
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

  it("tells a person what they may not do, in AWS's words", async () => {
    const people = createPeople(iam);
    const person = await people.localAdministrator();
    expect(await people.refusalOf(person, "cognate:ReadInbox", "*")).toBeUndefined();
    await iam.directory.change(({ users }) =>
      users.update(iam.accountId, "cognate", (user) => ({ ...user, attachedPolicyArns: [] })),
    );
    expect(await people.refusalOf(person, "cognate:ReadInbox", "*")).toBe(
      "User: arn:aws:iam::123456789012:user/cognate is not authorized to perform: cognate:ReadInbox on resource: * because no identity-based policy allows the cognate:ReadInbox action",
    );
  });
});

describe("passwords for the console", () => {
  it.each(["Abcdefg1", "abcdef1!", "ABCDEF1!", "Abcdefg!"])("%s will do", (password) =>
    expect(() => checkLoginPassword(password)).not.toThrow(),
  );

  it.each(["Abcde1!", "abcdefgh", "abcdefg1", "12345678"])("%s will not", (password) =>
    expect(() => checkLoginPassword(password)).toThrow(PasswordPolicyViolationException),
  );
});
