/**
 * Passwords of IAM users for the web console, kept as scrypt hashes.
 */
import { type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import type { Random } from "../random.ts";
import type { IamUserRecord, Store } from "../storage/index.ts";
import { NoSuchEntityException, PasswordPolicyViolationException } from "./errors.ts";

/** One of the settings of equal strength in OWASP's Password Storage Cheat Sheet; this one takes 32 MiB at a time. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** What IAM asks of passwords in an account without a password policy of its own. */
const MIN_PASSWORD_LENGTH = 8;
const CLASSES = [/[A-Z]/, /[a-z]/, /[0-9]/, /[!@#$%^&*()_+\-=[\]{}|']/];

function derive(password: string, salt: Uint8Array, cost: typeof COST): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, HASH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** Hashes a password. @returns `scrypt$N$r$p$salt$hash`, from which it can be checked when the cost has changed since */
export async function hashPassword(password: string, random: Random): Promise<string> {
  const salt = random.bytes(SALT_BYTES);
  const { N, r, p } = COST;
  const hash = await derive(password, salt, COST);
  return ["scrypt", N, r, p, Buffer.from(salt).toString("base64"), hash.toString("base64")].join("$");
}

/** Whether a password is the hashed one. */
export async function isLoginPassword(password: string, hashed: string): Promise<boolean> {
  const [, N, r, p, salt = "", hash = ""] = hashed.split("$");
  const wanted = Buffer.from(hash, "base64");
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, "base64"), cost), wanted);
}

/** No password has this hash; checking it costs what checking any does. */
const NOBODYS_HASH = `scrypt$${COST.N}$${COST.r}$${COST.p}$${"A".repeat(22)}==$${"A".repeat(43)}=`;

/**
 * Checks an IAM user's password for the console.
 *
 * @returns the user; undefined when the user, the login profile or the password is wrong, after the same work
 */
export async function verifyLogin(
  userName: string,
  password: string,
  { store, accountId }: { readonly store: Store; readonly accountId: string },
): Promise<IamUserRecord | undefined> {
  const user = await store.iam.users.get(accountId, userName);
  const isRight = await isLoginPassword(password, user?.login?.passwordHash ?? NOBODYS_HASH);
  return isRight && user?.login ? user : undefined;
}

/**
 * Holds a password against IAM's default policy: eight characters, and three of the four kinds of them.
 *
 * @see IAM User Guide, "Set an account password policy for IAM users"
 * @throws PasswordPolicyViolationException
 */
export function checkLoginPassword(password: string): void {
  if (password.length < MIN_PASSWORD_LENGTH) {
    throw new PasswordPolicyViolationException(
      `Password should have a minimum length of ${MIN_PASSWORD_LENGTH}`,
    );
  }
  if (CLASSES.filter((characters) => characters.test(password)).length < 3) {
    throw new PasswordPolicyViolationException(
      "Password should include a minimum of three of the following mix of character types: uppercase, lowercase, numbers, and non-alphanumeric characters",
    );
  }
}

export function noSuchLoginProfile(userName: string): NoSuchEntityException {
  return new NoSuchEntityException(`Login Profile for User ${userName} cannot be found.`);
}
