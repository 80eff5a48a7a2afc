import { afterAll, beforeAll, expect, it } from "vitest";
import { passwordCalls } from "../operations/authentication/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { listSessions, revokeSession } from "./index.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

it("revokes a session for its own user alone, not for others of the pool or of another pool", async () => {
  const { scene, signIn } = passwordCalls(context);
  const here = await scene();
  const alice = await here.addUser();
  const bob = await here.addUser({ username: "bob" });
  await signIn(here);
  const elsewhere = await (await scene()).addUser();
  const sessions = async () => (await listSessions(context, alice, { limit: 10 })).items;
  const [{ originJti } = { originJti: "" }] = await sessions();
  for (const other of [bob, elsewhere, { poolId: elsewhere.poolId, sub: alice.sub }]) {
    expect(await revokeSession(context, other, originJti)).toBe(false);
  }
  expect(await revokeSession(context, alice, "none")).toBe(false);
  expect(await sessions()).toHaveLength(1);
  expect(await revokeSession(context, alice, originJti)).toBe(true);
  expect(await sessions()).toEqual([]);
});
