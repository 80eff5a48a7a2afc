import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestContext, testContext } from "../../testing.ts";
import { PASSWORD } from "../authentication/testing.ts";
import { mfaScene } from "../mfa/testing.ts";
import { caller } from "../testing.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

const NOT_ENABLED = "OperationNotEnabledException";

async function scene(MaxPerUser: number | undefined, pool = {}) {
  const here = await mfaScene(pool, {}, Promise.resolve(context));
  const UserPoolId = here.pool.id;
  const set = (max: number, UserSessionTracking: "ENABLED" | "DISABLED" = "ENABLED") =>
    here.call("SetUserPoolSessionConfiguration", {
      UserPoolId,
      UserSessionTracking,
      TokenSession: { MaxPerUser: max },
    });
  if (MaxPerUser !== undefined) await set(MaxPerUser);
  const signIn = async () => {
    context.clock.advance(1000);
    const { AuthenticationResult: { AccessToken = "", RefreshToken = "" } = {} } = await here.begin();
    return { AccessToken, RefreshToken };
  };
  const named = { UserPoolId, Username: "alice" };
  const sessions = async () => (await here.call("AdminListUserSessions", named)).Sessions ?? [];
  return { ...here, UserPoolId, named, set, signIn, sessions };
}

describe("the session configuration of a pool", () => {
  it("is off with twenty sessions by default, and is stored as a whole", async () => {
    const here = await scene(undefined);
    const { UserPoolId } = here;
    expect(await here.call("GetUserPoolSessionConfiguration", { UserPoolId })).toEqual({
      UserPoolId,
      UserSessionTracking: "DISABLED",
      TokenSession: { MaxPerUser: 20 },
    });
    const applied = { UserPoolId, UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser: 3 } };
    expect(await here.set(3)).toEqual(applied);
    expect(await here.call("GetUserPoolSessionConfiguration", { UserPoolId })).toEqual(applied);
  });

  it("is rejected in the tier LITE", async () => {
    const here = await scene(undefined, { UserPoolTier: "LITE" });
    const request = { UserPoolId: here.UserPoolId, TokenSession: { MaxPerUser: 3 } };
    expect(
      (
        await here.refusal("SetUserPoolSessionConfiguration", {
          ...request,
          UserSessionTracking: "ENABLED",
        })
      )[0],
    ).toBe("FeatureUnavailableInTierException");
  });

  it("has to be off before the pool is given the tier LITE", async () => {
    const here = await scene(3);
    const toLite = { UserPoolId: here.UserPoolId, UserPoolTier: "LITE" } as const;
    expect(await here.refusal("UpdateUserPool", toLite)).toEqual([
      "FeatureUnavailableInTierException",
      "The following features need to be disabled for the LITE pricing tier configured: User Session Management",
    ]);
    await here.set(3, "DISABLED");
    await here.call("UpdateUserPool", toLite);
  });

  it("includes settings of each app client if the pool tracks sessions", async () => {
    const here = await scene(undefined);
    const client = { UserPoolId: here.UserPoolId, ClientId: here.client.id };
    expect(await here.call("GetUserPoolClientSessionConfiguration", client)).toEqual({
      ...client,
      SSOSession: { MaxValidityMinutes: 60 },
    });
    const request = { ...client, SSOSession: { MaxValidityMinutes: 90 } };
    expect((await here.refusal("SetUserPoolClientSessionConfiguration", request))[0]).toBe(NOT_ENABLED);
    await here.set(3);
    expect(await here.call("SetUserPoolClientSessionConfiguration", request)).toEqual(request);
    expect(await here.call("GetUserPoolClientSessionConfiguration", client)).toEqual(request);
  });
});

