import { hash, timingSafeEqual } from "node:crypto";
import { randomText } from "../ids.ts";
import type { Random } from "../random.ts";
import { hmac } from "./hmac.ts";

/** Compares in constant time: the duration depends neither on where the texts differ nor on the length of the secret one. */
export function equalSecrets(given: string, secret: string): boolean {
  // In one shot: making the objects of createHash takes longer than the digests.
  return timingSafeEqual(hash("sha256", given, "buffer"), hash("sha256", secret, "buffer"));
}

/**
 * SECRET_HASH: Base64(HMAC-SHA256(client secret, user name ‖ client id)).
 *
 * @see Developer Guide, "Computing secret hash values"
 */
export function secretHash(clientSecret: string, username: string, clientId: string): string {
  return hmac("sha256", clientSecret)
    .update(username + clientId, "utf8")
    .digest("base64");
}

/** Leaves out characters that look alike or that have a meaning in a shell or in HTML. */
const CLASSES = [
  "ABCDEFGHJKLMNPQRSTUVWXYZ",
  "abcdefghijkmnopqrstuvwxyz",
  "23456789",
  "^*.-_@#%:+=?!",
] as const;
const GENERATED_LENGTH = 12;

/** A password that meets any policy: at least one character of each class, at random places. */
export function generatePassword(
  random: Random,
  { MinimumLength = 0 }: { readonly MinimumLength?: number | undefined },
): string {
  const length = Math.max(GENERATED_LENGTH, MinimumLength);
  const all = CLASSES.join("");
  for (;;) {
    const password = randomText(random, all, length);
    // Drawing again until every class is present keeps all such passwords equally likely.
    if (CLASSES.every((characters) => [...password].some((character) => characters.includes(character))))
      return password;
  }
}
