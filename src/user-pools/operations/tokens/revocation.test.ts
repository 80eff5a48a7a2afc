import { afterAll, describe, expect, it } from "vitest";
import { secretHash } from "../../../crypto/index.ts";
import type { AppClientRecord } from "../../../storage/index.ts";
import { testContext } from "../../testing.ts";
import { claimsOf, outcome, type Scene } from "../authentication/testing.ts";
import { operations } from "../registry.ts";
import { tokenCalls } from "./token-calls.ts";

const {
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  GlobalSignOut: globalSignOut,
  RevokeToken: revokeToken,
} = operations;

const SECRET = "examplesecret1234567890";
const REVOKED = "NotAuthorizedException: Refresh Token has been revoked";
const ACCESS_REVOKED = "NotAuthorizedException: Access Token has been revoked";

const context = await testContext();
afterAll(() => context.store.close());
const { scene, signIn, refresh, renew, whoIs } = tokenCalls(context);

describe("RevokeToken", () => {
  const revoke = ({ client }: { client: AppClientRecord }, Token: string, ClientSecret?: string) =>
    outcome(revokeToken({ ClientId: client.id, Token, ClientSecret }, context));

  it("revokes the refresh token of the sign-in, and all of its access tokens at the API", async () => {
    const here = await scene();
    const { AccessToken, RefreshToken } = await signIn(here);
    const refreshed = (await refresh(here, RefreshToken)).AuthenticationResult?.AccessToken ?? "";
    expect(await revoke(here, RefreshToken)).toEqual({});
    expect(await outcome(refresh(here, RefreshToken))).toBe(REVOKED);
    expect(await outcome(renew(here, RefreshToken))).toBe(REVOKED);
    expect(await whoIs(AccessToken)).toBe(ACCESS_REVOKED);
    expect(await whoIs(refreshed)).toBe(ACCESS_REVOKED);
  });

  it("does not affect the user's other sign-ins", async () => {
    const here = await scene();
    const [one, other] = [await signIn(here), await signIn(here)];
    await revoke(here, one.RefreshToken);
    expect(await whoIs(other.AccessToken)).toMatchObject({ Username: "alice" });
    expect((await refresh(here, other.RefreshToken)).AuthenticationResult).toBeDefined();
  });

  it("succeeds for a token that is revoked or unknown", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    expect(await revoke(here, RefreshToken)).toEqual({});
    expect(await revoke(here, RefreshToken)).toEqual({});
    expect(await revoke(here, "unknown")).toEqual({});
  });

  it("accepts only refresh tokens", async () => {
    const here = await scene();
    const { AccessToken, IdToken } = await signIn(here);
    for (const token of [AccessToken, IdToken]) {
      expect(await revoke(here, token)).toMatch(/^UnsupportedTokenTypeException/);
    }
  });

  it("rejects another client's token, which stays valid", async () => {
    const here = await scene();
    const { RefreshToken } = await signIn(here);
    expect(await revoke({ client: await here.addClient() }, RefreshToken)).toMatch(/^UnauthorizedException/);
    expect((await refresh(here, RefreshToken)).AuthenticationResult).toBeDefined();
  });

  it("rejects a client that does not exist, and a wrong or missing secret", async () => {
    const here = await scene({ secret: SECRET });
    const { RefreshToken } = await signIn(here, { SECRET_HASH: secretHash(SECRET, "alice", here.client.id) });
    const refused = "UnauthorizedException: Invalid client or secret";
    expect(await revoke({ client: { id: "nobody" } as AppClientRecord }, RefreshToken)).toBe(refused);
    expect(await revoke(here, RefreshToken)).toBe(refused);
    expect(await revoke(here, RefreshToken, "wrong")).toBe(refused);
    expect(await revoke(here, RefreshToken, SECRET)).toEqual({});
  });

  it("is rejected if the client's EnableTokenRevocation is false", async () => {
    const here = await scene({ client: { EnableTokenRevocation: false } });
    const { RefreshToken } = await signIn(here);
    expect(await revoke(here, RefreshToken)).toBe(
      "UnsupportedOperationException: This feature is not enabled for this client",
    );
  });
});

