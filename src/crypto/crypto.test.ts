import { execFileSync } from "node:child_process";
import { createHmac, sign } from "node:crypto";
import { chmod, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { compactVerify, createLocalJWKSet } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { seededRandom, systemRandom } from "../random.ts";
import { arithmeticThreads } from "./crypto.ts";
import {
  CannotOpen,
  createCrypto,
  createSealer,
  equalSecrets,
  generatePassword,
  keepMasterKey,
  makeMasterKey,
  parseMasterKeys,
  readMasterKeys,
  secretHash,
  verifyJwt,
} from "./index.ts";

const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const crypto = createCrypto({ random: systemRandom, masterKeys: [oldKey] });
afterAll(() => crypto.close());

describe("the threads of a kind of arithmetic", () => {
  it.each([
    [1, 1, 1],
    [8, 1, 4],
    [8, 2, 2],
    [8, 8, 1],
  ])("on %i cores that are shared by %i processes are %i in each", (cores, processes, threads) =>
    expect(arithmeticThreads(cores, processes)).toBe(threads),
  );
});

describe("sealing", () => {
  const text = Buffer.from("a verifier");

  it("opens only in its own context", () => {
    const sealed = crypto.sealer.seal(text, "users|1|password");
    expect(Buffer.from(crypto.sealer.open(sealed, "users|1|password")).toString()).toBe("a verifier");
    expect(() => crypto.sealer.open(sealed, "users|2|password")).toThrow(CannotOpen);
  });

  it("rejects sealed bytes with any changed bit", () => {
    const sealed = crypto.sealer.seal(text, "context");
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Uint8Array.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => crypto.sealer.open(altered, "context")).toThrow(CannotOpen);
    }
  });

  it("rejects sealed bytes that were cut at any length", () => {
    const sealed = crypto.sealer.seal(text, "context");
    for (let length = 0; length < sealed.length; length++)
      expect(() => crypto.sealer.open(sealed.subarray(0, length), "context")).toThrow(CannotOpen);
  });

  it("seals nothing as something that opens as nothing", () => {
    expect(crypto.sealer.open(crypto.sealer.seal(new Uint8Array(), "context"), "context")).toHaveLength(0);
  });

  it("seals the same bytes differently each time", () => {
    expect(crypto.sealer.seal(text, "c")).not.toEqual(crypto.sealer.seal(text, "c"));
  });

  it("uses another key after 1,024 messages", () => {
    const sealer = createSealer([oldKey], systemRandom);
    const saltOf = (sealed: Uint8Array) => Buffer.from(sealed).toString("hex", 5, 21);
    const first = sealer.seal(text, "c");
    for (let count = 2; count < 1024; count++) sealer.seal(text, "c");
    const [last, next] = [sealer.seal(text, "c"), sealer.seal(text, "c")];
    expect(saltOf(last)).toBe(saltOf(first));
    expect(saltOf(next)).not.toBe(saltOf(first));
    for (const sealed of [first, last, next]) expect(Buffer.from(sealer.open(sealed, "c"))).toEqual(text);
  });

  it("opens values of the older master key after a rotation, and seals with the newer one", () => {
    const before = createSealer([oldKey], systemRandom);
    const after = createSealer([newKey, oldKey], systemRandom);
    const sealed = before.seal(text, "c");
    expect(Buffer.from(after.open(sealed, "c"))).toEqual(text);
    expect(() => before.open(after.seal(text, "c"), "c")).toThrow(CannotOpen);
  });
});

