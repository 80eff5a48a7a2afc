import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimSignature, N, scrambler, sessionKey } from "../../../crypto/srp/srp-numbers.ts";
import { srpClient, TIMESTAMP } from "../../../crypto/testing.ts";
import { newSub } from "../../../ids.ts";
import { poolNamePart } from "../../../pool-ids.ts";
import type { AppClientSettings } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { operations } from "../registry.ts";
import { openScene, outcome, PASSWORD, type Scene } from "./testing.ts";

const {
  AdminInitiateAuth: adminInitiateAuth,
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  InitiateAuth: initiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
} = operations;

const WRONG = "NotAuthorizedException: Incorrect username or password.";
const granted = {
  ChallengeParameters: {},
  AuthenticationResult: expect.objectContaining({ TokenType: "Bearer", RefreshToken: expect.anything() }),
};

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

const sceneWith = (client: Partial<AppClientSettings> = {}) => openScene({ context, client });
type Party = Pick<Scene, "pool" | "client">;

/**
 * A client that has begun a sign-in and knows what to answer. Its arithmetic is checked by the vectors of
 * `src/crypto/srp/srp.test.ts`; `test/sign-in/srp.test.ts` signs in with the library that browsers use.
 */
async function begin({ pool, client }: Party, { username = "alice", admin = false } = {}) {
  const poolName = poolNamePart(pool.id);
  const SRP_A = srpClient({ poolName, username }, PASSWORD).publicA;
  const request = {
    ClientId: client.id,
    AuthFlow: "USER_SRP_AUTH" as const,
    AuthParameters: { USERNAME: username, SRP_A },
  };
  const offer = admin
    ? await adminInitiateAuth({ ...request, UserPoolId: pool.id }, context)
    : await initiateAuth(request, context);
  const { USER_ID_FOR_SRP = "", ...parameters } = offer.ChallengeParameters ?? {};
  return {
    offer,
    claim: (password = PASSWORD, timestamp = TIMESTAMP): Record<string, string> => ({
      USERNAME: USER_ID_FOR_SRP,
      ...srpClient({ poolName, username: USER_ID_FOR_SRP }, password).claim(parameters, timestamp),
    }),
  };
}

function respond({ client }: Pick<Scene, "client">, ChallengeResponses: Record<string, string>) {
  const request = { ClientId: client.id, ChallengeName: "PASSWORD_VERIFIER" as const, ChallengeResponses };
  return outcome(respondToAuthChallenge(request, context));
}

describe("signing in by SRP", () => {
  it("returns hex numbers, a secret block and the username, and no Session", async () => {
    const here = await sceneWith();
    await here.addUser();
    const { offer } = await begin(here);
    expect(offer).toEqual({
      ChallengeName: "PASSWORD_VERIFIER",
      Session: undefined,
      ChallengeParameters: {
        SALT: expect.stringMatching(/^[1-9a-f][0-9a-f]*$/),
        SRP_B: expect.stringMatching(/^[1-9a-f][0-9a-f]*$/),
        SECRET_BLOCK: expect.stringMatching(/^[A-Za-z0-9+/]+={0,2}$/),
        USERNAME: "alice",
        USER_ID_FOR_SRP: "alice",
      },
    });
  });

  it("returns tokens when the client proves the password", async () => {
    const here = await sceneWith();
    await here.addUser();
    const { claim } = await begin(here);
    expect(await respond(here, await claim())).toEqual(granted);
  });

  it("cannot be continued by a new client with the id of the deleted one", async () => {
    const here = await sceneWith();
    await here.addUser();
    const { claim } = await begin(here);
    await context.store.clients.delete(here.client.id);
    context.clock.advance(1);
    await context.store.clients.insert({ ...here.client, createdAt: context.clock.now() });
    expect(await respond(here, await claim())).toBe(WRONG);
  });

  it("accepts an alias, and the claim is made for the username", async () => {
    const here = await openScene({ context, pool: { AliasAttributes: ["email"] } });
    await here.addUser({ attributes: { email: "a@example.com", email_verified: "true" } });
    const { offer, claim } = await begin(here, { username: "a@example.com" });
    expect(offer.ChallengeParameters?.USER_ID_FOR_SRP).toBe("alice");
    expect(await respond(here, { ...(await claim()), USERNAME: "a@example.com" })).toEqual(granted);
  });

  it("accepts a password beyond ASCII", async () => {
    const here = await sceneWith();
    await here.addUser({ password: "pässwörd ✓ 1A" });
    const { claim } = await begin(here);
    expect(await respond(here, await claim("pässwörd ✓ 1A"))).toEqual(granted);
  });

  it("continues with NEW_PASSWORD_REQUIRED and a Session for a temporary password", async () => {
    const here = await sceneWith();
    await here.addUser({ temporary: true });
    const { claim } = await begin(here);
    expect(await respond(here, await claim())).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: expect.any(String),
    });
  });

  it("returns tokens to administrators, whose challenge the public operation accepts too", async () => {
    const here = await sceneWith();
    await here.addUser();
    expect(await respond(here, await (await begin(here, { admin: true })).claim())).toEqual(granted);
    const responses = await (await begin(here, { admin: true })).claim();
    const answer = adminRespondToAuthChallenge(
      {
        UserPoolId: here.pool.id,
        ClientId: here.client.id,
        ChallengeName: "PASSWORD_VERIFIER",
        ChallengeResponses: responses,
      },
      context,
    );
    expect(await outcome(answer)).toEqual(granted);
  });

  it("returns another SRP_B and secret block each time, and the same salt", async () => {
    const here = await sceneWith();
    await here.addUser();
    const [first, second] = [(await begin(here)).offer, (await begin(here)).offer];
    expect(second.ChallengeParameters?.SALT).toBe(first.ChallengeParameters?.SALT);
    expect(second.ChallengeParameters?.SRP_B).not.toBe(first.ChallengeParameters?.SRP_B);
  });
});

