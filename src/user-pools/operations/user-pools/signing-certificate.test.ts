import { X509Certificate } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { rotateSigningKeys } from "../../tokens/index.ts";
import { type Caller, caller } from "../testing.ts";

let context: TestContext;
let api: Caller;
let UserPoolId: string;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
  UserPoolId = await api.pool();
});

const certificate = async (poolId = UserPoolId) =>
  (await api.call("GetSigningCertificate", { UserPoolId: poolId })).Certificate ?? "";

describe("GetSigningCertificate", () => {
  it("returns a self-signed X.509 certificate of the pool", async () => {
    const read = new X509Certificate(Buffer.from(await certificate(), "base64"));
    expect(read.subject).toBe(`CN=${UserPoolId}`);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.validFromDate).toEqual(new Date(TEST_TIME));
    expect(read.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it("returns the same certificate every time, also after a rotation of signing keys, and another one for another pool", async () => {
    const first = await certificate();
    context.clock.advance(60_000);
    await rotateSigningKeys(context, UserPoolId);
    expect(await certificate()).toBe(first);
    expect(await certificate(await api.pool())).not.toBe(first);
  });

  it("has a key that does not sign tokens", async () => {
    await certificate();
    expect((await context.tokens.jwks(UserPoolId))?.keys).toHaveLength(2);
  });

  it("rejects a pool that does not exist", async () => {
    expect(await api.refusal("GetSigningCertificate", { UserPoolId: "us-east-1_nothing00" })).toEqual([
      "ResourceNotFoundException",
      "User pool us-east-1_nothing00 does not exist.",
    ]);
  });
});
