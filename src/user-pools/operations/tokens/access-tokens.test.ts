import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppClientSettings } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { rotateSigningKeys } from "../../tokens/index.ts";
import { claimsOf, openScene, outcome, PASSWORD, type Scene } from "../authentication/testing.ts";
import { operations } from "../registry.ts";

const { GetUser: getUser, InitiateAuth: initiateAuth } = operations;

const INVALID = "NotAuthorizedException: Invalid Access Token";
const UNVERIFIED = "NotAuthorizedException: Could not verify signature for Access Token";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

async function scene(client: Partial<AppClientSettings> = {}) {
  const here = await openScene({ context, client });
  const attributes = { email: "a@example.com", email_verified: "true", name: "Alice" };
  return { ...here, user: await here.addUser({ attributes }) };
}

async function tokensOf({ client }: Pick<Scene, "client">) {
  const request = {
    ClientId: client.id,
    AuthFlow: "USER_PASSWORD_AUTH" as const,
    AuthParameters: { USERNAME: "alice", PASSWORD },
  };
  const { AuthenticationResult = {} } = await initiateAuth(request, context);
  const { AccessToken = "", IdToken = "" } = AuthenticationResult;
  return { AccessToken, IdToken };
}

const whoIs = (AccessToken: string) => outcome(getUser({ AccessToken }, context));
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A genuine token taken apart, to make others of. */
function dissected(token: string) {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
  return { kid: String(kid), claims: claimsOf(token), parts: [header, claims, signature] as const };
}

describe("GetUser", () => {
  it("returns the username and the attributes, sub last, and omits empty members", async () => {
    const here = await scene();
    expect(await whoIs((await tokensOf(here)).AccessToken)).toEqual({
      Username: "alice",
      UserAttributes: [
        { Name: "email", Value: "a@example.com" },
        { Name: "email_verified", Value: "true" },
        { Name: "name", Value: "Alice" },
        { Name: "sub", Value: here.user.sub },
      ],
    });
  });

  it("returns only attributes that the client may read, and the sub", async () => {
    const here = await scene({ ReadAttributes: ["name"] });
    expect(await whoIs((await tokensOf(here)).AccessToken)).toEqual({
      Username: "alice",
      UserAttributes: [
        { Name: "name", Value: "Alice" },
        { Name: "sub", Value: here.user.sub },
      ],
    });
  });
});