describe("sealed tokens", () => {
  const { tokens } = crypto;
  const value = { user: "alice", at: 1 };

  it("have the format of Cognito's tokens and open as what was sealed", () => {
    const session = tokens.sealSession(value);
    expect(session).toMatch(/^AYABe[\w-]{15,2043}$/);
    expect(tokens.openSession(session)).toEqual(value);

    const block = tokens.sealSecretBlock(value);
    expect(Buffer.from(block, "base64").toString("base64")).toBe(block);
    expect(tokens.openSecretBlock(block)).toEqual(value);

    const refresh = tokens.sealRefreshToken(value);
    expect(refresh).toMatch(/^eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ(\.[\w-]+){4}$/);
    expect(tokens.openRefreshToken(refresh)).toEqual(value);

    expect(tokens.open("sts", tokens.seal("sts", value))).toEqual(value);
  });

  it("do not open for another purpose", () => {
    expect(tokens.openSession(tokens.sealRefreshToken(value))).toBeUndefined();
    expect(tokens.open("console", tokens.seal("sts", value))).toBeUndefined();
    const asBase64 = (text: string) => Buffer.from(text, "base64url").toString("base64");
    expect(tokens.openSecretBlock(asBase64(tokens.seal("SECRET_BLOCK", value)))).toBeUndefined();
    const withoutPrefix = Buffer.from(tokens.sealSession(value), "base64url").subarray(4);
    expect(tokens.open("Session", withoutPrefix.toString("base64url"))).toBeUndefined();
  });

  it("can contain any object, and a Session can contain what fits into 2,048 characters", () => {
    fc.assert(
      fc.property(fc.object(), (object) => {
        const json = JSON.parse(JSON.stringify(object));
        expect(tokens.open("any", tokens.seal("any", object))).toEqual(json);
        expect(tokens.openRefreshToken(tokens.sealRefreshToken(object))).toEqual(json);
        expect(tokens.openSecretBlock(tokens.sealSecretBlock(object))).toEqual(json);
      }),
    );
    const filler = (length: number) => ({ name: "x".repeat(length) });
    expect(tokens.sealSession(filler(1472))).toHaveLength(2048);
    expect(() => tokens.sealSession(filler(1473))).toThrow(RangeError);
  });

  it("open only in the exact spelling that was issued", () => {
    const refresh = tokens.sealRefreshToken(value);
    // The last of the tag's 22 characters carries four bits that decoders ignore.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const respelt = `${refresh.slice(0, -1)}${alphabet[alphabet.indexOf(refresh.at(-1) ?? "") ^ 1]}`;
    const tagOf = (token: string) => Buffer.from(token.slice(-22), "base64url");
    expect(tagOf(respelt)).toEqual(tagOf(refresh));
    expect(tokens.openRefreshToken(respelt)).toBeUndefined();
    expect(tokens.openRefreshToken(`${refresh}=`)).toBeUndefined();
    expect(tokens.openRefreshToken(`${refresh}.`)).toBeUndefined();
    expect(tokens.openRefreshToken(`x${refresh}`)).toBeUndefined();
    const [header = "", ...parts] = refresh.split(".");
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part, "base64url")));
    const otherParts = [bytes.subarray(0, 3), bytes.subarray(3, 6), bytes.subarray(6, 9), bytes.subarray(9)];
    for (const others of [
      otherParts.map((part) => part.toString("base64url")),
      [bytes.toString("base64url"), "", "", "*"],
    ])
      expect(tokens.openRefreshToken([header, ...others].join("."))).toBeUndefined();

    const block = tokens.sealSecretBlock(value);
    expect(tokens.openSecretBlock(` ${block}`)).toBeUndefined();
    expect(tokens.openSecretBlock(block.replace(/=*$/, "===="))).toBeUndefined();
  });

  it("open as undefined when the text is not a sealed token", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(tokens.openSession(text)).toBeUndefined();
        expect(tokens.openSecretBlock(text)).toBeUndefined();
        expect(tokens.openRefreshToken(text)).toBeUndefined();
        expect(tokens.open("sts", text)).toBeUndefined();
      }),
    );
  });
});

