import { generateKeyPairSync, hash } from "node:crypto";
import { exportJWK, type JWTPayload, jwtVerify } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { OutboundFailure } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { TEST_TIME } from "../../user-pools/testing.ts";
import { ProviderRefusal, startOidcSignIn } from "./index.ts";
import { CLAIMS, ISSUER, openTestProvider, provider, rsa, SENT, type TokenChoice } from "./testing.ts";

const { context, keys, answers, requests, idToken, reset, finish, tokenIs } = await openTestProvider();
beforeEach(reset);

describe("the request to a provider", () => {
  const start = async (record: IdentityProviderRecord) =>
    new URL(
      await startOidcSignIn(
        record,
        { ...SENT, state: "s", loginHint: "a@example.com", prompts: new Set(["login", "none"]) },
        context,
      ),
    );

  it("carries client, scopes, state, nonce, PKCE, login_hint and prompt, and keeps the endpoint's query", async () => {
    const url = await start(provider());
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      tenant: "1",
      client_id: "rp",
      redirect_uri: SENT.redirectUri,
      response_type: "code",
      scope: "openid email",
      state: "s",
      nonce: SENT.nonce,
      code_challenge: hash("sha256", SENT.codeVerifier, "base64url"),
      code_challenge_method: "S256",
      login_hint: "a@example.com",
      prompt: "login",
    });
  });

  it("needs no discovery if the settings name every endpoint", async () => {
    const record = provider({
      authorize_url: `${ISSUER}/a`,
      token_url: `${ISSUER}/t`,
      jwks_uri: `${ISSUER}/k`,
    });
    expect((await start(record)).pathname).toBe("/a");
    expect(requests).toEqual([]);
  });

  it("requests form_post from Apple, and separates Facebook's scopes by commas", async () => {
    const apple = provider(
      { authorize_url: `${ISSUER}/a`, token_url: `${ISSUER}/t`, jwks_uri: `${ISSUER}/k` },
      { type: "SignInWithApple" },
    );
    expect((await start(apple)).searchParams.get("response_mode")).toBe("form_post");
    const { oidc_issuer: _, ...details } = provider({
      authorize_url: `${ISSUER}/a`,
      token_url: `${ISSUER}/t`,
    }).details;
    const facebook = {
      ...provider(),
      type: "Facebook",
      details: { ...details, authorize_scopes: "public_profile email" },
    } as const;
    const toFacebook = (await start(facebook)).searchParams;
    expect(toFacebook.get("scope")).toBe("public_profile,email");
    for (const name of ["nonce", "code_challenge", "login_hint", "prompt", "response_mode"]) {
      expect(toFacebook.has(name)).toBe(false);
    }
  });

  it("carries acr_values and max_age only to a provider of OpenID Connect", async () => {
    const asked = { ...SENT, state: "s", acrValues: "high", maxAgeSeconds: 60 };
    const toOidc = new URL(await startOidcSignIn(provider(), asked, context)).searchParams;
    expect([toOidc.get("acr_values"), toOidc.get("max_age")]).toEqual(["high", "60"]);
    const google = provider({}, { type: "Google" });
    const toGoogle = new URL(await startOidcSignIn(google, asked, context)).searchParams;
    expect([toGoogle.has("acr_values"), toGoogle.has("max_age")]).toEqual([false, false]);
    expect(toGoogle.has("code_challenge")).toBe(true);
  });

  const discovered = (changed: object, issuer = "https://other.example.com") => {
    answers[`${issuer}/.well-known/openid-configuration`] = () => ({
      issuer,
      authorization_endpoint: `${ISSUER}/authorize`,
      token_endpoint: `${ISSUER}/token`,
      userinfo_endpoint: `${ISSUER}/me`,
      jwks_uri: `${ISSUER}/keys`,
      ...changed,
    });
    return start(provider({ oidc_issuer: issuer }));
  };

  it.each(["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"])(
    "fails if the document of an issuer with HTTPS names a %s without it",
    async (name) => {
      const issuer = `https://${name.replace("_", "-")}.example.com`;
      await expect(discovered({ [name]: "HTTP://idp.example.com/x" }, issuer)).rejects.toThrow(
        "OIDC endpoint must start with https://",
      );
    },
  );

  it("allows endpoints without HTTPS on this machine, and where the issuer has none", async () => {
    const here = await discovered(
      { token_endpoint: "http://localhost:8080/token" },
      "https://here.example.com",
    );
    expect(here.pathname).toBe("/authorize");
    const plain = await discovered({ token_endpoint: "http://idp.internal/token" }, "http://idp.internal");
    expect(plain.pathname).toBe("/authorize");
  });

  it.each([
    ["authorization_endpoint", "authorize_url"],
    ["token_endpoint", "token_url"],
    ["jwks_uri", "jwks_uri"],
  ])("fails without %s in the discovery document, unless the settings have %s", async (name, setting) => {
    const issuer = `https://no-${name.replace("_", "-")}.example.com`;
    await expect(discovered({ [name]: undefined }, issuer)).rejects.toThrow(
      "Example Error - the discovery document names too few endpoints",
    );
    const record = provider({ oidc_issuer: issuer, [setting]: `${ISSUER}/own` });
    expect((await start(record)).pathname).toBe(setting === "authorize_url" ? "/own" : "/authorize");
  });

  it.each<[string, unknown, string]>([
    ["refused", new Response("{}", { status: 500 }), "HTTP 500"],
    ["text", new Response("hello"), "not a discovery document"],
  ])("fails if discovery is %s", async (what, answer, message) => {
    const issuer = `https://${what}.example.com`;
    answers[`${issuer}/.well-known/openid-configuration`] = () => answer;
    await expect(start(provider({ oidc_issuer: issuer }))).rejects.toThrow(
      new ProviderRefusal(`Discovery at ${issuer} failed: ${message}`),
    );
  });

  it("reads the discovery document once for several sign-ins", async () => {
    const issuer = "https://read-once.example.com";
    await discovered({}, issuer);
    await discovered({}, issuer);
    expect(requests.map(({ url }) => url)).toEqual([`${issuer}/.well-known/openid-configuration`]);
  });

  it("fails if the discovery document names another issuer", async () => {
    const issuer = "https://other.example.com";
    answers[`${issuer}/.well-known/openid-configuration`] = () => ({ issuer: ISSUER });
    await expect(start(provider({ oidc_issuer: issuer }))).rejects.toThrow("the document is of the issuer");
  });
});

