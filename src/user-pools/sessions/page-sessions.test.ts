import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantToSession } from "../oauth/index.ts";
import { PASSWORD } from "../operations/authentication/testing.ts";
import { mfaScene } from "../operations/mfa/testing.ts";
import { caller } from "../operations/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { endPageSession, isReusable, listSessions, openPageSession, startPageSession } from "./index.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

const MINUTE = 60_000;

/** A pool in which bob can sign in on the pages. */
async function scene(initialTracking: "ENABLED" | "DISABLED", MaxPerUser = 20) {
  const here = await mfaScene({}, {}, Promise.resolve(context));
  const { client } = here;
  const UserPoolId = here.pool.id;
  const user = await here.addUser({ username: "bob" });
  const track = (UserSessionTracking: "ENABLED" | "DISABLED") =>
    here.call("SetUserPoolSessionConfiguration", {
      UserPoolId,
      UserSessionTracking,
      TokenSession: { MaxPerUser },
    });
  await track(initialTracking);
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
    user,
    track,
    signInOnPages,
    grant: (session: Awaited<ReturnType<typeof signInOnPages>>, by = context) =>
      grantToSession(wanted, session, by),
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

  it("stays ended for a server whose clock is behind, also after housekeeping", async () => {
    const here = await scene("DISABLED");
    const session = await here.signInOnPages();
    await endPageSession(session, context);
    context.clock.set(session.expiresAt + 59 * MINUTE);
    await context.store.maintenance.deleteExpired(context.clock.now());
    context.clock.set(session.expiresAt - MINUTE);
    expect(await openPageSession(session, context)).toBeUndefined();
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
        CreateDate: session.authenticatedAt,
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

  it("contains the token session of the sign-in that it began with", async () => {
    const here = await scene("ENABLED");
    await here.call("InitiateAuth", {
      ClientId: here.client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "bob", PASSWORD },
    });
    const [before] = await here.sessions();
    const { items } = await listSessions(context, here.user, { limit: 1 });
    const [session] = await Promise.all(items.map((signIn) => startPageSession(signIn, context)));
    expect(before?.SessionType).toBe("TOKEN");
    expect(await here.sessions()).toEqual([
      { ...before, OriginSessionId: session?.id },
      expect.objectContaining({ SessionType: "SSO", SessionId: session?.id }),
    ]);
  });

  it("was last active when one of its token sessions was, and from the same address", async () => {
    const here = await scene("ENABLED");
    const session = await here.signInOnPages();
    const from = (sourceIp: string) => ({
      ...context,
      request: { ...context.request, sourceIp, userAgent: `browser at ${sourceIp}` },
    });
    const seen = async () => {
      const sessions = await here.sessions();
      return sessions.map(({ SessionType, LastActiveDate, LastIPAddress, DeviceType }) => {
        expect(DeviceType).toBe(`browser at ${LastIPAddress}`);
        return [SessionType, LastActiveDate, LastIPAddress];
      });
    };
    context.clock.advance(MINUTE);
    const { tokens } = await here.grant(session, from("192.0.2.1"));
    const grantedAt = context.clock.now();
    expect(await seen()).toEqual([
      ["TOKEN", grantedAt, "192.0.2.1"],
      ["SSO", grantedAt, "192.0.2.1"],
    ]);
    const [before] = await here.sessions();
    context.clock.advance(MINUTE);
    const request = { ClientId: here.client.id, RefreshToken: tokens.RefreshToken ?? "" };
    await caller(from("192.0.2.2")).call("GetTokensFromRefreshToken", request);
    const refreshedAt = context.clock.now();
    expect(await seen()).toEqual([
      ["TOKEN", refreshedAt, "192.0.2.2"],
      ["SSO", refreshedAt, "192.0.2.2"],
    ]);
    const [after] = await here.sessions();
    expect(after).toEqual({
      ...before,
      LastActiveDate: refreshedAt,
      LastIPAddress: "192.0.2.2",
      DeviceType: "browser at 192.0.2.2",
    });
    expect((await openPageSession(session, context))?.session).toEqual(session);
  });

  it("ends when its user is disabled, also if the user is enabled again, and not when another one is", async () => {
    const here = await scene("ENABLED");
    const session = await here.signInOnPages();
    const other = await here.addUser({ username: "carol" });
    await here.call("AdminDisableUser", { UserPoolId: here.UserPoolId, Username: other.username });
    expect(await openPageSession(session, context)).toBeDefined();
    await here.call("AdminDisableUser", here.named);
    await here.call("AdminEnableUser", here.named);
    expect(await openPageSession(session, context)).toBeUndefined();
    expect(await here.sessions()).toEqual([]);
  });

  it("gives token sessions that begin when they are granted", async () => {
    const here = await scene("ENABLED");
    const session = await here.signInOnPages();
    context.clock.advance(MINUTE);
    await here.grant(session);
    const [granted] = await here.sessions();
    expect(granted).toMatchObject({ SessionType: "TOKEN", CreateDate: context.clock.now() });
  });

  it("is left as it is by grants, refreshes and linked revocations while the pool does not track sessions", async () => {
    const here = await scene("ENABLED");
    const session = await here.signInOnPages();
    const { tokens } = await here.grant(session);
    const before = await here.sessions();
    expect(before.map(({ SessionType }) => SessionType).sort()).toEqual(["SSO", "TOKEN"]);
    await here.track("DISABLED");
    context.clock.advance(MINUTE);
    const RefreshToken = tokens.RefreshToken ?? "";
    await here.call("GetTokensFromRefreshToken", { ClientId: here.client.id, RefreshToken });
    await here.grant(session);
    await here.track("ENABLED");
    expect(await here.sessions()).toEqual(before);
    await here.track("DISABLED");
    await here.call("RevokeToken", {
      ClientId: here.client.id,
      Token: RefreshToken,
      RevokeAssociatedSessions: "LINKED",
    });
    expect(await openPageSession(session, context)).toBeDefined();
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
    expect(await openPageSession(session, context)).toBeDefined();
    context.clock.advance(MINUTE);
    expect(await isReusable(session, here.client, context)).toBe(false);
    expect(await openPageSession(session, context)).toBeUndefined();
    expect(await here.sessions()).toEqual([]);
    const request = { ...here.named, SessionId: session.id };
    expect((await here.refusal("AdminRevokeUserSession", request))[0]).toBe("ResourceNotFoundException");
  });

  it("lasts for the longest validity, also of more than a hundred clients", async () => {
    const here = await scene("ENABLED");
    for (let i = 0; i < 101; i += 1) {
      const { id: ClientId } = await here.addClient();
      await here.call("SetUserPoolClientSessionConfiguration", {
        UserPoolId: here.UserPoolId,
        ClientId,
        SSOSession: { MaxValidityMinutes: 100 + i },
      });
    }
    const { authenticatedAt, expiresAt } = await here.signInOnPages();
    expect(expiresAt - authenticatedAt).toBe(200 * MINUTE);
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

  it.each(["LINKED", undefined] as const)(
    "ends with a token session that is revoked by its id only with LINKED: %s",
    async (RevokeAssociatedSessions) => {
      const here = await scene("ENABLED");
      const session = await here.signInOnPages();
      await here.grant(session);
      const token = (await here.sessions()).find(({ SessionType }) => SessionType === "TOKEN");
      const request = { ...here.named, SessionId: token?.SessionId ?? "", RevokeAssociatedSessions };
      await here.call("AdminRevokeUserSession", request);
      const isOpen = RevokeAssociatedSessions === undefined;
      expect((await here.sessions()).map(({ SessionId }) => SessionId)).toEqual(isOpen ? [session.id] : []);
      expect((await openPageSession(session, context)) !== undefined).toBe(isOpen);
    },
  );

  it("ends when the user signs out of the pages; its token sessions stay", async () => {
    const here = await scene("ENABLED");
    const session = await here.signInOnPages();
    await here.grant(session);
    await endPageSession(session, context);
    expect(await openPageSession(session, context)).toBeUndefined();
    expect((await here.sessions()).map(({ SessionType }) => SessionType)).toEqual(["TOKEN"]);
  });

  it("is limited to 25 for one user, and the least recently used one ends", async () => {
    const here = await scene("ENABLED");
    const [first, second] = [await here.signInOnPages(), await here.signInOnPages()];
    for (let i = 0; i < 23; i += 1) await here.signInOnPages();
    expect(await openPageSession(second, context)).toBeDefined();
    await here.grant(first);
    await here.signInOnPages();
    expect((await here.sessions()).filter(({ SessionType }) => SessionType === "SSO")).toHaveLength(25);
    expect(await openPageSession(first, context)).toBeDefined();
    expect(await openPageSession(second, context)).toBeUndefined();
  });

  it("begins token sessions within their limit: the least recently used one ends", async () => {
    const here = await scene("ENABLED", 2);
    const session = await here.signInOnPages();
    const granted: Awaited<ReturnType<typeof here.grant>>[] = [];
    for (let i = 0; i < 3; i += 1) {
      context.clock.advance(1000);
      granted.push(await here.grant(session));
    }
    const isLive = async ({ tokens }: (typeof granted)[number]) =>
      caller(context)
        .call("GetTokensFromRefreshToken", {
          ClientId: here.client.id,
          RefreshToken: tokens.RefreshToken ?? "",
        })
        .then(
          () => true,
          () => false,
        );
    expect(await Promise.all(granted.map(isLive))).toEqual([false, true, true]);
  });

  it("ends the token session of the oldest sign-in if several were last active at the same time", async () => {
    const here = await scene("ENABLED", 2);
    const [older, newer] = [await here.signInOnPages(), await here.signInOnPages()];
    for (const session of [newer, older, newer]) await here.grant(session);
    const tokens = (await here.sessions()).filter(({ SessionType }) => SessionType === "TOKEN");
    expect(tokens.map(({ OriginSessionId }) => OriginSessionId)).toEqual([newer.id, newer.id]);
  });
});

describe("a page session that began before the pool's tracking was switched", () => {
  it("on, is not listed and lasts until it is ended; its token sessions are listed", async () => {
    const here = await scene("DISABLED");
    const session = await here.signInOnPages();
    await here.grant(session);
    await here.track("ENABLED");
    expect(await here.sessions()).toEqual([]);
    await here.grant(session);
    expect(await here.sessions()).toEqual([
      expect.objectContaining({ SessionType: "TOKEN", OriginSessionId: undefined }),
    ]);
    expect(await openPageSession(session, context)).toBeDefined();
    await endPageSession(session, context);
    expect(await openPageSession(session, context)).toBeUndefined();
  });

  it("off, can be used for an hour, and the sessions after it last an hour", async () => {
    const here = await scene("ENABLED");
    await here.allow(120);
    const session = await here.signInOnPages();
    await here.track("DISABLED");
    const { tokens } = await here.grant(session);
    const later = await here.signInOnPages();
    expect(later.expiresAt - later.authenticatedAt).toBe(60 * MINUTE);
    context.clock.advance(59 * MINUTE);
    expect(await isReusable(session, here.client, context)).toBe(true);
    context.clock.advance(MINUTE);
    expect(await isReusable(session, here.client, context)).toBe(false);
    const request = { ClientId: here.client.id, RefreshToken: tokens.RefreshToken ?? "" };
    await here.call("GetTokensFromRefreshToken", request);
    await here.track("ENABLED");
    expect((await here.sessions()).map(({ SessionId }) => SessionId)).toEqual([session.id]);
  });
});