describe("JWTs", () => {
  const made = crypto.generateSigningKey().then((stored) => crypto.importSigningKey(stored));
  const base64Url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

  it("have a header with only kid and alg, and verify by the JWKS", async () => {
    const key = await made;
    const token = await crypto.signJwt(key, { sub: "1" });
    expect(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).toBe(
      `{"kid":"${key.kid}","alg":"RS256"}`,
    );
    expect(Object.keys(key.jwk)).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    expect(key.kid).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    const { payload } = await compactVerify(token, createLocalJWKSet({ keys: [key.jwk] }));
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ sub: "1" });
    expect(verifyJwt(token, () => key.publicKey)).toEqual({ claims: { sub: "1" }, kid: key.kid });
  });

  it("are rejected when altered, unsigned, or signed with the public key as a secret", async () => {
    const key = await made;
    const token = await crypto.signJwt(key, { sub: "1" });
    const [header = "", , signature = ""] = token.split(".");
    const keyOf = () => key.publicKey;
    expect(verifyJwt(`${header}.${base64Url({ sub: "2" })}.${signature}`, keyOf)).toEqual({
      fault: "unverified",
    });
    expect(
      verifyJwt(`${base64Url({ kid: key.kid, alg: "none" })}.${base64Url({ sub: "1" })}.AA`, keyOf),
    ).toEqual({
      fault: "unverified",
    });
    const hmacInput = `${base64Url({ kid: key.kid, alg: "HS256" })}.${base64Url({ sub: "1" })}`;
    const pem = key.publicKey.export({ type: "spki", format: "pem" });
    const hmac = createHmac("sha256", pem).update(hmacInput).digest("base64url");
    expect(verifyJwt(`${hmacInput}.${hmac}`, keyOf)).toEqual({ fault: "unverified" });
    expect(verifyJwt(token, () => undefined)).toEqual({ fault: "unverified" });
    expect(verifyJwt(`${token.slice(0, -1)}${token.endsWith("B") ? "C" : "B"}`, keyOf)).toEqual({
      fault: "unverified",
    });
  });

  it("are rejected if their header names another algorithm or no key, though the pool's key signed them", async () => {
    const key = await made;
    const signed = (header: object) => {
      const input = `${base64Url(header)}.${base64Url({ sub: "1" })}`;
      return `${input}.${sign("sha256", Buffer.from(input), key.privateKey).toString("base64url")}`;
    };
    const verdictOn = (header: object) => verifyJwt(signed(header), () => key.publicKey);
    expect(verdictOn({ kid: key.kid, alg: "RS256" })).toHaveProperty("claims");
    for (const alg of ["none", "RS512", "PS256", "HS256", undefined])
      expect(verdictOn({ kid: key.kid, alg })).toEqual({ fault: "unverified" });
    expect(verdictOn({ alg: "RS256" })).toEqual({ fault: "unverified" });
  });

  it("are rejected if their signature is spelled in another way", async () => {
    const key = await made;
    const token = await crypto.signJwt(key, { sub: "1" });
    const signatureOf = (text: string) => Buffer.from(text.slice(text.lastIndexOf(".") + 1), "base64url");
    // The last of 342 characters stands for two bits, so that 16 characters mean the same.
    const spellings = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
      .map((last) => token.slice(0, -1) + last)
      .filter((text) => signatureOf(text).equals(signatureOf(token)));
    expect(spellings).toHaveLength(16);
    expect(spellings.filter((text) => "claims" in verifyJwt(text, () => key.publicKey))).toEqual([token]);
  });

  it("are rejected unread if they are longer than 65,536 characters", async () => {
    const key = await made;
    const verdictOn = async (bytes: number) =>
      verifyJwt(await crypto.signJwt(key, { sub: "a".repeat(bytes) }), () => key.publicKey);
    expect(await verdictOn(48_000)).toHaveProperty("claims");
    expect(await verdictOn(49_000)).toEqual({ fault: "malformed" });
  });

  it("are malformed if they have a fourth part, or other text around them", async () => {
    const key = await made;
    const token = await crypto.signJwt(key, { sub: "1" });
    for (const text of [`${token}.x`, `x.${token}`, ` ${token}`, `${token}=`]) {
      expect(verifyJwt(text, () => key.publicKey)).toEqual({ fault: "malformed" });
    }
  });

  it("are rejected with any character changed, added or removed", async () => {
    const key = await made;
    const token = await crypto.signJwt(key, { sub: "1" });
    const isBelieved = (text: string) => "claims" in verifyJwt(text, () => key.publicKey);
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom("", "A", "B", "-", "=", ".", "AA", "\n"),
        (index, put) => {
          const changed = token.slice(0, index) + put + token.slice(index + 1);
          if (changed !== token) expect(isBelieved(changed)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
    expect(isBelieved(`${token}\n`)).toBe(false);
    expect(isBelieved(`${token}.`)).toBe(false);
  });

  it.each(["", "a.b", "a.b.c", "..", `${"a".repeat(20_000)}.b.c`, "e30.W10.AA"])(
    "are rejected when malformed (%#)",
    (text) => expect(verifyJwt(text, () => undefined)).toEqual({ fault: "malformed" }),
  );
});

