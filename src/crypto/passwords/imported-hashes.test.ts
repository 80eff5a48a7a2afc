import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { createImportedHashes } from "./imported-hash-threads.ts";
import { isAffordable, parseImportedHash } from "./imported-hashes.ts";

const hashes = createImportedHashes(1, 3);
afterAll(() => hashes.close());

/** Published by Firebase with its scrypt tool: the password is `user1password`. */
const FIREBASE =
  "$firebase-scrypt$8,14$42xEC+ixf3L2lw==$Bw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==";

/** What Python's own hashlib makes, in the text forms of passlib and of Cognito's guide. */
function python(): { scrypt: string; pbkdf2: string; sha512: string } {
  const program = `
import hashlib, base64, json
ab64 = lambda b: base64.b64encode(b).decode().rstrip("=").replace("+", ".")
salt = bytes(range(16))
word = "Päss-word 1".encode()
scrypt = hashlib.scrypt(word, salt=salt, n=16384, r=8, p=1, maxmem=2**26, dklen=32)
print(json.dumps({
  "scrypt": f"16384$8$1\${salt.hex()}\${scrypt.hex()}",
  "pbkdf2": f"$pbkdf2-sha256$29000\${ab64(salt)}\${ab64(hashlib.pbkdf2_hmac('sha256', word, salt, 29000))}",
  "sha512": f"$pbkdf2-sha512$1000\${ab64(salt)}\${ab64(hashlib.pbkdf2_hmac('sha512', word, salt, 1000))}",
}))`;
  return JSON.parse(execFileSync("python3", ["-c", program], { encoding: "utf8" }));
}

describe("an imported hash", () => {
  it("made by Python's scrypt or PBKDF2 matches only its password", async () => {
    for (const hash of Object.values(python())) {
      expect(await hashes.matches("Päss-word 1", hash), hash).toBe(true);
      expect(await hashes.matches("Päss-word 2", hash), hash).toBe(false);
    }
  });

  it("of Firebase's published example matches only its password", async () => {
    expect(await hashes.matches("user1password", FIREBASE)).toBe(true);
    expect(await hashes.matches("user1Password", FIREBASE)).toBe(false);
  });

  it.each([
    // Of crypt() in libxcrypt, as perl gives it, with the prefixes of htpasswd and of older programs.
    ["$2y$07$abcdefghijklmnopqrstuuGceK8v2AKlEa3II3MTHSYmbl0VqocjO", "rasmuslerdorf"],
    ["$2a$07$abcdefghijklmnopqrstuuGceK8v2AKlEa3II3MTHSYmbl0VqocjO", "rasmuslerdorf"],
    // Of the reference implementation of Argon2 (its README).
    ["$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG", "password"],
  ])("%s matches only %s", async (hash, password) => {
    expect(await hashes.matches(password, hash)).toBe(true);
    expect(await hashes.matches(`${password}x`, hash)).toBe(false);
  });

  it("matches nothing if its form is unknown or its cost too high", async () => {
    expect(await hashes.matches("password", "$1$abc$def")).toBe(false);
    const dear = "$argon2id$v=19$m=999999999,t=9,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b+dWRWJTmaaJObG";
    expect(await hashes.matches("password", dear)).toBe(false);
    for (const text of [
      dear,
      "67108864$64$1$00$00",
      "$pbkdf2-sha256$999999999$AAAA$AAAA",
      "$2b$31$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTTOq",
    ]) {
      const hash = parseImportedHash(text);
      expect(hash && isAffordable(hash), text).toBe(false);
    }
  });

  it.each([
    ["scrypt, N of 1", "1$8$1$00$00"],
    ["scrypt, N that is no power of 2", "1000$8$1$00$00"],
    ["scrypt, N too large for r", "65536$1$1$00$00"],
    ["Firebase's scrypt, N of 1", "$firebase-scrypt$8,0$AAAA$AAAA$AAAA$AAAA"],
    ["Firebase's scrypt, N too large for its rounds", "$firebase-scrypt$1,16$AAAA$AAAA$AAAA$AAAA"],
  ])("matches nothing if its algorithm does not take its parameters: %s", async (_, text) => {
    expect(parseImportedHash(text)).toBeDefined();
    expect(await hashes.matches("password", text)).toBe(false);
  });

  it("is checked in turn, and refused if too many checks are queued", async () => {
    const attempts = Array.from({ length: 6 }, () => hashes.matches("user1password", FIREBASE));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
  });
});