describe("the ranges of session configurations", () => {
  const refusalOf = (value: number, member: string, constraint: string) => [
    "InvalidParameterException",
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${constraint}`,
  ];

  it.each([
    [0, "greater than or equal to 1"],
    [101, "less than or equal to 100"],
  ])("reject %i sessions for each user", async (MaxPerUser, constraint) => {
    const here = await scene(2);
    const { UserPoolId } = here;
    expect(
      await here.refusal("SetUserPoolSessionConfiguration", {
        UserPoolId,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser },
      }),
    ).toEqual(refusalOf(MaxPerUser, "tokenSession.maxPerUser", constraint));
    expect(await here.call("GetUserPoolSessionConfiguration", { UserPoolId })).toMatchObject({
      TokenSession: { MaxPerUser: 2 },
    });
  });

  it.each([
    [-1, "greater than or equal to 0"],
    [129_601, "less than or equal to 129600"],
  ])("reject a validity of %i minutes for an app client", async (MaxValidityMinutes, constraint) => {
    const here = await scene(2);
    const client = { UserPoolId: here.UserPoolId, ClientId: here.client.id };
    expect(
      await here.refusal("SetUserPoolClientSessionConfiguration", {
        ...client,
        SSOSession: { MaxValidityMinutes },
      }),
    ).toEqual(refusalOf(MaxValidityMinutes, "sSOSession.maxValidityMinutes", constraint));
    for (const accepted of [0, 129_600]) {
      const SSOSession = { MaxValidityMinutes: accepted };
      expect(
        await here.call("SetUserPoolClientSessionConfiguration", { ...client, SSOSession }),
      ).toMatchObject({ SSOSession });
    }
  });
});

describe("sessions of a user", () => {
  it("are listed with their details, and the caller's session is marked", async () => {
    const here = await scene(3);
    await here.signIn();
    const { AccessToken } = await here.signIn();
    const { Sessions } = await here.call("ListUserSessions", { AccessToken });
    expect(Sessions).toHaveLength(2);
    expect(Sessions?.[0]).toEqual({
      SessionId: expect.stringMatching(/^tkn[a-z0-9]{25}$/),
      SessionType: "TOKEN",
      ClientId: here.client.id,
      CreateDate: context.clock.now(),
      LastActiveDate: context.clock.now(),
      DeviceType: "unknown",
      LastIPAddress: "127.0.0.1",
      LastLocation: { Country: "unknown" },
      OriginSessionId: undefined,
      IsCurrentSession: true,
    });
    expect(Sessions?.[1]?.IsCurrentSession).toBe(false);
    const NextToken = "token";
    for (const refusal of [
      here.refusal("ListUserSessions", { AccessToken, NextToken }),
      here.refusal("AdminListUserSessions", { ...here.named, NextToken }),
    ]) {
      // No page is followed by another one, so no token is one of ours.
      expect((await refusal)[0]).toBe("InvalidParameterException");
    }
    expect((await here.sessions()).map(({ IsCurrentSession }) => IsCurrentSession)).toEqual([false, false]);
  });

  it("become active when they are refreshed, and are listed before those that were active earlier", async () => {
    const here = await scene(3);
    const { RefreshToken } = await here.signIn();
    await here.signIn();
    const [second, first] = await here.sessions();
    context.clock.advance(60_000);
    await here.call("GetTokensFromRefreshToken", { ClientId: here.client.id, RefreshToken });
    expect(await here.sessions()).toEqual([{ ...first, LastActiveDate: context.clock.now() }, second]);
  });

  it("are listed with at most 1024 characters of the User-Agent", async () => {
    const here = await scene(3);
    const userAgent = "a".repeat(1025);
    const by = caller({ ...context, request: { ...context.request, userAgent } });
    await by.call("InitiateAuth", {
      ClientId: here.client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "alice", PASSWORD },
    });
    expect((await here.sessions())[0]?.DeviceType).toBe("a".repeat(1024));
  });

  it("are ended above the limit, the oldest first if none was used since", async () => {
    const here = await scene(2);
    const [first, second, third] = [await here.signIn(), await here.signIn(), await here.signIn()];
    expect((await here.refusal("GetUser", { AccessToken: first.AccessToken }))[1]).toBe(
      "Access Token has been revoked",
    );
    for (const { AccessToken } of [second, third]) await here.call("GetUser", { AccessToken });
  });

  it("are found after more than a hundred sign-ins that were not tracked, and those do not count", async () => {
    const here = await scene(1);
    const tracked = await here.signIn();
    await here.set(1, "DISABLED");
    const untracked = await here.signIn();
    for (let i = 0; i < 100; i += 1) await here.signIn();
    await here.set(1);
    expect(await here.sessions()).toHaveLength(1);
    await here.signIn();
    expect(await here.sessions()).toHaveLength(1);
    expect((await here.refusal("GetUser", { AccessToken: tracked.AccessToken }))[1]).toBe(
      "Access Token has been revoked",
    );
    await here.call("GetUser", { AccessToken: untracked.AccessToken });
  });

  it("are ended above the limit, the least recently used first", async () => {
    const here = await scene(2);
    const [first, second] = [await here.signIn(), await here.signIn()];
    context.clock.advance(1000);
    await here.call("GetTokensFromRefreshToken", {
      ClientId: here.client.id,
      RefreshToken: first.RefreshToken,
    });
    await here.signIn();
    expect(await here.sessions()).toHaveLength(2);
    expect(await here.refusal("GetUser", { AccessToken: second.AccessToken })).toEqual([
      "NotAuthorizedException",
      "Access Token has been revoked",
    ]);
    expect((await here.call("GetUser", { AccessToken: first.AccessToken })).Username).toBe("alice");
  });

  it("stay within the limit after a hundred parallel sign-ins, and after the limit was lowered", async () => {
    const here = await scene(3);
    await Promise.all(Array.from({ length: 100 }, () => here.begin()));
    expect(await here.sessions()).toHaveLength(3);
    await here.set(1);
    expect(await here.sessions()).toHaveLength(3);
    await here.signIn();
    expect(await here.sessions()).toHaveLength(1);
  });

  it("are ended by their id, but not the caller's own", async () => {
    const here = await scene(3);
    const other = await here.signIn();
    const { AccessToken } = await here.signIn();
    const { Sessions = [] } = await here.call("ListUserSessions", { AccessToken });
    const id = (isCurrent: boolean) =>
      Sessions.find(({ IsCurrentSession }) => IsCurrentSession === isCurrent)?.SessionId ?? "";
    expect((await here.refusal("RevokeUserSession", { AccessToken, SessionId: id(true) }))[0]).toBe(
      "InvalidParameterException",
    );
    expect(await here.call("RevokeUserSession", { AccessToken, SessionId: id(false) })).toEqual({});
    expect((await here.refusal("GetUser", { AccessToken: other.AccessToken }))[1]).toBe(
      "Access Token has been revoked",
    );
    expect((await here.refusal("RevokeUserSession", { AccessToken, SessionId: id(false) }))[0]).toBe(
      "ResourceNotFoundException",
    );
    await here.call("AdminRevokeUserSession", { ...here.named, SessionId: id(true) });
    expect(await here.sessions()).toEqual([]);
  });

  it("cannot be ended if they belong to another user", async () => {
    const here = await scene(3);
    await here.signIn();
    await here.addUser({ username: "bob" });
    const [session] = await here.sessions();
    expect(
      (
        await here.refusal("AdminRevokeUserSession", {
          UserPoolId: here.UserPoolId,
          Username: "bob",
          SessionId: session?.SessionId ?? "",
        })
      )[0],
    ).toBe("ResourceNotFoundException");
  });

  it("are not recorded, listed or ended if the pool does not track them", async () => {
    const here = await scene(undefined);
    const { AccessToken } = await here.signIn();
    expect((await here.refusal("ListUserSessions", { AccessToken }))[0]).toBe(NOT_ENABLED);
    expect((await here.refusal("AdminListUserSessions", here.named))[0]).toBe(NOT_ENABLED);
    const SessionId = `tkn${"a".repeat(25)}`;
    expect((await here.refusal("RevokeUserSession", { AccessToken, SessionId }))[0]).toBe(NOT_ENABLED);
    await here.set(3);
    expect(await here.sessions()).toEqual([]);
  });
});