describe("an SRP answer", () => {
  it("is rejected with a wrong password, which counts towards the lockout", async () => {
    const here = await sceneWith();
    const user = await here.addUser();
    for (let failure = 1; failure <= 5; failure++) {
      const { claim } = await begin(here);
      expect(await respond(here, await claim("Wrong-horse-1"))).toBe(WRONG);
    }
    expect((await here.stored(user))?.failedSignIns?.count).toBe(5);
    expect(await outcome(begin(here))).toBe("NotAuthorizedException: Password attempts exceeded");
  });

  it("is rejected during a lockout that began after the challenge", async () => {
    const here = await sceneWith();
    const user = await here.addUser();
    const { claim } = await begin(here);
    const failedSignIns = { count: 5, lastAt: context.clock.now() };
    await context.store.users.update(here.pool.id, user.sub, (current) => ({ ...current, failedSignIns }));
    expect(await respond(here, await claim())).toBe("NotAuthorizedException: Password attempts exceeded");
  });

  it("is rejected when repeated", async () => {
    const here = await sceneWith();
    await here.addUser();
    const responses = await (await begin(here)).claim();
    expect(await respond(here, responses)).toEqual(granted);
    expect(await respond(here, responses)).toBe(WRONG);
  });

  it("is accepted once if it is sent several times in parallel", async () => {
    const here = await sceneWith();
    await here.addUser();
    const responses = await (await begin(here)).claim();
    const answers = await Promise.all(Array.from({ length: 6 }, () => respond(here, responses)));
    expect(answers.filter((answer) => typeof answer === "object")).toHaveLength(1);
    expect(answers.filter((answer) => answer === WRONG)).toHaveLength(5);
  });

  it("is rejected after the time limit", async () => {
    const here = await sceneWith();
    await here.addUser();
    const responses = await (await begin(here)).claim();
    context.clock.advance(3 * 60 * 1000);
    expect(await respond(here, responses)).toBe(WRONG);
  });

  it("is rejected with the secret block of another client, pool or user, or of an unknown user", async () => {
    const [here, elsewhere] = [await sceneWith(), await sceneWith()];
    await here.addUser();
    await here.addUser({ username: "bob" });
    await elsewhere.addUser();
    const responses = await (await begin(here)).claim();
    expect(await respond({ client: await here.addClient() }, responses)).toBe(WRONG);
    expect(await respond(elsewhere, responses)).toBe(WRONG);
    expect(await respond(here, { ...responses, USERNAME: "bob" })).toBe(WRONG);
    const madeUp = Buffer.alloc(1200, 7).toString("base64");
    expect(await respond(here, { ...responses, PASSWORD_CLAIM_SECRET_BLOCK: madeUp })).toBe(WRONG);
  });

  it("is rejected with a changed secret block, which does not count as a failure", async () => {
    const here = await sceneWith();
    const user = await here.addUser();
    const responses = await (await begin(here)).claim();
    const block = Buffer.from(responses.PASSWORD_CLAIM_SECRET_BLOCK ?? "", "base64");
    block[block.length >> 1] = (block[block.length >> 1] ?? 0) ^ 1;
    expect(await respond(here, { ...responses, PASSWORD_CLAIM_SECRET_BLOCK: block.toString("base64") })).toBe(
      WRONG,
    );
    expect((await here.stored(user))?.failedSignIns).toBeUndefined();
  });

  it.each([
    [0, "*"],
    [31, Buffer.alloc(31, 1).toString("base64")],
    [33, Buffer.alloc(33, 1).toString("base64")],
  ])("is rejected with a signature of %i bytes: %s", async (_, PASSWORD_CLAIM_SIGNATURE) => {
    const here = await sceneWith();
    await here.addUser();
    const { claim } = await begin(here);
    expect(await respond(here, { ...(await claim()), PASSWORD_CLAIM_SIGNATURE })).toBe(WRONG);
  });

  it("is rejected if the signature covers another time", async () => {
    const here = await sceneWith();
    await here.addUser();
    const responses = await (await begin(here)).claim();
    expect(await respond(here, { ...responses, TIMESTAMP: "Thu Jan 1 00:00:01 UTC 2026" })).toBe(WRONG);
  });

  it.each(["2026-01-01T00:00:00Z", "Thu Jan 01 00:00:00 UTC 2026", "Do Jan 1 00:00:00 UTC 2026", "now"])(
    "is rejected with the timestamp %s",
    async (timestamp) => {
      const here = await sceneWith();
      await here.addUser();
      const { claim } = await begin(here);
      expect(await respond(here, await claim(PASSWORD, timestamp))).toBe(
        "InvalidParameterException: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.",
      );
    },
  );

  it.each(["USERNAME", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"])(
    "is rejected without %s",
    async (name) => {
      const here = await sceneWith();
      await here.addUser();
      const { [name]: _, ...responses } = await (await begin(here)).claim();
      expect(await respond(here, responses)).toBe(
        `InvalidParameterException: Missing required parameter ${name}`,
      );
    },
  );

  it("is rejected for a password that was replaced after the challenge", async () => {
    const [here, other] = [await sceneWith(), await sceneWith()];
    const user = await here.addUser();
    const replacement = await other.addUser({ password: "Other-horse-3" });
    const responses = await (await begin(here)).claim();
    const { password } = replacement;
    await context.store.users.update(here.pool.id, user.sub, (current) => ({ ...current, password }));
    expect(await respond(here, responses)).toBe(WRONG);
  });
});

describe("starting an SRP sign-in", () => {
  it.each([
    ["not hex", "InvalidParameterException: Invalid SRP_A"],
    ["f".repeat(2000), "InvalidParameterException: Invalid SRP_A"],
    ["", "InvalidParameterException: Missing required parameter SRP_A"],
  ])("rejects SRP_A = %.20s", async (SRP_A, text) => {
    const here = await sceneWith();
    await here.addUser();
    const request = { ClientId: here.client.id, AuthFlow: "USER_SRP_AUTH" as const };
    expect(
      await outcome(initiateAuth({ ...request, AuthParameters: { USERNAME: "alice", SRP_A } }, context)),
    ).toBe(text);
  });

  it.each([
    ["0", 0n],
    ["N", N],
    ["2N", 2n * N],
  ])("returns an ordinary challenge for SRP_A = %s, to which every answer is rejected", async (_, A) => {
    const here = await sceneWith();
    await here.addUser();
    const offer = await initiateAuth(
      {
        ClientId: here.client.id,
        AuthFlow: "USER_SRP_AUTH",
        AuthParameters: { USERNAME: "alice", SRP_A: A.toString(16) },
      },
      context,
    );
    const { SECRET_BLOCK = "" } = offer.ChallengeParameters ?? {};
    const identity = { poolName: poolNamePart(here.pool.id), username: "alice" };
    // With such an A the shared secret would be 0, which anybody can compute.
    const key = sessionKey(0n, scrambler(A, BigInt(`0x${offer.ChallengeParameters?.SRP_B}`)));
    const signature = claimSignature(key, identity, Buffer.from(SECRET_BLOCK, "base64"), TIMESTAMP);
    expect(
      await respond(here, {
        USERNAME: "alice",
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: signature.toString("base64"),
        TIMESTAMP,
      }),
    ).toBe(WRONG);
  });

  it("returns PasswordResetRequiredException at once after a reset", async () => {
    const here = await sceneWith();
    await here.addUser({ status: "RESET_REQUIRED" });
    expect(await outcome(begin(here))).toBe(
      "PasswordResetRequiredException: Password reset required for the user",
    );
  });

  it("reports that a user is not confirmed when they answer, with the right or a wrong password", async () => {
    const here = await sceneWith();
    await here.addUser({ status: "UNCONFIRMED" });
    for (const password of ["Wrong-horse-1", undefined]) {
      const { offer, claim } = await begin(here);
      expect(offer.ChallengeName).toBe("PASSWORD_VERIFIER");
      expect(await respond(here, await claim(password))).toBe(
        "UserNotConfirmedException: User is not confirmed.",
      );
    }
  });

  it.each(["CONFIRMED", "UNCONFIRMED", "RESET_REQUIRED"] as const)(
    "reports that a user in the state %s is disabled only after the proof of the password",
    async (status) => {
      const here = await sceneWith();
      await here.addUser({ enabled: false, status });
      const { offer, claim } = await begin(here);
      expect(offer.ChallengeName).toBe("PASSWORD_VERIFIER");
      expect(await respond(here, await claim("Wrong-horse-1"))).toBe(WRONG);
      expect(await respond(here, await claim())).toBe("NotAuthorizedException: User is disabled.");
    },
  );
});

describe("SRP for a user who does not exist", () => {
  it("gives UserNotFoundException if existence is not hidden", async () => {
    const here = await sceneWith({ PreventUserExistenceErrors: "LEGACY" });
    expect(await outcome(begin(here))).toBe("UserNotFoundException: User does not exist.");
  });

  it("gives the same challenge each time and then the error of a wrong password if existence is hidden", async () => {
    const here = await sceneWith({ PreventUserExistenceErrors: "ENABLED" });
    const first = await begin(here, { username: "nobody" });
    const second = await begin(here, { username: "nobody" });
    expect(first.offer).toMatchObject({
      ChallengeName: "PASSWORD_VERIFIER",
      ChallengeParameters: {
        SALT: expect.stringMatching(/^[1-9a-f][0-9a-f]*$/),
        USERNAME: "nobody",
        USER_ID_FOR_SRP: "nobody",
      },
    });
    const { SALT, USER_ID_FOR_SRP } = first.offer.ChallengeParameters ?? {};
    expect(second.offer.ChallengeParameters).toMatchObject({ SALT, USER_ID_FOR_SRP });
    expect(await respond(here, await first.claim())).toBe(WRONG);
    expect(await respond(here, { ...(await second.claim()), USERNAME: "nobody" })).toBe(WRONG);
  });

  it("gives a salt that depends on name and pool, and on case only in a case-sensitive pool", async () => {
    const hide = { PreventUserExistenceErrors: "ENABLED" } as const;
    const [here, elsewhere] = [await sceneWith(hide), await sceneWith(hide)];
    const lenient = await openScene({
      context,
      pool: { UsernameConfiguration: { CaseSensitive: false } },
      client: hide,
    });
    const saltOf = async (party: Party, username: string) =>
      (await begin(party, { username })).offer.ChallengeParameters?.SALT;
    const salt = await saltOf(here, "nobody");
    expect(await saltOf(here, "nobody else")).not.toBe(salt);
    expect(await saltOf(here, "Nobody")).not.toBe(salt);
    expect(await saltOf(elsewhere, "nobody")).not.toBe(salt);
    expect(await saltOf(lenient, "Nobody")).toBe(await saltOf(lenient, "nobody"));
  });

  it("gives the same format for an unknown user in a pool with UUIDs as usernames, including the length of the secret block", async () => {
    const here = await openScene({
      context,
      pool: { UsernameAttributes: ["email"] },
      client: { PreventUserExistenceErrors: "ENABLED" },
    });
    const attributes = { email: "alice@example.com" };
    await here.addUser({ username: newSub(context.random), attributes });
    const offered = async (username: string) =>
      (await begin(here, { username })).offer.ChallengeParameters ?? {};
    const [somebody, nobody] = [await offered("alice@example.com"), await offered("alicf@example.com")];
    const userId = /^[0-9a-f]{8}-[0-9a-f]{4}-70[0-9a-f]{2}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect([somebody.USER_ID_FOR_SRP, nobody.USER_ID_FOR_SRP]).toEqual([
      expect.stringMatching(userId),
      expect.stringMatching(userId),
    ]);
    const lengths = [somebody, nobody].map(({ SECRET_BLOCK = "" }) => SECRET_BLOCK.length);
    // The first digits of its numbers may be missing, in both alike.
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(16);
  });

  it("gives the same answers as for a user without a password", async () => {
    const here = await sceneWith({ PreventUserExistenceErrors: "ENABLED" });
    await here.addUser({ status: "RESET_REQUIRED", password: null });
    const { claim } = await begin(here);
    expect(await respond(here, await claim())).toBe(WRONG);
  });
});
