/**
 * Passwords of IAM users for the web console, kept as scrypt hashes.
 */
import { timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Clock } from "../../clock.ts";
import { type ScryptCost, scryptInThread } from "../../crypto/index.ts";
import type { Random } from "../../random.ts";
import type { IamLoginRecord, IamUserRecord, Store } from "../../storage/index.ts";
import {
  AccessDenied,
  NoSuchEntityException,
  PasswordPolicyViolationException,
  Throttling,
} from "../errors.ts";
import type { PrincipalDirectory } from "../principals/index.ts";
import { noSuchUser, requireUser } from "../principals/index.ts";
import { checkNewPassword, type PasswordPolicy, passwordPolicyOf } from "./password-policy.ts";

/** One of the settings of equal strength in OWASP's Password Storage Cheat Sheet; this one takes 32 MiB at a time. */
export const PASSWORD_HASH_COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
/** Wrong old passwords that ChangePassword accepts from a user within the time below, before it answers Throttling. */
const MAX_WRONG_OLD_PASSWORDS = 20;
const WRONG_OLD_PASSWORDS_MILLISECONDS = 60 * 60_000;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Hashes a password. @returns `scrypt$N$r$p$salt$hash`, so that it can still be checked after the cost has changed */
export async function hashPassword(
  password: string,
  { random, passwordHashCost }: { readonly random: Random; readonly passwordHashCost: ScryptCost },
): Promise<string> {
  const salt = random.bytes(SALT_BYTES);
  const { N, r, p } = passwordHashCost;
  const hash = await scryptInThread(password, salt, HASH_BYTES, passwordHashCost);
  return ["scrypt", N, r, p, Buffer.from(salt).toString("base64"), hash.toString("base64")].join("$");
}

/** Whether a password is the hashed one. */
export async function isLoginPassword(password: string, hashed: string): Promise<boolean> {
  const [, N, r, p, salt = "", hash = ""] = hashed.split("$");
  const wanted = Buffer.from(hash, "base64");
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return timingSafeEqual(
    await scryptInThread(password, Buffer.from(salt, "base64"), HASH_BYTES, cost),
    wanted,
  );
}

/** No password has this hash. Checking it takes as long as checking any other. */
const NOBODYS_HASH = `scrypt$${Object.values(PASSWORD_HASH_COST).join("$")}$${"A".repeat(22)}==$${"A".repeat(43)}=`;

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
  const hashed = user?.login?.passwordHash ?? NOBODYS_HASH;
  const isRight = await isLoginPassword(password, hashed);
  return isRight && user?.login ? user : undefined;
}

/** The ports that a password change uses. */
interface LoginEnvironment {
  readonly store: Store;
  readonly directory: PrincipalDirectory;
  readonly accountId: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly passwordHashCost: ScryptCost;
  readonly oldPasswordLimit: OldPasswordLimit;
}

