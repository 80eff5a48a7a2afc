import { expect, it } from "vitest";
import type { Repositories } from "../../storage/index.ts";
import { openScene } from "../operations/authentication/testing.ts";
import { issueCode, redeemCode } from "./authorization-codes.ts";

const TOKENS = { AccessToken: "access" };
const redirectUri = "https://app.example.com/callback";

it("gives the tokens to the first of two uses of a code at once, and revokes them", async () => {
  const { context, pool, client, addUser } = await openScene();
  const user = await addUser();
  const signIn = context.tokens.newSignIn(client, user);
  await context.store.signIns.insert(signIn);
  const code = await issueCode({ pool, client, user, signIn, scopes: [] }, TOKENS, { redirectUri }, context);
  const redeem = (usedTickets: Repositories["usedTickets"]) => {
    const store = new Proxy(context.store, {
      get: (target, name) => (name === "usedTickets" ? usedTickets : Reflect.get(target, name)),
    });
    const given = { code, redirectUri, codeVerifier: undefined };
    return redeemCode(client, given, { pool, context: { ...context, store } });
  };
  const { usedTickets } = context.store;
  const first = await redeem({
    isUsed: (id) => usedTickets.isUsed(id),
    async use(...ticket) {
      const isFirst = await usedTickets.use(...ticket);
      await expect(redeem(usedTickets)).rejects.toMatchObject({ code: "invalid_grant" });
      return isFirst;
    },
  });
  expect(first).toEqual(TOKENS);
  expect((await context.store.signIns.get(signIn.originJti))?.revokedAt).toBe(context.clock.now());
});
