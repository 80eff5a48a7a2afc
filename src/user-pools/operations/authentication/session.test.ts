/** The rules of every Session, with the one of NEW_PASSWORD_REQUIRED. */
import { afterAll, describe, expect, it, vi } from "vitest";
import { secretHash } from "../../../crypto/index.ts";
import { makePassword } from "../../passwords/index.ts";
import { testContext } from "../../testing.ts";
import { operations } from "../registry.ts";
import { granted, NEW_PASSWORD, newPasswordCalls } from "./new-password-calls.ts";
import { outcome, passwordCalls, type Scene } from "./testing.ts";

const { AdminRespondToAuthChallenge: adminRespondToAuthChallenge } = operations;
const context = await testContext();
afterAll(() => context.store.close());
const { sceneOfNewUser, challenge, sessionOf, respond } = newPasswordCalls(context);
const { scene, signIn, adminSignIn } = passwordCalls(context);
const INVALID = "NotAuthorizedException: Invalid session for the user.";
const USED = "NotAuthorizedException: Invalid session for the user, session can only be used once.";
const EXPIRED = "NotAuthorizedException: Invalid session for the user, session is expired.";

describe("a Session", () => {
  it("can be used once", async () => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    expect(await respond(here, session)).toEqual(granted);
    expect(await respond(here, session)).toBe(USED);
  });

  it("is accepted for one of several parallel answers", async () => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => respond(here, session, { NEW_PASSWORD: `Staple-${index}-x` })),
    );
    expect(answers.filter((answer) => typeof answer === "object")).toHaveLength(1);
    expect(answers.filter((answer) => answer === USED)).toHaveLength(7);
  });

  it("can be answered for three minutes by default", async () => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    context.clock.advance(3 * 60 * 1000);
    expect(await respond(here, session)).toBe(EXPIRED);
  });

  it("can be answered for as long as the client's AuthSessionValidity", async () => {
    const here = await sceneOfNewUser({ client: { AuthSessionValidity: 15 } });
    const session = await sessionOf(here);
    context.clock.advance(15 * 60 * 1000 - 1);
    expect(await respond(here, session)).toEqual(granted);
  });

  it("is required", async () => {
    const here = await sceneOfNewUser();
    for (const session of [undefined, ""]) {
      expect(await respond(here, session)).toBe(
        "InvalidParameterException: Missing required parameter Session",
      );
    }
  });

  it("is rejected with one changed character at any position", async () => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    for (let index = 0; index < session.length; index += 7) {
      const altered = `${session.slice(0, index)}${session[index] === "A" ? "B" : "A"}${session.slice(index + 1)}`;
      expect(await respond(here, altered)).toBe(INVALID);
    }
    expect(await respond(here, session)).toEqual(granted);
  });

  it.each(["x".repeat(20), "AYABe", `AYABe${"A".repeat(900)}`, "a.b.c.d.e", "☃".repeat(20)])(
    "is rejected if it was invented: %s",
    async (madeUp) => {
      const here = await sceneOfNewUser();
      expect(await respond(here, madeUp)).toBe(INVALID);
    },
  );

  it("is rejected for another client", async () => {
    const here = await sceneOfNewUser();
    const other = await here.addClient();
    expect(await respond({ client: other }, await sessionOf(here))).toBe(INVALID);
  });

  it("is rejected for another pool", async () => {
    const [here, elsewhere] = [await sceneOfNewUser(), await sceneOfNewUser()];
    expect(await respond(elsewhere, await sessionOf(here))).toBe(INVALID);
  });

  it("is rejected for another user", async () => {
    const here = await sceneOfNewUser();
    await here.addUser({ username: "bob", temporary: true });
    expect(await respond(here, await sessionOf(here), { USERNAME: "bob" })).toBe(INVALID);
  });

  it("is accepted with any name of the user", async () => {
    const here = await sceneOfNewUser({ pool: { AliasAttributes: ["email"] } });
    expect(await respond(here, await sessionOf(here), { USERNAME: "a@example.com" })).toEqual(granted);
  });

  it("of the operation for administrators is accepted by the public one", async () => {
    const here = await sceneOfNewUser();
    const { Session } = await adminSignIn(here);
    expect(await respond(here, Session)).toEqual(granted);
  });

  it("of the public operation is accepted by the one for administrators", async () => {
    const here = await sceneOfNewUser();
    const party = { UserPoolId: here.pool.id, ClientId: here.client.id };
    const answer = adminRespondToAuthChallenge(
      {
        ...party,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: await sessionOf(here),
        ChallengeResponses: { USERNAME: "alice", NEW_PASSWORD },
      },
      context,
    );
    expect(await outcome(answer)).toEqual(granted);
  });

  it.each(["SOFTWARE_TOKEN_MFA", "SMS_MFA", "MFA_SETUP", "ADMIN_NO_SRP_AUTH"] as const)(
    "is rejected for the challenge %s instead of its own",
    async (name) => {
      const here = await sceneOfNewUser();
      expect(await respond(here, await sessionOf(here), {}, name)).toBe(INVALID);
    },
  );

  it("is rejected for a user who was disabled meanwhile, before the answer is looked at", async () => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    await operations.AdminDisableUser({ UserPoolId: here.pool.id, Username: "alice" }, context);
    expect(await respond(here, session, { NEW_PASSWORD: "weak" })).toBe(
      "NotAuthorizedException: User is disabled.",
    );
  });

  it("is rejected after an administrator set another temporary password", async () => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    context.clock.advance(1);
    const password = await makePassword(context.crypto, here.pool, "alice", "Other-horse-3", {
      now: context.clock.now(),
      temporary: true,
    });
    await context.store.users.update(here.pool.id, here.user.sub, (user) => ({ ...user, password }));
    expect(await respond(here, session)).toBe(INVALID);
  });

  it("is rejected after the user was disabled or deleted", async () => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    await context.store.users.update(here.pool.id, here.user.sub, (user) => ({ ...user, enabled: false }));
    expect(await respond(here, session)).toBe("NotAuthorizedException: User is disabled.");
    await context.store.users.delete(here.pool.id, here.user.sub);
    expect(await respond(here, session)).toBe(INVALID);
  });

  it("is rejected for a new client with the id of the deleted one", async () => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    await context.store.clients.delete(here.client.id);
    context.clock.advance(1);
    await context.store.clients.insert({ ...here.client, createdAt: context.clock.now() });
    expect(await respond(here, session)).toBe(INVALID);
  });

  it("does not replace the SECRET_HASH of a client with a secret", async () => {
    const secret = "examplesecret1234567890";
    const here = await sceneOfNewUser({ secret });
    const SECRET_HASH = secretHash(secret, "alice", here.client.id);
    const { Session } = await challenge(here, { SECRET_HASH });
    expect(await respond(here, Session)).toMatch(/SECRET_HASH was not received$/);
    expect(await respond(here, Session, { SECRET_HASH: "wrong" })).toMatch(/Unable to verify secret hash/);
    expect(await respond(here, Session, { SECRET_HASH })).toEqual(granted);
  });
});

describe("the right password is rejected if, while it was checked,", () => {
  it.each([
    ["the user was disabled", async () => ({ enabled: false }), "User is disabled."],
    [
      "another one was set",
      async ({ pool }: Scene) => ({
        password: await makePassword(context.crypto, pool, "alice", NEW_PASSWORD, {
          now: context.clock.now(),
          temporary: false,
        }),
      }),
      "Incorrect username or password.",
    ],
  ])("%s", async (_, changeOf, refusal) => {
    const { store, crypto } = context;
    const here = await scene();
    const { sub } = await here.addUser();
    const change = await changeOf(here);
    const { matches } = crypto.srp;
    const checks = vi.spyOn(crypto.srp, "matches").mockImplementationOnce(async (...given) => {
      const isRight = await matches(...given);
      await store.users.update(here.pool.id, sub, (user) => ({ ...user, ...change }));
      return isRight;
    });
    const answer = await outcome(signIn(here));
    checks.mockRestore();
    expect(answer).toBe(`NotAuthorizedException: ${refusal}`);
  });
});
