import { createHash } from "node:crypto";
import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
  InitiateAuthCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import {
  authorize,
  claimsOf,
  client,
  confidential,
  exchange,
  PKCE,
  poolId,
  post,
  server,
  startCodeFlow,
  tokens,
  userInfo,
  VERIFIER,
} from "./code-flow.ts";

import { CALLBACK, createClient, openPool, PASSWORD } from "./scene.ts";

startCodeFlow();

describe("/oauth2/token", () => {
  it("returns an access token and a refresh token for a code, and an ID token only with the scope openid", async () => {
    const { status, headers, body } = await exchange(
      (await authorize({ scope: "openid email" })).get("code"),
    );
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json;charset=UTF-8");
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(Object.keys(body)).toEqual([
      "id_token",
      "access_token",
      "refresh_token",
      "expires_in",
      "token_type",
    ]);
    expect(body).toMatchObject({ expires_in: 3600, token_type: "Bearer" });
    expect(claimsOf(body.access_token)).toMatchObject({
      scope: "openid email",
      version: 2,
      token_use: "access",
    });
    const id = claimsOf(body.id_token);
    expect(id).toMatchObject({ email: "alice@example.com", email_verified: true, aud: client.client_id });
    expect(id).not.toHaveProperty("name");

    const without = await tokens("aws.cognito.signin.user.admin profile openid");
    expect(claimsOf(without.id_token)).toMatchObject({ name: "Alice" });
  });

  it("issues access tokens for the resource, also after a refresh", async () => {
    const { refresh_token, access_token } = await tokens("openid", { resource: "https://api.example.com" });
    expect(claimsOf(access_token).aud).toBe("https://api.example.com");
    const refreshed = await post("/oauth2/token", {
      grant_type: "refresh_token",
      client_id: client.client_id,
      refresh_token,
    });
    expect(Object.keys(refreshed.body)).toEqual(["id_token", "access_token", "expires_in", "token_type"]);
    expect(claimsOf(refreshed.body.access_token)).toMatchObject({
      aud: "https://api.example.com",
      scope: "openid",
    });
  });

  it("accepts a code once, and revokes the sign-in at its second use", async () => {
    const code = (await authorize({ scope: "openid" })).get("code");
    const { body } = await exchange(code);
    expect((await userInfo(body.access_token)).status).toBe(200);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect((await userInfo(body.access_token)).status).toBe(401);
  });

  it("rejects a code after five minutes", async () => {
    const code = (await authorize()).get("code");
    server.clock?.advance(5 * 60_000);
    expect((await exchange(code)).body).toEqual({ error: "invalid_grant" });
  });

  it("rejects a code of a user who was signed out everywhere after it was issued", async () => {
    const code = (await authorize()).get("code");
    await server.cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId: poolId, Username: "alice" }));
    expect((await exchange(code)).body).toEqual({ error: "invalid_grant" });
  });

  it("rejects a code for the scope email if the client may no longer read the address", async () => {
    const { client_id } = await createClient(server, poolId);
    const readsOnly = async (ReadAttributes: string[]) => {
      const code = (await authorize({ client_id, scope: "openid email" })).get("code");
      await server.cognito.send(
        new UpdateUserPoolClientCommand({
          UserPoolId: poolId,
          ClientId: client_id,
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthFlows: ["code"],
          AllowedOAuthScopes: ["openid", "email"],
          CallbackURLs: [CALLBACK],
          SupportedIdentityProviders: ["COGNITO"],
          ReadAttributes,
        }),
      );
      return exchange(code, { client_id });
    };
    expect((await readsOnly(["email", "email_verified"])).status).toBe(200);
    expect((await readsOnly(["email"])).body).toEqual({ error: "invalid_grant" });
  });

  it.each([
    ["no verifier", {}],
    ["another verifier", { code_verifier: "w".repeat(64) }],
    ["a short verifier", { code_verifier: "v" }],
  ])("rejects a code with PKCE if the request has %s", async (_, more) => {
    const code = (await authorize(PKCE)).get("code");
    expect((await exchange(code, more)).body).toEqual({ error: "invalid_grant" });
    // The failed attempt has used the code up.
    expect((await exchange(code, { code_verifier: VERIFIER })).body).toEqual({ error: "invalid_grant" });
  });

  it.each([
    [42, 400],
    [43, 200],
    [128, 200],
    [129, 400],
  ])("answers a verifier of %i characters that fits its challenge with %i", async (length, status) => {
    const code_verifier = "v".repeat(length);
    const code_challenge = createHash("sha256").update(code_verifier).digest("base64url");
    const code = (await authorize({ ...PKCE, code_challenge })).get("code");
    expect((await exchange(code, { code_verifier })).status).toBe(status);
  });

  it("accepts the right verifier, and rejects one if there was no challenge", async () => {
    expect((await exchange((await authorize(PKCE)).get("code"), { code_verifier: VERIFIER })).status).toBe(
      200,
    );
    const code = (await authorize()).get("code");
    expect((await exchange(code, { code_verifier: VERIFIER })).body).toEqual({ error: "invalid_grant" });
  });

  it("answers each fault with Cognito's error", async () => {
    const code = (await authorize()).get("code");
    const { client_id, client_secret = "" } = confidential;
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${client_id}:${secret}`).toString("base64")}`,
    });
    const answers = [
      await exchange(code, { grant_type: "password" }),
      await exchange(code, { client_id: "nobody" }),
      await exchange(code, { client_id: "" }),
      await exchange(code, { client_id }),
      await exchange(code, { client_id, client_secret: "wrong" }),
      await exchange(code, { client_id }, basic("wrong")),
      await exchange(code, { client_id: "other" }, basic(client_secret)),
      await exchange(code, { client_id, client_secret }),
      await exchange("", {}),
      await exchange(code, { redirect_uri: "https://app.example.com/other" }),
    ];
    expect(answers.map(({ status, body }) => [status, body.error, body.error_description])).toEqual([
      [400, "unsupported_grant_type", undefined],
      [400, "invalid_client", undefined],
      [400, "invalid_request", undefined],
      [400, "invalid_client", "invalid_client_secret"],
      [400, "invalid_client", "invalid_client_secret"],
      [400, "invalid_client", "invalid_client_secret"],
      [400, "invalid_request", undefined],
      [400, "invalid_grant", undefined],
      [400, "invalid_request", undefined],
      [400, "unauthorized_client", "invalid_redirect"],
    ]);
  });

  it("answers another content type or method with 405 and no body", async () => {
    const asJson = await fetch(`${server.url}/oauth2/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    const asGet = await fetch(`${server.url}/oauth2/token`);
    expect([asJson.status, await asJson.text(), asGet.status, await asGet.text()]).toEqual([
      405,
      "",
      405,
      "",
    ]);
  });

  it.each(["token", "revoke", "introspect", "register", "userInfo"])(
    "answers methods other than those of /oauth2/%s with 405",
    async (name) => {
      const statuses = ["PATCH", "PUT", "DELETE"].map(
        async (method) => (await fetch(`${server.url}/oauth2/${name}`, { method })).status,
      );
      expect(await Promise.all(statuses)).toEqual([405, 405, 405]);
    },
  );

  describe("in a pool that tracks devices", () => {
    const CLIENT: Parameters<typeof createClient>[2] = {
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    };

    it("rejects a refresh token of the API, which needs the key of its device", async () => {
      const UserPoolId = await openPool(server);
      const { client_id } = await createClient(server, UserPoolId, CLIENT);
      const signIn = () =>
        server.cognito.send(
          new InitiateAuthCommand({
            AuthFlow: "USER_PASSWORD_AUTH",
            ClientId: client_id,
            AuthParameters: { USERNAME: "alice", PASSWORD },
          }),
        );
      const refresh = async (refresh_token = "") => {
        const { status, body } = await post("/oauth2/token", {
          grant_type: "refresh_token",
          client_id,
          refresh_token,
        });
        return status === 200 ? "tokens" : body.error;
      };
      const before = await signIn();
      await server.cognito.send(
        new UpdateUserPoolCommand({
          UserPoolId,
          DeviceConfiguration: { ChallengeRequiredOnNewDevice: false },
        }),
      );
      expect(await refresh(before.AuthenticationResult?.RefreshToken)).toBe("tokens");
      const after = await signIn();
      expect(after.AuthenticationResult?.NewDeviceMetadata).toBeDefined();
      expect(await refresh(after.AuthenticationResult?.RefreshToken)).toBe("invalid_grant");
    });

    it("accepts a refresh token of the pages, also one for the scope of the API alone", async () => {
      const UserPoolId = await openPool(server);
      const { client_id } = await createClient(server, UserPoolId, CLIENT);
      await server.cognito.send(new UpdateUserPoolCommand({ UserPoolId, DeviceConfiguration: {} }));
      for (const scope of ["openid", "aws.cognito.signin.user.admin"]) {
        const code = (await authorize({ client_id, scope })).get("code");
        const { refresh_token, access_token } = (await exchange(code, { client_id })).body;
        expect(claimsOf(access_token).device_key).toBeDefined();
        const { status } = await post("/oauth2/token", {
          grant_type: "refresh_token",
          client_id,
          refresh_token,
        });
        expect(status).toBe(200);
      }
    });
  });

  it("returns no ID token for the scope of the API alone, also when it is refreshed", async () => {
    const given = await tokens("aws.cognito.signin.user.admin");
    const { body: refreshed } = await post("/oauth2/token", {
      grant_type: "refresh_token",
      client_id: client.client_id,
      refresh_token: given.refresh_token,
    });
    for (const { id_token, access_token } of [given, refreshed]) {
      expect(id_token).toBeUndefined();
      expect(claimsOf(access_token)).toMatchObject({ scope: "aws.cognito.signin.user.admin", version: 2 });
    }
  });

  it("rejects the refresh token of a disabled or signed-out user", async () => {
    const user = { UserPoolId: poolId, Username: "alice" };
    const refresh = ({ refresh_token }: { refresh_token: string }) =>
      post("/oauth2/token", { grant_type: "refresh_token", client_id: client.client_id, refresh_token });
    const first = await tokens();
    expect((await refresh(first)).status).toBe(200);
    await server.cognito.send(new AdminDisableUserCommand(user));
    expect((await refresh(first)).body).toEqual({ error: "invalid_grant" });
    await server.cognito.send(new AdminEnableUserCommand(user));
    const second = await tokens();
    await server.cognito.send(new AdminUserGlobalSignOutCommand(user));
    expect((await refresh(second)).body).toEqual({ error: "invalid_grant" });
  });
});