interface Failures {
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** Counts wrong old passwords by the unique id of the user. Each node counts its own, and all its processes together. */
export function createOldPasswordLimit() {
  const failures = new LRUCache<string, Failures>({ max: 10_000 });
  function recent(uniqueId: string, now: number): Failures {
    const last = failures.get(uniqueId);
    // A time ahead of the clock counts as now: a clock that was set back must not allow new attempts.
    const since = Math.min(last?.since ?? now, now);
    const isRecent = last !== undefined && now - since < WRONG_OLD_PASSWORDS_MILLISECONDS;
    return isRecent ? { count: last.count, since } : { count: 0, since: now };
  }
  return {
    /**
     * Counts an attempt as failed, before the password is checked, so that parallel attempts cannot all be tried.
     *
     * @returns whether the password may be checked; if not, nothing is counted
     */
    take(uniqueId: string, now: number): boolean {
      const { count, since } = recent(uniqueId, now);
      if (count >= MAX_WRONG_OLD_PASSWORDS) return false;
      failures.set(uniqueId, { count: count + 1, since });
      return true;
    },
    /** Takes back a failure that was counted before the check, which then could not be made. */
    notTried(uniqueId: string): void {
      const known = failures.get(uniqueId);
      if (known !== undefined) failures.set(uniqueId, { ...known, count: known.count - 1 });
    },
    succeeded(uniqueId: string): void {
      failures.delete(uniqueId);
    },
  };
}

/** The same where another process counts. */
export interface OldPasswordLimit {
  take(uniqueId: string, now: number): boolean | Promise<boolean>;
  notTried(uniqueId: string): void | Promise<void>;
  succeeded(uniqueId: string): void | Promise<void>;
}

/**
 * Changes a user's own console password. The caller of this function has checked the permission.
 *
 * The messages are those of an IAM-compatible service; AWS documents none.
 *
 * @throws NoSuchEntityException the user has no password
 * @throws AccessDenied the old password is wrong
 * @throws PasswordPolicyViolationException the new one violates the policy, or was used before
 * @throws Throttling too many wrong old passwords were given
 */
export async function changeOwnPassword(
  userName: string,
  oldPassword: string,
  newPassword: string,
  environment: LoginEnvironment,
): Promise<void> {
  const { store, directory, accountId, clock, oldPasswordLimit } = environment;
  const { login, uniqueId } = await requireUser(store.iam, accountId, userName);
  if (!login) throw noSuchLoginProfile(userName);
  if (!(await oldPasswordLimit.take(uniqueId, clock.now()))) throw new Throttling("Rate exceeded");
  const isRight = await isLoginPassword(oldPassword, login.passwordHash).catch(async (error: unknown) => {
    await oldPasswordLimit.notTried(uniqueId);
    throw error;
  });
  if (!isRight) throw wrongOldPassword();
  await oldPasswordLimit.succeeded(uniqueId);
  const policy = await passwordPolicyOf(environment);
  checkNewPassword(newPassword, policy);

  // The current password counts as one of those that may not be reused.
  const remembered = (policy?.PasswordReusePrevention ?? 1) - 1;
  const earlier = [login.passwordHash, ...(login.earlierPasswordHashes ?? [])].slice(0, remembered + 1);
  for (const hash of earlier) {
    if (await isLoginPassword(newPassword, hash)) {
      throw new PasswordPolicyViolationException(
        "Policy constraint violation with password reuse prevention during password change.",
      );
    }
  }
  const passwordHash = await hashPassword(newPassword, environment);
  await directory.change(async (iam) => {
    const updated = await iam.users.update(accountId, userName, (user) => {
      // A concurrent request has changed it, so the given old password is no longer valid.
      if (user.login?.passwordHash !== login.passwordHash) throw wrongOldPassword();
      return {
        ...user,
        login: {
          passwordHash,
          createdAt: login.createdAt,
          changedAt: clock.now(),
          passwordResetRequired: false,
          earlierPasswordHashes: earlier.slice(0, remembered),
        },
      };
    });
    if (!updated) throw noSuchUser(userName);
  });
}

function wrongOldPassword(): AccessDenied {
  return new AccessDenied("The old password was incorrect.");
}

/** Whether a password has to be replaced before the user can sign in, and whether the user may replace it. */
type PasswordState = "good" | "mustChange" | "expired";

/**
 * @param policy of the account's own, if it has one
 * @param now milliseconds since the epoch
 */
export function passwordState(
  { passwordResetRequired, changedAt, createdAt }: IamLoginRecord,
  policy: PasswordPolicy | undefined,
  now: number,
): PasswordState {
  const { MaxPasswordAge: days = Number.POSITIVE_INFINITY, HardExpiry = false } = policy ?? {};
  const hasExpired = now - (changedAt ?? createdAt) > days * 24 * 60 * 60 * 1000;
  if (hasExpired && HardExpiry) return "expired";
  return hasExpired || passwordResetRequired ? "mustChange" : "good";
}

export function noPasswordPolicy(accountId: string): NoSuchEntityException {
  return new NoSuchEntityException(`The Password Policy with domain name ${accountId} cannot be found.`);
}

export function noSuchLoginProfile(userName: string): NoSuchEntityException {
  return new NoSuchEntityException(`Login Profile for User ${userName} cannot be found.`);
}