describe("the answer of a provider", () => {
  it("is exchanged with client_secret_post and PKCE", async () => {
    await finish();
    const sent = requests.find(({ url }) => url === `${ISSUER}/token`)?.request;
    expect(Object.fromEntries(new URLSearchParams(sent?.body))).toEqual({
      grant_type: "authorization_code",
      client_id: "rp",
      redirect_uri: SENT.redirectUri,
      client_secret: "the client secret, long enough for HS256",
      code: "the code",
      code_verifier: SENT.codeVerifier,
    });
    expect(sent?.headers).toMatchObject({
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
      "x-amz-cognito-request-id": context.request.requestId,
    });
    expect(sent?.headers).not.toHaveProperty("authorization");
  });

  it("contains claims as text, those of the ID token before those of userInfo, and the provider's tokens", async () => {
    const { subject, claims } = await finish();
    expect(subject).toBe(CLAIMS.sub);
    expect(claims).toMatchObject({
      email: "a@example.com",
      groups: "[a+b, c%2Cd]",
      ok: "true",
      access_token: "provider token",
      id_token: expect.stringContaining("."),
    });
  });

  it("includes userInfo, requested by the configured method, and is complete without it if that fails", async () => {
    await finish(provider({ attributes_request_method: "POST" }));
    expect(requests.find(({ url }) => url === `${ISSUER}/me`)?.request?.method).toBe("POST");
    answers[`${ISSUER}/me`] = () => new Response("", { status: 500 });
    expect((await finish()).sources.userInfo).toEqual({});
  });

  it("is complete without userInfo if the provider gave no access token", async () => {
    answers[`${ISSUER}/token`] = async () => ({ id_token: await idToken() });
    expect((await finish()).sources.userInfo).toEqual({});
    expect(requests.map(({ url }) => url)).not.toContain(`${ISSUER}/me`);
  });

  it.each<[string, unknown]>([
    ["refused with claims", Response.json({ sub: CLAIMS.sub, email: "b@example.com" }, { status: 403 })],
    ["a list", [CLAIMS]],
    ["text", new Response("hello")],
  ])("is complete without userInfo that is %s", async (_what, answer) => {
    answers[`${ISSUER}/me`] = () => answer;
    expect((await finish()).sources.userInfo).toEqual({});
  });

  it("is refused without an ID token", async () => {
    answers[`${ISSUER}/token`] = () => ({ access_token: "t" });
    await expect(finish()).rejects.toThrow(
      new ProviderRefusal("Example Error - the token response has no ID token"),
    );
  });

  it.each([ISSUER, `${ISSUER}/`])("can name the issuer %s (RFC 9207)", async (issuer) => {
    expect((await finish(provider(), { issuer })).subject).toBe(CLAIMS.sub);
  });

  it("can have an ID token whose issuer ends in a slash, and several audiences if it was issued to this client", async () => {
    for (const claims of [{ iss: `${ISSUER}/` }, { aud: ["rp"] }, { aud: ["rp", "other"], azp: "rp" }]) {
      tokenIs({ claims });
      expect((await finish()).subject).toBe(CLAIMS.sub);
    }
  });

  it("can have an ID token whose issuer is a host name from Google alone", async () => {
    tokenIs({ claims: { iss: new URL(ISSUER).host } });
    expect((await finish(provider({}, { type: "Google" }))).subject).toBe(CLAIMS.sub);
    await expect(finish()).rejects.toThrow("Bad id_token issuer idp.example.com");
  });

  it("is verified with a new key of the provider immediately", async () => {
    await finish();
    const next = rsa();
    answers[`${ISSUER}/keys`] = async () => ({ keys: [{ ...(await exportJWK(next.publicKey)), kid: "2" }] });
    await expect(finish()).rejects.toThrow("Invalid ID token");
    tokenIs({ key: next.privateKey, kid: "2" });
    expect((await finish()).subject).toBe(CLAIMS.sub);
  });

  it.each([
    ["PS256", rsa()],
    ["ES256", generateKeyPairSync("ec", { namedCurve: "P-256" })],
    ["EdDSA", generateKeyPairSync("ed25519")],
    ["Ed25519", generateKeyPairSync("ed25519")],
  ])("is verified with a key for %s", async (alg, { publicKey, privateKey }) => {
    answers[`${ISSUER}/keys`] = async () => ({ keys: [{ ...(await exportJWK(publicKey)), kid: "1" }] });
    tokenIs({ alg, key: privateKey });
    expect((await finish()).subject).toBe(CLAIMS.sub);
  });

  it("is verified with any of the provider's keys if the ID token names none", async () => {
    const [first, second] = [rsa(), rsa()];
    answers[`${ISSUER}/keys`] = async () => ({
      keys: [{ ...(await exportJWK(first.publicKey)), kid: "1" }, await exportJWK(second.publicKey)],
    });
    tokenIs({ key: second.privateKey, kid: null });
    expect((await finish()).subject).toBe(CLAIMS.sub);
    tokenIs({ key: rsa().privateKey, kid: null });
    await expect(finish()).rejects.toThrow("Invalid ID token: signature verification failed");
    tokenIs({ key: second.privateKey, kid: null, claims: { aud: "another client" } });
    await expect(finish()).rejects.toThrow('Invalid ID token: unexpected "aud" claim value');
  });

  it("can have a list of scopes and members without a value beside its tokens", async () => {
    answers[`${ISSUER}/token`] = async () => ({
      access_token: "t",
      id_token: await idToken(),
      refresh_token: null,
      token_type: null,
      scope: ["openid", "user:read:email"],
      expires_in: "3600",
    });
    expect((await finish()).sources.tokenResponse).toMatchObject({
      scope: "[openid, user%3Aread%3Aemail]",
      expires_in: "3600",
    });
  });

  it("can have an ID token that is signed with the client secret", async () => {
    tokenIs({ alg: "HS256", key: Buffer.from(provider().details.client_secret ?? "") });
    expect((await finish()).subject).toBe(CLAIMS.sub);
  });

  it.each<[string, TokenChoice]>([
    ["signed by another key", { key: rsa().privateKey }],
    ["with an unknown key id", { kid: "3" }],
    ["signed by HMAC with another secret", { alg: "HS256", key: Buffer.from("x".repeat(32)) }],
    ["of another audience", { claims: { aud: "another client" } }],
    ["of several audiences, issued to another client", { claims: { aud: ["rp", "other"], azp: "other" } }],
    ["that has expired", { claims: { exp: TEST_TIME / 1000 - 61 } }],
    ["that is not valid yet", { claims: { nbf: TEST_TIME / 1000 + 120 } }],
    ["without an expiry", { claims: { exp: undefined } as unknown as JWTPayload }],
    ["without the time of its issue", { claims: { iat: undefined } as unknown as JWTPayload }],
    ["of several audiences, without the client it was issued to", { claims: { aud: ["rp", "other"] } }],
    ["with the nonce of another sign-in", { claims: { nonce: "another" } }],
  ])("is refused with an ID token %s", async (_what, choice) => {
    tokenIs(choice);
    await expect(finish()).rejects.toThrow("Invalid ID token");
  });

  it("refuses an ID token of another issuer, and names it", async () => {
    tokenIs({ claims: { iss: "https://evil.example.com" } });
    await expect(finish()).rejects.toThrow(
      new ProviderRefusal("Bad id_token issuer https://evil.example.com"),
    );
    tokenIs({ claims: { iss: [{ toString: 1, valueOf: 1 }] as unknown as string } });
    await expect(finish()).rejects.toThrow("Bad id_token issuer [");
  });

  it("is refused with an ID token without a signature", async () => {
    const [, body] = (await idToken()).split(".");
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${body}.`;
    answers[`${ISSUER}/token`] = () => ({ access_token: "t", id_token: none });
    await expect(finish()).rejects.toThrow("Invalid ID token");
  });

  it("is refused with an ID token signed by HMAC with the provider's public key", async () => {
    const pem = keys.publicKey.export({ type: "spki", format: "pem" }).toString();
    tokenIs({ alg: "HS256", key: Buffer.from(pem) });
    await expect(finish()).rejects.toThrow("Invalid ID token");
    await expect(finish(provider({ client_secret: "" }))).rejects.toThrow("Invalid ID token");
  });

  it("can have an ID token without the nonce, unless the provider is configured to require it", async () => {
    tokenIs({ claims: { nonce: undefined } as unknown as JWTPayload });
    expect((await finish()).subject).toBe(CLAIMS.sub);
    await expect(finish(provider({ require_nonce: "true" }))).rejects.toThrow("unexpected nonce");
  });

  it.each([{ toString: 1, valueOf: 1 }, [["Subject-1"]], null])(
    "is refused with userInfo of the subject %j",
    async (sub) => {
      answers[`${ISSUER}/me`] = () => ({ sub });
      await expect(finish()).rejects.toThrow("The attributes are those of another user");
    },
  );

  it("is refused with userInfo of another user, and from another issuer", async () => {
    answers[`${ISSUER}/me`] = () => ({ sub: "another" });
    await expect(finish()).rejects.toThrow("The attributes are those of another user");
    await expect(finish(provider(), { issuer: "https://evil.example.com" })).rejects.toThrow(
      "of another issuer",
    );
  });

  it("is refused without the claim that names the user", async () => {
    for (const username of ["oid", "toString"]) {
      const record = provider({}, { settings: { AttributeMapping: { username } } });
      await expect(finish(record)).rejects.toThrow("username attribute mapping required");
    }
  });
});

describe("max_age", () => {
  const signedInAgo = (seconds: number) => tokenIs({ claims: { auth_time: TEST_TIME / 1000 - seconds } });

  it.each([0, 100, 160])(
    "accepts a sign-in of %i seconds ago with a max_age of 100 and a clock skew of 60",
    async (ago) => {
      signedInAgo(ago);
      expect((await finish(provider(), {}, { maxAgeSeconds: 100 })).subject).toBe(CLAIMS.sub);
    },
  );

  it.each([
    [161, 100],
    [61, 0],
  ])("refuses a sign-in of %i seconds ago with a max_age of %i", async (ago, maxAgeSeconds) => {
    signedInAgo(ago);
    await expect(finish(provider(), {}, { maxAgeSeconds })).rejects.toThrow(
      "Invalid ID token: the sign-in is older than max_age",
    );
  });

  it.each(["yesterday", {}, null])("refuses %j as the auth_time", async (auth_time) => {
    tokenIs({ claims: { auth_time } });
    await expect(finish(provider(), {}, { maxAgeSeconds: 2_000_000_000 })).rejects.toThrow("max_age");
  });

  it("accepts a token without auth_time, and any auth_time if the request had no max_age", async () => {
    expect((await finish(provider(), {}, { maxAgeSeconds: 1 })).subject).toBe(CLAIMS.sub);
    signedInAgo(1_000_000);
    expect((await finish()).subject).toBe(CLAIMS.sub);
  });
});

describe("a provider that fails", () => {
  const silent = () => {
    throw new OutboundFailure("timed out", "The answer took too long.");
  };

  it.each<[string, () => void, string]>([
    [
      "sends no tokens in time",
      () => {
        answers[`${ISSUER}/token`] = silent;
      },
      "Timeout occurred in calling IdP token endpoint",
    ],
    [
      "sends no keys in time",
      () => {
        answers[`${ISSUER}/keys`] = silent;
      },
      "Timeout in calling jwks uri",
    ],
    [
      "refuses the code",
      () => {
        answers[`${ISSUER}/token`] = () => new Response("{}", { status: 400 });
      },
      "Example Error - 400 error getting token",
    ],
    [
      "resets the connection",
      () => {
        answers[`${ISSUER}/token`] = () => {
          throw new OutboundFailure("reset", "Connection reset");
        };
      },
      "Connection reset",
    ],
    [
      "stops in the middle of its answer",
      () => {
        answers[`${ISSUER}/token`] = () => {
          throw new OutboundFailure("read timed out", "Read timed out");
        };
      },
      "Read timed out",
    ],
    [
      "answers with text",
      () => {
        answers[`${ISSUER}/token`] = () => new Response("hello");
      },
      "Example Error - the token response cannot be read",
    ],
  ])("is reported with Cognito's error text if it %s", async (_what, fail, message) => {
    fail();
    await expect(finish()).rejects.toThrow(message);
  });

  it.each<[string, unknown]>([
    ["cannot be imported", { kty: "RSA", kid: "1", alg: "RS256", n: "!", e: "AQAB" }],
    ["is null", null],
    ["is of another kind", { kty: "EC", kid: "1", crv: "P-256", x: "AA", y: "AA" }],
  ])("is reported if its key %s", async (_what, key) => {
    answers[`${ISSUER}/keys`] = () => ({ keys: [key] });
    await expect(finish()).rejects.toThrow("Invalid ID token: ");
  });

  it.each<[string, () => unknown, string]>([
    ["refused", () => Response.json({ keys: [] }, { status: 500 }), "HTTP 500"],
    ["no key set", () => ({ keys: { kid: "1" } }), "not a key set"],
    ["text", () => new Response("hello"), "not a key set"],
  ])("is reported if its keys are %s", async (_what, answer, message) => {
    answers[`${ISSUER}/keys`] = answer;
    await expect(finish()).rejects.toThrow(new ProviderRefusal(`Error in calling jwks uri: ${message}`));
  });

  it.each(["https:// not a url", "javascript:alert(1)", "data:text/html,hello", "shttp://idp.example.com"])(
    "causes no redirect of a browser to %j",
    async (authorize_url) => {
      const record = provider({
        authorize_url,
        token_url: `${ISSUER}/token`,
        jwks_uri: `${ISSUER}/keys`,
      });
      const request = { redirectUri: SENT.redirectUri, state: "s", nonce: "n", codeVerifier: "v" };
      await expect(startOidcSignIn(record, request, context)).rejects.toThrow(
        "Example Error - the authorization endpoint is not a URL",
      );
    },
  );

  it.each<[object, number, string]>([
    [
      { error: "invalid_client", error_description: "Unauthorized" },
      401,
      "Example Error - 401 invalid_client Unauthorized",
    ],
    [{ error: "invalid_grant" }, 400, "Example Error - 400 invalid_grant"],
    [{ error: { message: "Facebook's form" } }, 400, "Example Error - 400 error getting token"],
  ])("is reported with the error %j of its token endpoint", async (body, status, message) => {
    answers[`${ISSUER}/token`] = () => Response.json(body, { status });
    await expect(finish()).rejects.toThrow(new ProviderRefusal(message));
  });
});

describe("the social providers", () => {
  it("authenticate to Apple with a token signed by the developer's key, and read the name from the form", async () => {
    const developer = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const private_key = developer.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const apple = provider(
      { team_id: "TEAM", key_id: "KEY", private_key },
      { name: "SignInWithApple", type: "SignInWithApple" },
    );
    const appleUser = JSON.stringify({
      name: { firstName: "Ada", lastName: "Byron" },
      email: "x@evil.example.com",
    });
    const { claims } = await finish(apple, { appleUser });
    expect(claims).toMatchObject({
      firstName: "Ada",
      lastName: "Byron",
      name: "Ada Byron",
      email: "a@example.com",
    });
    const sent = new URLSearchParams(requests.find(({ url }) => url === `${ISSUER}/token`)?.request?.body);
    expect(sent.has("code_verifier")).toBe(false);
    const options = {
      audience: "https://appleid.apple.com",
      issuer: "TEAM",
      currentDate: new Date(TEST_TIME),
    };
    const { protectedHeader, payload } = await jwtVerify(
      sent.get("client_secret") ?? "",
      developer.publicKey,
      options,
    );
    expect([protectedHeader, payload.sub]).toEqual([{ alg: "ES256", kid: "KEY" }, "rp"]);
  });

  it.each<[string, object]>([
    [JSON.stringify({ name: { firstName: "Ada" } }), { firstName: "Ada", name: "Ada" }],
    [JSON.stringify({ name: { firstName: "", lastName: ["Byron"] } }), { firstName: "" }],
    [JSON.stringify({ name: { firstName: 1, lastName: "Byron" } }), { name: "Byron" }],
    ["null", {}],
    ["not JSON", {}],
  ])("read from Apple's form %s the name %j", async (appleUser, expected) => {
    const { claims } = await finish(provider(), { appleUser });
    expect(claims).toMatchObject(expected);
    expect(Object.hasOwn(claims, "name")).toBe(Object.hasOwn(expected, "name"));
  });

  it("request only the mapped fields from Facebook, by GET", async () => {
    const details = {
      client_id: "rp",
      client_secret: "s",
      authorize_scopes: "email",
      authorize_url: `${ISSUER}/dialog`,
      token_url: `${ISSUER}/token`,
      token_request_method: "GET",
      attributes_url: `${ISSUER}/me?fields=`,
      attributes_url_add_attributes: "true",
    };
    answers[`${ISSUER}/token`] = () => ({ access_token: "t" });
    answers[`${ISSUER}/me`] = () => ({ id: "10", email: "a@example.com" });
    const facebook = {
      ...provider(),
      name: "Facebook",
      type: "Facebook",
      details,
      settings: { AttributeMapping: { username: "id", email: "email" } },
    } as const;
    expect((await finish(facebook)).subject).toBe("10");
    expect(requests.map(({ url }) => url)).toEqual([
      expect.stringMatching(/\/token\?grant_type=authorization_code&.*client_secret=s/),
      `${ISSUER}/me?fields=id%2Cemail`,
    ]);
    expect(requests[0]?.url).not.toContain("code_verifier");
    expect(requests.map(({ request }) => request?.method ?? "GET")).toEqual(["GET", "GET"]);
  });
});
