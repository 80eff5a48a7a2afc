import Fastify from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { silentLog } from "../log.ts";
import { caller } from "../user-pools/operations/testing.ts";
import { type TestContext, testContext } from "../user-pools/testing.ts";
import { oauthSurface } from "./index.ts";

const app = Fastify();
const logged: [object, string][] = [];
let context: TestContext;
beforeAll(async () => {
  const log = { ...silentLog, info: (...entry: [object, string]) => void logged.push(entry) };
  context = await testContext({ log });
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "buffer" }, (_, body, done) =>
    done(null, body),
  );
  const surface = oauthSurface({ contextOf: () => context, namesIssuer: false, addsNonce: false });
  app.register(async (scope) => surface(scope));
});
afterAll(async () => {
  await app.close();
  await context.store.close();
});

it("logs a refused token request with its client, without what it sent", async () => {
  const api = caller(context);
  const poolId = await api.pool();
  const clientId = await api.client(poolId, {});
  const form = { grant_type: "refresh_token", client_id: clientId, refresh_token: "a secret" };
  const answer = await app.inject({
    method: "POST",
    url: "/oauth2/token",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(form).toString(),
  });
  expect(answer.json()).toEqual({ error: "invalid_grant" });
  const entry = { poolId, clientId, error: "invalid_grant", reason: "Invalid Refresh Token" };
  expect(logged).toEqual([
    [{ endpoint: "/oauth2/token", ...entry, sourceIp: "127.0.0.1" }, "A call was refused"],
  ]);
});