describe("an access token at the API", () => {
  it("is accepted until it expires, after an hour by default", async () => {
    const here = await scene();
    const { AccessToken } = await tokensOf(here);
    context.clock.advance(60 * 60 * 1000 - 1);
    expect(await whoIs(AccessToken)).toMatchObject({ Username: "alice" });
    context.clock.advance(1);
    expect(await whoIs(AccessToken)).toBe("NotAuthorizedException: Access Token has expired");
  });

  it.each(["", "x", "a.b.c", "a.b.c.d.e", `${encode([])}.${encode({})}.AA`])(
    "is rejected if it is %j",
    async (text) => expect(await whoIs(text)).toBe(INVALID),
  );

  it("is rejected if it is an ID token", async () => {
    const here = await scene();
    expect(await whoIs((await tokensOf(here)).IdToken)).toBe(INVALID);
  });

  it("is rejected with changed claims", async () => {
    const here = await scene();
    await here.addUser({ username: "bob" });
    const { claims, parts } = dissected((await tokensOf(here)).AccessToken);
    const forged = `${parts[0]}.${encode({ ...claims, username: "bob" })}.${parts[2]}`;
    expect(await whoIs(forged)).toBe(UNVERIFIED);
  });

  it("is rejected with a changed or missing signature", async () => {
    const here = await scene();
    const { parts } = dissected((await tokensOf(here)).AccessToken);
    const [header, claims, signature] = parts;
    const flipped = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    expect(await whoIs(`${header}.${claims}.${flipped}`)).toBe(UNVERIFIED);
    expect(await whoIs(`${header}.${claims}.`)).toBe(INVALID);
    expect(await whoIs(`${header}.${claims}`)).toBe(INVALID);
  });

  it("is rejected with the algorithm none", async () => {
    const here = await scene();
    const { kid, claims } = dissected((await tokensOf(here)).AccessToken);
    for (const alg of ["none", "None", "NONE"]) {
      expect(await whoIs(`${encode({ kid, alg })}.${encode(claims)}.`)).toBe(INVALID);
      expect(await whoIs(`${encode({ kid, alg })}.${encode(claims)}.AA`)).toBe(UNVERIFIED);
    }
  });

  it("is rejected if the public key was used as an HMAC secret", async () => {
    const here = await scene();
    const { kid, claims } = dissected((await tokensOf(here)).AccessToken);
    const jwks = await context.tokens.jwks(here.pool.id);
    const published = JSON.stringify(jwks?.keys.find((key) => key.kid === kid));
    const input = `${encode({ kid, alg: "HS256" })}.${encode(claims)}`;
    const signature = createHmac("sha256", published).update(input).digest("base64url");
    expect(await whoIs(`${input}.${signature}`)).toBe(UNVERIFIED);
  });

  it("is rejected if signed by a key of another server, under this pool's kid or its own", async () => {
    const here = await scene();
    const { kid, claims } = dissected((await tokensOf(here)).AccessToken);
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const jwk = publicKey.export({ format: "jwk" });
    for (const header of [
      { kid, alg: "RS256" },
      { kid: "theirs", alg: "RS256" },
      { kid, alg: "RS256", jwk },
    ]) {
      const input = `${encode(header)}.${encode(claims)}`;
      const signature = sign("sha256", Buffer.from(input), privateKey).toString("base64url");
      expect(await whoIs(`${input}.${signature}`)).toBe(UNVERIFIED);
    }
  });

  it("is rejected if signed by another pool's key", async () => {
    const [here, elsewhere] = [await scene(), await scene()];
    const mine = dissected((await tokensOf(here)).AccessToken);
    const theirs = dissected((await tokensOf(elsewhere)).AccessToken);
    expect(theirs.kid).not.toBe(mine.kid);
    const key = await signingKey(elsewhere, "access");
    expect(await whoIs(await context.crypto.signJwt(key, mine.claims))).toBe(UNVERIFIED);
  });

  it("is rejected with another issuer, whatever key signed it", async () => {
    const here = await scene();
    const { claims } = dissected((await tokensOf(here)).AccessToken);
    const key = await signingKey(here, "access");
    for (const iss of [
      `https://elsewhere.example/${here.pool.id}`,
      "us-east-1_Nowhere",
      undefined,
      here.pool.id,
      { toString: 1 },
      [`https://issuer.example/${here.pool.id}`],
    ]) {
      const token = await context.crypto.signJwt(key, { ...claims, iss });
      expect(await whoIs(token)).toMatch(/^NotAuthorizedException: (Invalid|Could not verify)/);
    }
  });

  it("is rejected if signed by the key for ID tokens", async () => {
    const here = await scene();
    const { claims } = dissected((await tokensOf(here)).AccessToken);
    expect(await whoIs(await context.crypto.signJwt(await signingKey(here, "id"), claims))).toBe(INVALID);
  });

  it("is rejected without origin_jti or exp", async () => {
    const here = await scene();
    const { claims } = dissected((await tokensOf(here)).AccessToken);
    const key = await signingKey(here, "access");
    const rootless = await context.crypto.signJwt(key, { ...claims, origin_jti: "made up" });
    expect(await whoIs(rootless)).toBe("NotAuthorizedException: Access Token has been revoked");
    const endless = await context.crypto.signJwt(key, { ...claims, exp: undefined });
    expect(await whoIs(endless)).toBe("NotAuthorizedException: Access Token has expired");
  });

  it("is rejected without the scope aws.cognito.signin.user.admin", async () => {
    const here = await scene();
    const { claims } = dissected((await tokensOf(here)).AccessToken);
    const key = await signingKey(here, "access");
    for (const scope of ["openid email", "", undefined, "aws.cognito.signin.user.administrator"]) {
      const token = await context.crypto.signJwt(key, { ...claims, scope });
      expect(await whoIs(token)).toBe("NotAuthorizedException: Access Token does not have required scopes");
    }
  });

  it("is rejected after its user was disabled or deleted", async () => {
    const here = await scene();
    const { AccessToken } = await tokensOf(here);
    await context.store.users.update(here.pool.id, here.user.sub, (user) => ({ ...user, enabled: false }));
    expect(await whoIs(AccessToken)).toBe("NotAuthorizedException: User is disabled.");
    await context.store.users.delete(here.pool.id, here.user.sub);
    expect(await whoIs(AccessToken)).toBe("UserNotFoundException: User does not exist.");
    const successor = await here.addUser({ status: "UNCONFIRMED" });
    expect(await whoIs(AccessToken)).toBe("UserNotConfirmedException: User is not confirmed.");
    await context.store.users.delete(here.pool.id, successor.sub);
    await here.addUser();
    expect(await whoIs(AccessToken)).toBe("NotAuthorizedException: Invalid access token.");
  });

  it("is rejected after its client or pool was deleted, even if a new client has the same id", async () => {
    const here = await scene();
    const { AccessToken } = await tokensOf(here);
    await context.store.clients.delete(here.client.id);
    expect(await whoIs(AccessToken)).toBe(
      `ResourceNotFoundException: User pool client ${here.client.id} does not exist.`,
    );
    await context.store.clients.insert(here.client);
    expect(await whoIs(AccessToken)).toBe("NotAuthorizedException: Access Token has been revoked");
    expect(await whoIs((await tokensOf(here)).AccessToken)).toMatchObject({ Username: "alice" });
    await context.store.pools.delete(here.pool.id);
    expect(await whoIs(AccessToken)).toBe(UNVERIFIED);
  });

  it("is rejected with a changed signature after it was accepted, and once its key is deleted", async () => {
    const here = await scene();
    const { AccessToken } = await tokensOf(here);
    for (let request = 0; request < 2; request++)
      expect(await whoIs(AccessToken)).toMatchObject({ Username: "alice" });
    const { parts, kid } = dissected(AccessToken);
    const [header, claims, signature] = parts;
    const changed = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    expect(await whoIs([header, claims, changed].join("."))).toBe(UNVERIFIED);
    await context.store.signingKeys.delete(kid);
    expect(await whoIs(AccessToken)).toBe(UNVERIFIED);
  });

  it("is accepted after a rotation of the signing keys", async () => {
    const here = await scene();
    const { AccessToken } = await tokensOf(here);
    await rotateSigningKeys(context, here.pool.id);
    context.clock.advance(30 * 60 * 1000);
    expect(await whoIs(AccessToken)).toMatchObject({ Username: "alice" });
  });
});

async function signingKey(here: Pick<Scene, "pool">, use: "id" | "access") {
  const record = (await context.store.signingKeys.list(here.pool.id)).find((key) => key.use === use);
  if (record === undefined) throw new Error(`The pool has no key for ${use} tokens.`);
  return context.crypto.importSigningKey(record);
}
