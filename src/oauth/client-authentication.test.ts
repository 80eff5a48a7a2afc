import { afterAll, describe, expect, it } from "vitest";
import { openScene } from "../user-pools/operations/authentication/testing.ts";
import { testContext } from "../user-pools/testing.ts";
import { oauthEndpoints } from "./testing.ts";

const SECRET = "aSecretOfTheClientItself123";

const context = await testContext();
afterAll(() => context.store.close());
const endpoints = oauthEndpoints(() => context);
const scene = await openScene({ context });
const confidential = await scene.addClient({}, SECRET);

type Members = Readonly<Record<string, string>>;

/** The answer to an unknown refresh token, which only an authenticated client gets. */
const AUTHENTICATED = "invalid_grant";

async function refresh(more: Members, headers: Members = {}, base = ""): Promise<unknown> {
  const form = { grant_type: "refresh_token", refresh_token: "unknown", ...more };
  const [, body] = await endpoints.post(`${base}/oauth2/token`, form, headers);
  return (body as { error: unknown }).error;
}

const basic = (text: string, scheme = "Basic") => ({
  authorization: `${scheme} ${Buffer.from(text).toString("base64")}`,
});

describe("a client with a secret", () => {
  it("proves it in the body or in the header, where both parts may be form-encoded", async () => {
    const { id } = confidential;
    expect(await refresh({ client_id: id, client_secret: SECRET })).toBe(AUTHENTICATED);
    expect(await refresh({}, basic(`${id}:${SECRET}`))).toBe(AUTHENTICATED);
    expect(await refresh({ client_id: id }, basic(`${id}:${SECRET}`, "basic"))).toBe(AUTHENTICATED);
    const encoded = [id, SECRET].map((text) => `%${text.charCodeAt(0).toString(16)}${text.slice(1)}`);
    expect(await refresh({}, basic(encoded.join(":")))).toBe(AUTHENTICATED);
  });

  it("can have a secret with percent signs, plus signs and colons, as it is", async () => {
    const secret = "100%+a:b%zz-and-24-characters";
    const { id } = await scene.addClient({}, secret);
    expect(await refresh({}, basic(`${id}:${secret}`))).toBe(AUTHENTICATED);
    expect(await refresh({}, basic(`${id}:${secret.slice(0, -1)}`))).toBe("invalid_client");
  });

  it("proves either of its two secrets", async () => {
    const { id, secrets } = await scene.addClient({}, SECRET);
    await context.store.clients.update(id, (client) => ({
      ...client,
      secrets: [...secrets, { id: "second", value: "second", createdAt: 0 }],
    }));
    for (const client_secret of [SECRET, "second"]) {
      expect(await refresh({ client_id: id, client_secret })).toBe(AUTHENTICATED);
    }
    expect(await refresh({ client_id: id, client_secret: `${SECRET}second` })).toBe("invalid_client");
  });

  it("is refused without it, with an empty one, and with a wrong one in the header beside the right one", async () => {
    const { id } = confidential;
    expect(await refresh({ client_id: id })).toBe("invalid_client");
    expect(await refresh({ client_id: id, client_secret: "" })).toBe("invalid_client");
    expect(await refresh({}, basic(`${id}:`))).toBe("invalid_client");
    expect(await refresh({ client_id: id, client_secret: SECRET }, basic(`${id}:wrong`))).toBe(
      "invalid_client",
    );
  });

  it("is refused if the header cannot be read, or names another client than the body", async () => {
    const { id } = confidential;
    for (const text of [id, `${id}x`]) expect(await refresh({}, basic(text))).toBe("invalid_request");
    expect(await refresh({ client_id: scene.client.id }, basic(`${id}:${SECRET}`))).toBe("invalid_request");
    expect(await refresh({})).toBe("invalid_request");
    expect(await refresh({}, { authorization: `x ${basic(`${id}:${SECRET}`).authorization}` })).toBe(
      "invalid_request",
    );
    expect(await refresh({}, { authorization: `Bearer ${SECRET}` })).toBe("invalid_request");
  });
});

describe("a client without a secret", () => {
  it("may send one in the body, but not in the header", async () => {
    const { id } = scene.client;
    expect(await refresh({ client_id: id })).toBe(AUTHENTICATED);
    expect(await refresh({ client_id: id, client_secret: "any" })).toBe(AUTHENTICATED);
    expect(await refresh({}, basic(`${id}:`))).toBe(AUTHENTICATED);
    expect(await refresh({}, basic(`${id}:any`))).toBe("invalid_client");
  });
});

it("refuses a client of another pool than the path names, and one that does not exist", async () => {
  const elsewhere = await openScene({ context });
  const { id } = scene.client;
  expect(await refresh({ client_id: id }, {}, `/${scene.pool.id}`)).toBe(AUTHENTICATED);
  expect(await refresh({ client_id: id }, {}, `/${elsewhere.pool.id}`)).toBe("invalid_client");
  expect(await refresh({ client_id: "nobody" })).toBe("invalid_client");
});
