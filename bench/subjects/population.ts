/**
 * The users of a measured pool, and which of them can sign in.
 *
 * Everything follows from a user's number, so that the program that fills a store and the load generator need not
 * exchange data.
 */
import { hash } from "node:crypto";

export interface Person {
  readonly username: string;
  readonly sub: string;
  readonly email: string;
}

/** The password of all users; {@link SRP_EXPONENT} replaces it for users who sign in by SRP. */
export const PASSWORD = "Correct-Horse-Battery-7";

export function person(number: number): Person {
  const digest = hash("sha256", `user ${number}`);
  const sub = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return { username: `user-${number}`, sub, email: `user-${number}@example.com` };
}

/** More would take longer to prepare than to measure. */
const MAX_PASSWORD_USERS = 4096;

/**
 * The users whose password is kept as a verifier of {@link PASSWORD}: every other user, or that many of them spread over
 * the pool. A verifier is one exponentiation of work, and every user's is another.
 */
export function passwordUsers(userCount: number): number[] {
  const count = Math.min(userCount / 2, MAX_PASSWORD_USERS);
  const step = 2 * Math.floor(userCount / 2 / count);
  return Array.from({ length: count }, (_, index) => index * step);
}

/**
 * The secret exponent x that the verifier of the users with odd numbers was made with: they sign in by SRP.
 *
 * A password's x has 256 bits, and the client raises to the power a + u·x: with this x that is one exponentiation of the
 * size that the server's three have, instead of two, and the server cannot tell the difference.
 */
export const SRP_EXPONENT = 4093n;
export const SRP_SALT_HEX = "1f3a5c7e9b2d4f6081a3c5e7092b4d6f";

/** How many users with a second factor, and as many with a passkey, there are in a pool of their own. */
export const FACTOR_USERS = 8192;
/** How many users there are in the pool that has a function. */
export const FUNCTION_USERS = 1024;

export function srpUsers(userCount: number): number[] {
  return Array.from({ length: userCount / 2 }, (_, index) => 2 * index + 1);
}

/** Numbers in random order, the same on every run. */
export function shuffled(numbers: readonly number[], seed: number): number[] {
  const result = [...numbers];
  let state = seed;
  for (let index = result.length - 1; index > 0; index--) {
    // Numerical Recipes' linear congruential generator: an order without a pattern is enough.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (index + 1));
    [result[index], result[other]] = [result[other] ?? 0, result[index] ?? 0];
  }
  return result;
}
