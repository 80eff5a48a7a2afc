import { createHash } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../random.ts";
import { createExponentiation } from "./exponentiation.ts";
import { createSrp } from "./srp.ts";
import {
  claimSignature,
  k,
  N,
  pad,
  parseHex,
  privateExponent,
  scrambler,
  sessionKey,
  toNumber,
} from "./srp-numbers.ts";

const exponentiation = createExponentiation(1);
const srp = createSrp(exponentiation, seededRandom("srp"), Buffer.alloc(32));
afterAll(() => exponentiation.close());

const sha256 = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
const sha256Hex = (bytes: Uint8Array) => sha256(bytes).toString("hex");
const secret = (name: string) =>
  toNumber(Buffer.concat([0, 1, 2, 3].map((n) => sha256(Buffer.from(`${name}${n}`)))));
const a = secret("client-a");
const b = secret("server-b");
const secretBlock = Buffer.concat([
  sha256(Buffer.from("secret-block0")),
  sha256(Buffer.from("secret-block1")),
]);
const timestamp = "Tue Jan 2 03:04:05 UTC 2024";

/** Worked out independently and checked with two published clients. */
const vectors = [
  {
    name: "a user",
    identity: { poolName: "TestPool1", username: "alice" },
    password: "Passw0rd!",
    saltHex: "f1e2d3c4b5a697887968574a3b2c1d0e",
    x: "a528f40bc5baaf85518e76d252fecc07e8bcc8cef09a53a831c0572ee5f59e7f",
    verifier: "f812142bf9ed29b7ea392559e3819a65c853c4eac5bd083085fe98bbc6777a34",
    publicB: "5e457b8105ae83b244d8bce7b4b135d39cc4e83998be85e845acdf8aedeca461",
    u: "528410e7ca8f5d2c0a01530abc7b177450a36c0182bc4f2b52ce875becd88c51",
    shared: "90cfa994c2022344ea8fc714dbaab2049365bde87efd8131bde988a06526ce3c",
    key: "6d1317874037bd311430967b81cbaace",
    signature: "ywj4kg2oiXwpnX/nOoa8IGgVhHYJSOCzLpQi5pdHmE4=",
  },
  {
    name: "a salt of odd length and a password beyond ASCII",
    identity: { poolName: "TestPool1", username: "11111111-2222-3333-4444-555555555555" },
    password: "pässwörd ✓ 1A",
    saltHex: "a1b2c3d4e5f60718293a4b5c6d7e8f9",
    x: "662b31dd7f84585a063157cbba8a03d8d1649b1e84ac6a73f149105704239d3a",
    verifier: "f32921e85c018ff807fa895d544f35ea73b33029a55c49e52ba9aaa66b13a6b6",
    publicB: "f1d346371203b09dc22d5e6351aac0d145ecc6660a3bb80ee7787b2f2d1918ab",
    u: "ee75fa863afca1515748633aa08929fc14560f66a698bc397d57a83cacc34bd9",
    shared: "9b76bfc56f1944ca7493a0ddd38a77b3291b2d63da55b8df5d199250ca2b15ce",
    key: "80b3142128769a7848914ff1d4e79197",
    signature: "32fO0rUPFaXp4rrDW9pwQttotAbdDIjEXLc13+WHBEo=",
  },
  {
    name: "a salt whose first byte is zero",
    identity: { poolName: "TestPool1", username: "alice" },
    password: "Passw0rd!",
    saltHex: "712c3d4e5f60718293a4b5c6d7e8f9",
    x: "1ca342d5a8cb4c92f55530188a9d9a4fa9d5d31ff7dba636aecd4b6c66469182",
    verifier: "f0dce00f5e0d5e9a5761b49bacd4ce9e24b4724c3c258c6c32596a7e55e28386",
    publicB: "37812cd93e6085c2f2d3195ba3abe0bcb594241e734b516c292f89548998c0eb",
    u: "4bafefdffa2ee90b6198293666bedffa73764f013f1af602c9a350d2f3817c4f",
    shared: "92d799ac6fe5eef54324230fb4391d2da1e1bbb0fea317cd544ff342fa049d8f",
    key: "6c6fa6ae953933dd8a02afe4a0201ab6",
    signature: "Qqvz+rco+kio9ZWC2OdsE/4T4MJedOuJdU98BdOff5E=",
  },
  {
    name: "a device",
    identity: { poolName: "-dGk1A2b3", username: "us-east-1_a1b2c3d4-5678-90ab-cdef-111122223333" },
    password: "evmv/LSUOCbHJQ/NJNEUBFQh5QI5jlxIAvMTz3B/X3NvM/Z3qJjlXA==",
    saltHex: "8f0e1d2c3b4a59687786958493a2b1c0",
    x: "76cd0a92efa4d32ad6782310ccc27198077b5f16678fbe9a2d9a376d62b50014",
    verifier: "d901ad3a23145d2ca638928b9282da339a8ff276ccc724bc79eeeaf8b0bdf856",
    publicB: "c4d0f3e6e5f1590dd3a340901d36e96258f35ed0cba041f7b7b68162433ce131",
    u: "8254525566845b293f848b38034c7186243344b7e959882e621a8ae686e50c78",
    shared: "83cabcbe7edb489d9c99b57ab5b3599cd49b7b34856177b1767a7840e62af994",
    key: "d792b4a3b1a7af333a6253cc6400dd62",
    signature: "1U07Akht/+SBCeDuIHJAp8R0VUWRKvQvfHCUiVtLxgQ=",
  },
];