describe("the master key file", () => {
  const keep = (file: string) => keepMasterKey(file, makeMasterKey(systemRandom), systemRandom);

  it("is written once, readable only by its owner", async () => {
    const file = join(temporaryFolder(), "master.key");
    expect(readMasterKeys(file)).toBeUndefined();
    const key = makeMasterKey(systemRandom);
    expect(await keepMasterKey(file, key, systemRandom)).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await keep(file)).toBe(false);
    expect(readMasterKeys(file)).toEqual([key]);
    expect(parseMasterKeys((await readFile(file, "utf8")).trim())).toEqual([key]);
  });

  it("has one key when several servers start at once, and leaves no temporary file", async () => {
    const place = temporaryFolder();
    const kept = await Promise.all([1, 2, 3].map(() => keep(join(place, "master.key"))));
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(await readdir(place)).toEqual(["master.key"]);
  });

  it("can hold older keys after the one that seals", async () => {
    const file = join(temporaryFolder(), "master.key");
    const keys = [newKey, oldKey].map((key) => key.toString("base64"));
    await writeFile(file, `${keys.join(",\n")}\n`, { mode: 0o600 });
    expect(readMasterKeys(file)).toEqual([newKey, oldKey]);
  });

  it("is rejected when others can read it or when it holds no key", async () => {
    const file = join(temporaryFolder(), "master.key");
    await keep(file);
    await chmod(file, 0o644);
    expect(() => readMasterKeys(file)).toThrow("chmod 600");
    await writeFile(file, "not a key\n");
    await chmod(file, 0o600);
    expect(() => readMasterKeys(file)).toThrow("not 32 bytes");
  });

  it("is rejected with the number of the malformed key in the list", () => {
    const keys = [newKey, oldKey].map((key) => key.toString("base64"));
    expect(() => parseMasterKeys([...keys, "AAAA"].join(","))).toThrow(
      "Master key 3 is not 32 bytes in base64",
    );
  });

  it("is rejected when it is there and cannot be opened", async () => {
    const file = join(temporaryFolder(), "master.key");
    await symlink(file, file);
    expect(() => readMasterKeys(file)).toThrow("ELOOP");
  });

  it("is not written where its folder is missing", async () => {
    await expect(keep(join(temporaryFolder(), "missing", "master.key"))).rejects.toThrow("ENOENT");
  });

  it("is rejected when it is a folder or a named pipe", () => {
    const folder = temporaryFolder();
    expect(() => readMasterKeys(folder)).toThrow(`${folder} is not a file.`);
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    expect(() => readMasterKeys(pipe)).toThrow(`${pipe} is not a file.`);
  });
});

describe("secrets", () => {
  it("are hashed as the Developer Guide describes", () => {
    expect(secretHash("examplesecret1234567890", "alice", "1example23456789")).toBe(
      "IHGixr8lIONk+grHewFvp6HlVOr3RUTkpoNe6T26p08=",
    );
  });

  it("compare equal only when they are equal", () => {
    expect(equalSecrets("abc", "abc")).toBe(true);
    expect(equalSecrets("abc", "abcd")).toBe(false);
  });

  it("generated as passwords have every class of character and the length of the policy", () => {
    const random = seededRandom("passwords");
    // Nearly a third of the texts of 12 such characters lack a class, and must be drawn again.
    const lengths = [6, 99, ...Array.from({ length: 20 }, () => 12)];
    for (const length of lengths) {
      const password = generatePassword(random, { MinimumLength: length });
      expect(password.length).toBeGreaterThanOrEqual(length);
      expect(password).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[\^*.\-_@#%:+=?!])\S+$/);
    }
  });
});
