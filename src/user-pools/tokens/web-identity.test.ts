import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openScene } from "../operations/authentication/testing.ts";
import { type TestContext, testContext } from "../testing.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

async function tokens() {
  const here = await openScene({ context });
  const user = await here.addUser();
  const signIn = context.tokens.newSignIn(here.client, user);
  await context.store.signIns.insert(signIn);
  const source = "TokenGeneration_Authentication" as const;
  const request = { pool: here.pool, client: here.client, user, signIn, source };
  const { AccessToken = "", IdToken = "" } = await context.tokens.issue(request);
  return { here, user, access: AccessToken, id: IdToken };
}

describe("an ID token as a web identity", () => {
  it("provides issuer, client and user", async () => {
    const { here, user, id } = await tokens();
    expect(await context.tokens.verifyWebIdentity(id)).toEqual({
      identity: {
        issuer: context.issuerOf(here.pool.id),
        audience: here.client.id,
        subject: user.sub,
      },
    });
  });

  it("is rejected with the time of its expiry after it has expired", async () => {
    const { id } = await tokens();
    const expiredAtSeconds = context.clock.now() / 1000 + 3600;
    context.clock.advance(60 * 60 * 1000);
    expect(await context.tokens.verifyWebIdentity(id)).toEqual({ fault: "expired", expiredAtSeconds });
  });

  it("cannot be an access token, or an altered or invented token", async () => {
    const { access, id } = await tokens();
    const [header, , signature] = id.split(".");
    const [, others] = (await tokens()).id.split(".");
    for (const text of [access, `${header}.${others}.${signature}`, `${id}A`, "a.b.c", ""]) {
      expect(await context.tokens.verifyWebIdentity(text)).toEqual({ fault: "unverified" });
    }
  });
});