describe("SRP-6a as Cognito's clients do it", () => {
  it("uses the multiplier k of the group", () => {
    expect(k.toString(16)).toBe("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6");
  });

  it.each(vectors)("computes the reference values of every step for $name", async (vector) => {
    const salt = parseHex(vector.saltHex) ?? 0n;
    const publicA = await exponentiation.power(2n, a);
    const x = privateExponent(vector.identity, salt, vector.password);
    const v = await exponentiation.power(2n, x);
    const publicB = (k * v + (await exponentiation.power(2n, b))) % N;
    const u = scrambler(publicA, publicB);
    const shared = await exponentiation.power((publicA * (await exponentiation.power(v, u))) % N, b);
    const key = sessionKey(shared, u);
    expect({
      x: x.toString(16),
      verifier: sha256Hex(pad(v)),
      publicB: sha256Hex(pad(publicB)),
      u: u.toString(16),
      shared: sha256Hex(pad(shared)),
      key: key.toString("hex"),
      signature: claimSignature(key, vector.identity, secretBlock, timestamp).toString("base64"),
    }).toEqual({
      x: vector.x,
      verifier: vector.verifier,
      publicB: vector.publicB,
      u: vector.u,
      shared: vector.shared,
      key: vector.key,
      signature: vector.signature,
    });
    const claim = {
      identity: vector.identity,
      verifier: pad(v),
      publicA: publicA.toString(16),
      secretB: b.toString(16),
      publicB: publicB.toString(16),
      secretBlock,
      timestamp,
      signature: vector.signature,
    };
    expect(await srp.checkClaim(claim)).toBe(true);
    expect(await srp.checkClaim({ ...claim, timestamp: "Tue Jan 2 03:04:06 UTC 2024" })).toBe(false);
    expect(await srp.checkClaim({ ...claim, identity: { ...vector.identity, username: "mallory" } })).toBe(
      false,
    );
    expect(await srp.checkClaim({ ...claim, publicA: N.toString(16) })).toBe(false);
    expect(
      await srp.matches(vector.identity, vector.password, { saltHex: vector.saltHex, verifier: pad(v) }),
    ).toBe(true);
  });

  it.each(vectors)("offers the reference value of B for $name", async (vector) => {
    const drawn = { ...seededRandom("b"), bytes: () => pad(b) };
    const verifier = pad(await exponentiation.power(2n, toNumber(Buffer.from(vector.x, "hex"))));
    const { secretB, publicB } = await createSrp(exponentiation, drawn, Buffer.alloc(32)).offer(verifier);
    expect(secretB).toBe(b.toString(16));
    expect(sha256Hex(pad(parseHex(publicB) ?? 0n))).toBe(vector.publicB);
  });

  it.each([
    [0n, "00"],
    [0x7fn, "7f"],
    [0x80n, "0080"],
    [0xffn, "00ff"],
    [0x100n, "0100"],
    [0x7fffn, "7fff"],
    [0x8000n, "008000"],
  ])("writes %i as Java's BigInteger.toByteArray() does", (number, hex) =>
    expect(pad(number).toString("hex")).toBe(hex),
  );

  it("matches a verifier only with its password", async () => {
    const identity = { poolName: "TestPool1", username: "alice" };
    const kept = await srp.makeVerifier(identity, "Passw0rd!");
    expect(await srp.matches(identity, "Passw0rd!", kept)).toBe(true);
    expect(await srp.matches(identity, "Passw0rd", kept)).toBe(false);
    expect(await srp.matches({ ...identity, username: "bob" }, "Passw0rd!", kept)).toBe(false);
    expect(await srp.matches({ ...identity, poolName: "Other" }, "Passw0rd!", kept)).toBe(false);
  });

  it.each(["", "zz", "-1", "1".repeat(2000)])("rejects SRP_A %# as malformed", (publicA) =>
    expect(srp.isHexNumber(publicA)).toBe(false),
  );

  it("gives each unknown user name its own constant salt", () => {
    expect(srp.decoy("pool/alice")).toEqual(srp.decoy("pool/alice"));
    expect(srp.decoy("pool/alice").saltHex).not.toBe(srp.decoy("pool/bob").saltHex);
  });

  it("gives unknown users salts and verifiers of the length of those of users", () => {
    const decoys = Array.from({ length: 20 }, (_, index) => srp.decoy(`pool/${index}`));
    // A salt has 16 bytes, and is sent without leading zeros.
    expect(Math.max(...decoys.map(({ saltHex }) => saltHex.length))).toBe(32);
    expect(new Set(decoys.map(({ verifier }) => verifier.length))).toEqual(new Set([384]));
  });
});
