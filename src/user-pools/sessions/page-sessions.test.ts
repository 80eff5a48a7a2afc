import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantToSession } from "../oauth/index.ts";
import { mfaScene } from "../operations/mfa/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { endPageSession, isReusable, openPageSession, startPageSession } from "./index.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

const MINUTE = 60_000;

/** A pool in which alice has signed in on the pages. */
async function scene(UserSessionTracking: "ENABLED" | "DISABLED") {
  const here = await mfaScene({}, {}, Promise.resolve(context));
  const { client } = here;
  const UserPoolId = here.pool.id;
  const user = await here.addUser({ username: "bob" });
  const TokenSession = { MaxPerUser: 20 };
  await here.call("SetUserPoolSessionConfiguration", { UserPoolId, UserSessionTracking, TokenSession });
  const wanted = { pool: here.pool, client, user, scopes: ["openid"] };
  const signInOnPages = async () => {
    context.clock.advance(1000);
    const signIn = context.tokens.newSignIn(client, user);
    await context.store.signIns.insert(signIn);
    return startPageSession(signIn, context);
  };
  const named = { UserPoolId, Username: "bob" };
  return {
    ...here,
    UserPoolId,
    named,
    signInOnPages,
    grant: (session: Awaited<ReturnType<typeof signInOnPages>>) => grantToSession(wanted, session, context),
    sessions: async () => (await here.call("AdminListUserSessions", named)).Sessions ?? [],
    allow: (MaxValidityMinutes: number) =>
      here.call("SetUserPoolClientSessionConfiguration", {
        UserPoolId,
        ClientId: client.id,
        SSOSession: { MaxValidityMinutes },
      }),
  };
}

describe("a page session of a pool that does not track sessions", () => {
  it("lasts an hour after the sign-in, or until it is ended", async () => {
    const here = await scene("DISABLED");
    const session = await here.signInOnPages();
    const other = await here.signInOnPages();
    context.clock.advance(59 * MINUTE);
    expect((await openPageSession(session, context))?.user.username).toBe("bob");
    await endPageSession(session, context);
    expect(await openPageSession(session, context)).toBeUndefined();
    expect(await openPageSession(other, context)).toBeDefined();
    context.clock.advance(MINUTE);
    expect(await openPageSession(other, context)).toBeUndefined();
  });

  it("ends when its user is disabled", async () => {
    const here = await scene("DISABLED");
    const session = await here.signInOnPages();
    await here.call("AdminDisableUser", here.named);
    expect(await openPageSession(session, context)).toBeUndefined();
  });
});

describe("a page session of a pool that tracks sessions", () => {
  it("is listed, and the token sessions from it contain its id", async () => {
    const here = await scene("ENABLED");
    const session = await here.signInOnPages();
    expect(await here.sessions()).toEqual([
      expect.objectContaining({
        SessionId: session.id,
        SessionType: "SSO",
        ClientId: here.client.id,
        IsCurrentSession: false,
      }),
    ]);
    expect(session.id).toMatch(/^sso[a-z0-9]{25}$/);
    context.clock.advance(MINUTE);
    const { grant } = await here.grant(session);
    expect(grant.signIn.authenticatedAt).toBe(session.authenticatedAt);
    const listed = await here.sessions();
    expect(listed.find(({ SessionType }) => SessionType === "TOKEN")?.OriginSessionId).toBe(session.id);
    expect(listed.find(({ SessionType }) => SessionType === "SSO")?.LastActiveDate).toBe(context.clock.now());
  });

  it("lasts for the longest validity of its clients, and each client can use it for its own validity", async () => {
    const here = await scene("ENABLED");
    await here.allow(0);
    const short = await here.signInOnPages();
    expect(await isReusable(short, here.client, context)).toBe(false);
    expect(short.expiresAt - short.authenticatedAt).toBe(60 * MINUTE);
    await here.allow(120);
    const session = await here.signInOnPages();
    context.clock.advance(119 * MINUTE);
    expect(await isReusable(session, here.client, context)).toBe(true);
    expect(await isReusable(session, await here.addClient(), context)).toBe(false);
    context.clock.advance(MINUTE);
    expect(await openPageSession(session, context)).toBeUndefined();
    expect(await here.sessions()).toEqual([]);
  });

  it("is revoked by its id, and cannot be used again; its token sessions stay", async () => {
    const here = await scene("ENABLED");
    const session = await here.signInOnPages();
    const { tokens } = await here.grant(session);
    await here.call("AdminRevokeUserSession", { ...here.named, SessionId: session.id });
    expect(await openPageSession(session, context)).toBeUndefined();
    await expect(here.grant(session)).rejects.toThrow("access_denied");
    expect(await here.sessions()).toHaveLength(1);
    const ClientId = here.client.id;
    await here.call("GetTokensFromRefreshToken", { ClientId, RefreshToken: tokens.RefreshToken ?? "" });
  });

  it("ends with all its token sessions when it is revoked with LINKED", async () => {
    const here = await scene("ENABLED");
    const [session, other] = [await here.signInOnPages(), await here.signInOnPages()];
    for (const each of [session, session, other]) await here.grant(each);
    const RevokeAssociatedSessions = "LINKED";
    await here.call("AdminRevokeUserSession", {
      ...here.named,
      SessionId: session.id,
      RevokeAssociatedSessions,
    });
    expect(
      (await here.sessions()).map(({ SessionId, OriginSessionId }) => OriginSessionId ?? SessionId),
    ).toEqual([other.id, other.id]);
  });

  it("ends with one of its token sessions that is revoked with LINKED; the other ones stay", async () => {
    const here = await scene("ENABLED");
    const session = await here.signInOnPages();
    const [first] = [await here.grant(session), await here.grant(session)];
    await here.call("RevokeToken", {
      ClientId: here.client.id,
      Token: first.tokens.RefreshToken ?? "",
      RevokeAssociatedSessions: "LINKED",
    });
    expect((await here.sessions()).map(({ SessionType }) => SessionType)).toEqual(["TOKEN"]);
    expect(await openPageSession(session, context)).toBeUndefined();
  });

  it("is limited to 25 for one user", async () => {
    const here = await scene("ENABLED");
    const first = await here.signInOnPages();
    for (let i = 0; i < 25; i += 1) await here.signInOnPages();
    expect(await here.sessions()).toHaveLength(25);
    expect(await openPageSession(first, context)).toBeUndefined();
  });
});
