import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../random.ts";
import { createExponentiation } from "./exponentiation.ts";
import { createSrp } from "./srp.ts";
import { type SrpIdentity, toNumber } from "./srp-numbers.ts";

/** The client's own big integers; only what is needed to hand them in and out. */
interface ClientNumber {
  toString(radix: 16): string;
}

type Callback<T> = (error: Error | null, value: T) => void;

/** Exports of the package that have no types. */
interface AuthenticationHelper {
  getLargeAValue(callback: Callback<ClientNumber>): void;
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    publicB: ClientNumber,
    salt: ClientNumber,
    callback: Callback<Buffer>,
  ): void;
  generateHashDevice(deviceGroupKey: string, deviceKey: string, callback: Callback<null>): void;
  getRandomPassword(): string;
  getSaltDevices(): string;
  getVerifierDevices(): string;
}

// The package is CommonJS, and its typings leave these two out.
const require = createRequire(import.meta.url);
const { AuthenticationHelper } = require("amazon-cognito-identity-js") as {
  AuthenticationHelper: new (poolName: string) => AuthenticationHelper;
};
const { default: ClientInteger } = require("amazon-cognito-identity-js/lib/BigInteger") as {
  default: new (hex: string, radix: 16) => ClientNumber;
};

function called<T>(run: (callback: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    run((error, value) => (error ? reject(error) : resolve(value)));
  });
}

const exponentiation = createExponentiation(1);
const srp = createSrp(exponentiation, seededRandom("srp with a client"), Buffer.alloc(32));
afterAll(() => exponentiation.close());

/** A whole sign-in: what the client makes of `password`, judged by the server. */
async function signsIn(
  identity: SrpIdentity,
  kept: { saltHex: string; verifier: Uint8Array },
  password: string,
): Promise<boolean> {
  const client = new AuthenticationHelper(identity.poolName);
  const publicA = (await called<ClientNumber>((done) => client.getLargeAValue(done))).toString(16);
  expect(srp.isHexNumber(publicA)).toBe(true);
  const { secretB, publicB } = await srp.offer(kept.verifier);
  const key = await called<Buffer>((done) =>
    client.getPasswordAuthenticationKey(
      identity.username,
      password,
      new ClientInteger(publicB, 16),
      new ClientInteger(kept.saltHex, 16),
      done,
    ),
  );
  const [secretBlock, timestamp] = [Buffer.from("any bytes"), "Tue Jan 2 03:04:05 UTC 2024"];
  const signature = createHmac("sha256", key)
    .update(identity.poolName)
    .update(identity.username)
    .update(secretBlock)
    .update(timestamp)
    .digest("base64");
  return srp.checkClaim({
    identity,
    verifier: kept.verifier,
    publicA,
    secretB,
    publicB,
    secretBlock,
    timestamp,
    signature,
  });
}

describe("SRP with amazon-cognito-identity-js", () => {
  it("accepts the right password with any characters, and rejects a wrong one", async () => {
    const name = fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" });
    await fc.assert(
      fc.asyncProperty(name, name, name, async (username, password, otherPassword) => {
        const identity = { poolName: "AbCdEf123", username };
        const kept = await srp.makeVerifier(identity, password);
        expect(await signsIn(identity, kept, password)).toBe(true);
        if (otherPassword !== password) expect(await signsIn(identity, kept, otherPassword)).toBe(false);
      }),
      { numRuns: 4 },
    );
  });

  it("accepts a device by the salt and verifier that the client made", async () => {
    const identity = { poolName: "-dGk1A2b3", username: "us-east-1_a1b2c3d4-5678-90ab-cdef-111122223333" };
    const client = new AuthenticationHelper(identity.poolName);
    await called<null>((done) => client.generateHashDevice(identity.poolName, identity.username, done));
    const kept = {
      saltHex: toNumber(Buffer.from(client.getSaltDevices(), "hex")).toString(16),
      verifier: Buffer.from(client.getVerifierDevices(), "hex"),
    };
    expect(await srp.matches(identity, client.getRandomPassword(), kept)).toBe(true);
    expect(await signsIn(identity, kept, client.getRandomPassword())).toBe(true);
    expect(await signsIn(identity, kept, "another")).toBe(false);
  });

  it("accepts no password for a decoy", async () => {
    const identity = { poolName: "AbCdEf123", username: "nobody" };
    expect(await signsIn(identity, srp.decoy("nobody"), "Passw0rd!")).toBe(false);
  });
});
