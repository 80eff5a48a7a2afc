import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { transparentSealer } from "../../../storage/testing.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { operations } from "../registry.ts";
import { openScene, outcome, PASSWORD, type Scene } from "./testing.ts";

const { InitiateAuth: initiateAuth } = operations;

const WRONG = "NotAuthorizedException: Incorrect username or password.";
const LOCKED = "NotAuthorizedException: Password attempts exceeded";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

const APP = { secret: "JBSWY3DPEHPK3PXP" };
const WITH_APPS = { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } } as const;

const guess = ({ client, context }: Scene, password = "Wrong-horse-1") =>
  outcome(
    initiateAuth(
      {
        ClientId: client.id,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "alice", PASSWORD: password },
      },
      context,
    ),
  );
const granted = { ChallengeParameters: {}, AuthenticationResult: expect.anything() };

describe("wrong passwords in a row", () => {
  it("lock the user out from the fifth on, for twice as long each time, also with the right password", async () => {
    const here = await openScene({ context });
    await here.addUser();
    for (let failure = 1; failure <= 5; failure++) expect(await guess(here)).toBe(WRONG);
    for (const seconds of [1, 2, 4, 8]) {
      context.clock.advance(seconds * 1000 - 1);
      expect(await guess(here, PASSWORD)).toBe(LOCKED);
      context.clock.advance(1);
      expect(await guess(here)).toBe(WRONG);
    }
  });

  it("do not count while the user is locked out", async () => {
    const here = await openScene({ context });
    const user = await here.addUser();
    for (let failure = 1; failure <= 5; failure++) await guess(here);
    for (let refused = 1; refused <= 20; refused++) expect(await guess(here)).toBe(LOCKED);
    expect((await here.stored(user))?.failedSignIns?.count).toBe(5);
    context.clock.advance(1000);
    expect(await guess(here, PASSWORD)).toEqual(granted);
  });

  it("are reset by a successful sign-in", async () => {
    const here = await openScene({ context });
    const user = await here.addUser();
    for (let failure = 1; failure <= 4; failure++) await guess(here);
    expect(await guess(here, PASSWORD)).toEqual(granted);
    expect((await here.stored(user))?.failedSignIns).toBeUndefined();
    for (let failure = 1; failure <= 4; failure++) expect(await guess(here)).toBe(WRONG);
    expect(await guess(here, PASSWORD)).toEqual(granted);
  });

  it("are reset after 15 minutes without an attempt", async () => {
    const here = await openScene({ context });
    const user = await here.addUser();
    for (let failure = 1; failure <= 5; failure++) await guess(here);
    context.clock.advance(15 * 60 * 1000);
    expect(await guess(here)).toBe(WRONG);
    expect((await here.stored(user))?.failedSignIns?.count).toBe(1);
  });

  it("count only for their own user", async () => {
    const here = await openScene({ context });
    await here.addUser();
    await here.addUser({ username: "bob" });
    for (let failure = 1; failure <= 5; failure++) await guess(here);
    const bob = initiateAuth(
      {
        ClientId: here.client.id,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "bob", PASSWORD },
      },
      context,
    );
    expect(await outcome(bob)).toEqual(granted);
  });

  it("are counted one by one in parallel requests, and those above the limit get only the lockout", async () => {
    const here = await openScene({ context });
    const user = await here.addUser();
    const answers = await Promise.all(Array.from({ length: 12 }, () => guess(here)));
    expect(answers.filter((answer) => answer === WRONG)).toHaveLength(5);
    expect(answers.filter((answer) => answer === LOCKED)).toHaveLength(7);
    expect((await here.stored(user))?.failedSignIns?.count).toBe(5);
  });

  it.each([
    ["a password", false],
    ["a temporary password", true],
  ])("block %s that is right and is sent in parallel", async (_, temporary) => {
    const here = await openScene({ context });
    await here.addUser({ temporary });
    const wrong = Array.from({ length: 12 }, () => guess(here));
    const right = guess(here, PASSWORD);
    await Promise.all(wrong);
    expect(await right).toBe(LOCKED);
  });

  it.each([
    ["disabled", { enabled: false }, {}],
    ["without a required second factor", {}, { MfaConfiguration: "ON" }],
    ["about to be asked for a code", { totp: APP }, WITH_APPS],
  ] as const)(
    "hide the state of a user who is %s when the right one is sent in parallel",
    async (_, user, pool) => {
      const here = await openScene({ context, pool });
      await here.addUser(user);
      const wrong = Array.from({ length: 12 }, () => guess(here));
      const right = guess(here, PASSWORD);
      await Promise.all(wrong);
      expect(await right).toBe(LOCKED);
    },
  );

  it("block the right one in parallel also with a database on disk", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cognate-lockout-"));
    const store = await openSqliteStore({
      file: join(folder, "cognate.db"),
      sealer: transparentSealer,
      clock: context.clock,
    });
    const onDisk = await testContext({ store });
    const here = await openScene({ context: onDisk, pool: WITH_APPS });
    await here.addUser({ totp: APP });
    const attempts = Array.from({ length: 12 }, () => guess(here));
    expect(await Promise.all([...attempts, guess(here, PASSWORD)])).toEqual([
      ...Array.from({ length: 5 }, () => WRONG),
      ...Array.from({ length: 8 }, () => LOCKED),
    ]);
    await store.close();
    await rm(folder, { recursive: true });
  });

  it("are not written by a sign-in without any", async () => {
    const here = await openScene({ context });
    const user = await here.addUser();
    context.clock.advance(1000);
    await guess(here, PASSWORD);
    expect((await here.stored(user))?.lastModifiedAt).toBe(user.lastModifiedAt);
  });
});
