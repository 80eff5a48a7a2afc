import { describe, expect, it } from "vitest";
import { client, confidential, type Parameters, post, startCodeFlow, tokens, userInfo } from "./code-flow.ts";

startCodeFlow();

describe("/oauth2/revoke and /oauth2/introspect", () => {
  it("revoke the sign-in of a refresh token for all endpoints", async () => {
    const { access_token, refresh_token, id_token } = await tokens("openid");
    const revoke = (token: string, more: Parameters = {}) =>
      post("/oauth2/revoke", { token, client_id: client.client_id, ...more });
    expect(await revoke(access_token)).toMatchObject({
      status: 400,
      body: { error: "unsupported_token_type" },
    });
    expect(await revoke(id_token)).toMatchObject({ status: 400, body: { error: "unsupported_token_type" } });
    expect(await revoke("unknown")).toMatchObject({ status: 200, body: undefined });
    expect(await revoke(refresh_token, { client_id: confidential.client_id })).toMatchObject({ status: 401 });
    expect((await userInfo(access_token)).status).toBe(200);
    expect(await revoke(refresh_token)).toMatchObject({ status: 200, body: undefined });
    expect((await userInfo(access_token)).status).toBe(401);
  });

  it("report to a confidential client of the pool whether a token is active", async () => {
    const { access_token, refresh_token } = await tokens("openid");
    const { client_id, client_secret = "" } = confidential;
    const introspect = async (token: string, by: Parameters = { client_id, client_secret }) =>
      (await post("/oauth2/introspect", { token, ...by })).body;
    expect(await introspect(access_token)).toMatchObject({
      active: true,
      scope: "openid",
      client_id: client.client_id,
      username: "alice",
      token_type: "Bearer",
    });
    expect(await introspect(refresh_token)).toEqual({ active: false });
    expect(await introspect("x")).toEqual({ active: false });
    expect(await introspect(access_token, { client_id: client.client_id })).toEqual({
      error: "invalid_client",
    });
    await post("/oauth2/revoke", { token: refresh_token, client_id: client.client_id });
    expect(await introspect(access_token)).toEqual({ active: false });
  });
});
