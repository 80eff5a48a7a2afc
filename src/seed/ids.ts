import { createHash } from "node:crypto";

/**
 * Ids made from names, so that a seed gives the same ones on every machine. They are as public as any id; nothing secret
 * depends on them.
 */
function characters(alphabet: string, length: number, ...parts: readonly string[]): string {
  const digest = createHash("sha512").update(parts.join("\0")).digest();
  return Array.from({ length }, (_, index) => alphabet[(digest[index] ?? 0) % alphabet.length]).join("");
}

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";

export function poolIdFor(region: string, name: string): string {
  return `${region}_${characters(DIGITS + LOWER.toUpperCase() + LOWER, 9, "pool", region, name)}`;
}

export function clientIdFor(poolId: string, name: string): string {
  return characters(DIGITS + LOWER, 26, "client", poolId, name);
}

/** In the form of the `sub`s that Cognito gives: a UUID in format only. */
export function subFor(poolId: string, username: string): string {
  const hex = characters("0123456789abcdef", 32, "sub", poolId, username);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-70${hex.slice(14, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
