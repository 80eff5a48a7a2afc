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
  it("answers with an X.509 certificate of the pool that is signed by its own key", async () => {
    const read = new X509Certificate(Buffer.from(await certificate(), "base64"));
    expect(read.subject).toBe(`CN=${UserPoolId}`);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.validFromDate).toEqual(new Date(TEST_TIME));
    expect(read.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it("is the same every time, also when the keys of tokens were replaced, and another pool's differs", async () => {
    const first = await certificate();
    context.clock.advance(60_000);
    await rotateSigningKeys(context, UserPoolId);
    expect(await certificate()).toBe(first);
    expect(await certificate(await api.pool())).not.toBe(first);
  });

  it("has a key that is not among those of tokens", async () => {
    await certificate();
    expect((await context.tokens.jwks(UserPoolId))?.keys).toHaveLength(2);
  });

  it("refuses a pool that is not there", async () => {
    expect(await api.refusal("GetSigningCertificate", { UserPoolId: "us-east-1_nothing00" })).toEqual([
      "ResourceNotFoundException",
      "User pool us-east-1_nothing00 does not exist.",
    ]);
  });
});
