import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openScene, type Scene } from "../operations/authentication/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { rotateSigningKeys, spareSigningKeys } from "./signing-keys.ts";
import { createTokenService } from "./token-service.ts";

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

async function tokensOf(here: Scene) {
  const user = (await context.store.users.find(here.pool.id, "alice")) ?? (await here.addUser());
  const signIn = context.tokens.newSignIn(here.client, user);
  await context.store.signIns.insert(signIn);
  const { AccessToken = "", IdToken = "" } = await context.tokens.issue({
    pool: here.pool,
    client: here.client,
    user,
    signIn,
    source: "TokenGeneration_Authentication",
  });
  return { access: AccessToken, id: IdToken };
}

const kidOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).kid as string;

async function publishedKids(here: Scene) {
  return (await context.tokens.jwks(here.pool.id))?.keys.map(({ kid }) => kid);
}

async function isAccepted(here: Scene, token: string) {
  const keys = createLocalJWKSet({ keys: [...((await context.tokens.jwks(here.pool.id))?.keys ?? [])] });
  const currentDate = new Date(context.clock.now());
  const issuer = context.issuerOf(here.pool.id);
  return jwtVerify(token, keys, { issuer, algorithms: ["RS256"], currentDate }).then(
    () => true,
    () => false,
  );
}

describe("a pool's keys", () => {
  it("are two, one for each kind of token, published in Cognito's form", async () => {
    const here = await openScene({ context });
    const { access, id } = await tokensOf(here);
    expect(kidOf(access)).not.toBe(kidOf(id));
    const published = await context.tokens.jwks(here.pool.id);
    expect(published?.keys).toHaveLength(2);
    for (const key of published?.keys ?? []) {
      expect(Object.keys(key)).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      expect(key).toMatchObject({ alg: "RS256", e: "AQAB", kty: "RSA", use: "sig" });
    }
    expect(await publishedKids(here)).toEqual(expect.arrayContaining([kidOf(access), kidOf(id)]));
  });

  it("verify its tokens for a verifier that has only the key set", async () => {
    const here = await openScene({ context });
    const { access, id } = await tokensOf(here);
    expect([await isAccepted(here, access), await isAccepted(here, id)]).toEqual([true, true]);
  });

  it("are not those of another pool", async () => {
    const [here, elsewhere] = [await openScene({ context }), await openScene({ context })];
    const kids = [...((await publishedKids(here)) ?? []), ...((await publishedKids(elsewhere)) ?? [])];
    expect(new Set(kids).size).toBe(4);
  });

  it("do not exist for an unknown pool", async () =>
    expect(await context.tokens.jwks("us-east-1_Nowhere")).toBeUndefined());

  it("come from the spare keys while there are any", async () => {
    const { kid, privateKey } = await context.crypto.generateSigningKey();
    await context.store.signingKeys.addSpare({ kid, privateKey });
    const keys = await spareSigningKeys(context, "us-east-1_Next");
    expect(keys.map(({ kid, use }) => [kid, use])).toEqual([[kid, "id"]]);
    expect(await context.store.signingKeys.countSpares()).toBe(0);
  });

  it("are generated once on first use if there were no spare keys", async () => {
    const here = await openScene({ context });
    expect(await context.store.signingKeys.list(here.pool.id)).toEqual([]);
    const [first, second] = await Promise.all([publishedKids(here), publishedKids(here)]);
    expect(first).toHaveLength(2);
    expect(second).toEqual(first);
    expect(await publishedKids(here)).toEqual(first);
  });

  it("are completed if one kind is missing", async () => {
    const here = await openScene({ context });
    const spare = await context.crypto.generateSigningKey();
    await context.store.signingKeys.insert({
      ...spare,
      poolId: here.pool.id,
      use: "id",
      createdAt: context.clock.now(),
    });
    const { access, id } = await tokensOf(here);
    expect(kidOf(id)).toBe(spare.kid);
    expect(kidOf(access)).not.toBe(spare.kid);
  });

  it("do not exist for a pool that is deleted while they are made", async () => {
    const here = await openScene({ context });
    const generateSigningKey = async () => {
      await context.store.pools.delete(here.pool.id);
      return context.crypto.generateSigningKey();
    };
    const tokens = createTokenService({ ...context, crypto: { ...context.crypto, generateSigningKey } });
    expect(await tokens.jwks(here.pool.id)).toBeUndefined();
  });

  it("are those of the node that stored them first", async () => {
    const here = await openScene({ context });
    const another = createTokenService(context);
    const [kids, elsewhere] = await Promise.all([publishedKids(here), another.jwks(here.pool.id)]);
    expect(elsewhere?.keys.map(({ kid }) => kid)).toEqual(kids);
  });
});

describe("rotating a pool's keys", () => {
  it("publishes new ones immediately and signs with them five minutes later", async () => {
    const here = await openScene({ context });
    const before = await tokensOf(here);
    await rotateSigningKeys(context, here.pool.id);
    expect(await publishedKids(here)).toHaveLength(4);
    expect(kidOf((await tokensOf(here)).access)).toBe(kidOf(before.access));
    context.clock.advance(5 * MINUTE);
    const after = await tokensOf(here);
    expect(kidOf(after.access)).not.toBe(kidOf(before.access));
    expect(kidOf(after.id)).not.toBe(kidOf(before.id));
    expect(await isAccepted(here, after.access)).toBe(true);
  });

  it("keeps the old ones published as long as a token that is valid for a day, signed at the last moment, is valid", async () => {
    const here = await openScene({
      context,
      client: { AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: "days" } },
    });
    await tokensOf(here);
    await rotateSigningKeys(context, here.pool.id);
    context.clock.advance(5 * MINUTE - 1);
    const { access } = await tokensOf(here);
    context.clock.advance(DAY - 2000);
    expect(await isAccepted(here, access)).toBe(true);
    context.clock.advance(10 * MINUTE);
    expect(await publishedKids(here)).toHaveLength(2);
    expect(await publishedKids(here)).not.toContain(kidOf(access));
  });

  it("deletes unpublished keys at the next rotation", async () => {
    const here = await openScene({ context });
    await tokensOf(here);
    await rotateSigningKeys(context, here.pool.id);
    context.clock.advance(2 * DAY);
    await rotateSigningKeys(context, here.pool.id);
    expect(await context.store.signingKeys.list(here.pool.id)).toHaveLength(4);
  });

  it("twice in a row still keeps a signing key at every moment", async () => {
    const here = await openScene({ context });
    await rotateSigningKeys(context, here.pool.id);
    context.clock.advance(MINUTE);
    await rotateSigningKeys(context, here.pool.id);
    for (let minute = 0; minute < 8; minute++) {
      const { access, id } = await tokensOf(here);
      expect([await isAccepted(here, access), await isAccepted(here, id)]).toEqual([true, true]);
      context.clock.advance(MINUTE);
    }
  });
});