describe("a global sign-out", () => {
  const signsOut: [string, (here: Scene, AccessToken: string) => Promise<unknown>][] = [
    ["GlobalSignOut", (_, AccessToken) => globalSignOut({ AccessToken }, context)],
    [
      "AdminUserGlobalSignOut",
      ({ pool }) => adminUserGlobalSignOut({ UserPoolId: pool.id, Username: "alice" }, context),
    ],
  ];

  it.each(signsOut)(
    "by %s revokes every sign-in of every client, including the one of the call",
    async (_, signOut) => {
      const here = await scene();
      const other = await here.addClient();
      const [one, two] = [await signIn(here), await signIn({ client: other })];
      expect(await signOut(here, one.AccessToken)).toEqual({});
      for (const [party, tokens] of [[here, one] as const, [{ client: other }, two] as const]) {
        expect(await whoIs(tokens.AccessToken)).toBe(ACCESS_REVOKED);
        expect(await outcome(refresh(party, tokens.RefreshToken))).toBe(REVOKED);
      }
    },
  );

  it.each(signsOut)("by %s does not affect a sign-in immediately after it", async (_, signOut) => {
    const here = await scene();
    await signOut(here, (await signIn(here)).AccessToken);
    const { AccessToken, RefreshToken } = await signIn(here);
    expect(await whoIs(AccessToken)).toMatchObject({ Username: "alice" });
    expect((await refresh(here, RefreshToken)).AuthenticationResult).toBeDefined();
  });

  it.each(signsOut)("by %s revokes tokens that have no origin_jti", async (_, signOut) => {
    const here = await scene({ client: { EnableTokenRevocation: false } });
    const { AccessToken, RefreshToken } = await signIn(here);
    expect(claimsOf(AccessToken)).not.toHaveProperty("origin_jti");
    expect(await whoIs(AccessToken)).toMatchObject({ Username: "alice" });
    await signOut(here, AccessToken);
    expect(await whoIs(AccessToken)).toBe(ACCESS_REVOKED);
    expect(await outcome(refresh(here, RefreshToken))).toBe(REVOKED);
  });

  it("revokes tokens from before and after a change of EnableTokenRevocation", async () => {
    const here = await scene({ client: { EnableTokenRevocation: false } });
    const before = await signIn(here);
    await context.store.clients.update(here.client.id, (client) => ({
      ...client,
      settings: { ...client.settings, EnableTokenRevocation: true },
    }));
    const after = (await refresh(here, before.RefreshToken)).AuthenticationResult?.AccessToken ?? "";
    expect(await whoIs(before.AccessToken)).toMatchObject({ Username: "alice" });
    expect(await whoIs(after)).toMatchObject({ Username: "alice" });
    await globalSignOut({ AccessToken: after }, context);
    expect(await whoIs(before.AccessToken)).toBe(ACCESS_REVOKED);
    expect(await whoIs(after)).toBe(ACCESS_REVOKED);
  });

  it("does not affect other users", async () => {
    const here = await scene();
    await here.addUser({ username: "bob" });
    const bob = await signIn(here, { USERNAME: "bob" });
    await globalSignOut({ AccessToken: (await signIn(here)).AccessToken }, context);
    expect(await whoIs(bob.AccessToken)).toMatchObject({ Username: "bob" });
  });

  it("rejects a token that was signed out, has expired, or belongs to a deleted user", async () => {
    const here = await scene();
    const { AccessToken } = await signIn(here);
    await globalSignOut({ AccessToken }, context);
    expect(await outcome(globalSignOut({ AccessToken }, context))).toBe(ACCESS_REVOKED);
    const { AccessToken: next } = await signIn(here);
    await context.store.users.delete(here.pool.id, here.user.sub);
    expect(await outcome(globalSignOut({ AccessToken: next }, context))).toBe(ACCESS_REVOKED);
    context.clock.advance(60 * 60 * 1000);
    expect(await outcome(globalSignOut({ AccessToken: next }, context))).toBe(
      "NotAuthorizedException: Access Token has expired",
    );
  });

  it("rejects a user or a pool that does not exist", async () => {
    const here = await scene();
    const signOut = (UserPoolId: string, Username: string) =>
      outcome(adminUserGlobalSignOut({ UserPoolId, Username }, context));
    expect(await signOut(here.pool.id, "nobody")).toBe("UserNotFoundException: User does not exist.");
    expect(await signOut("us-east-1_Nowhere", "alice")).toBe(
      "ResourceNotFoundException: User pool us-east-1_Nowhere does not exist.",
    );
  });
});
