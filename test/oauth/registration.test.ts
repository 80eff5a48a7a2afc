import {
  AddUserPoolClientSecretCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import * as openid from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";
import { createClient } from "./scene.ts";

const REDIRECT = "http://localhost:3000/callback";

let server: TestServer;
let open: string;
let closed: string;

beforeAll(async () => {
  server = await startTestServer();
  const pool = async (OpenDcrEnabled: boolean) => {
    const { UserPool } = await server.cognito.send(
      new CreateUserPoolCommand({
        PoolName: "p",
        DcrConfiguration: { EnableStatus: "Enabled", OpenDcrEnabled },
      }),
    );
    return UserPool?.Id ?? "";
  };
  open = await pool(true);
  closed = await pool(false);
});
afterAll(() => server.stop());

async function register(poolId: string, body: object | string, token?: string) {
  const answer = await fetch(`${server.url}/${poolId}/oauth2/register`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return {
    status: answer.status,
    body: (await answer.json()) as Record<string, unknown>,
    challenge: answer.headers.get("www-authenticate"),
  };
}

describe("/oauth2/register", () => {
  it("creates a public client for an application that finds the endpoint by discovery, as MCP clients do", async () => {
    const issuer = new URL(server.issuerOf(open));
    const config = await openid.dynamicClientRegistration(
      issuer,
      { redirect_uris: [REDIRECT], client_name: "Agent (v1)", token_endpoint_auth_method: "none" },
      openid.None(),
      { execute: [openid.allowInsecureRequests] },
    );
    const { client_id, client_name, client_secret, scope } = config.clientMetadata();
    expect({ client_name, client_secret, scope }).toEqual({
      client_name: "Agent v1",
      client_secret: undefined,
      scope: "openid email phone profile",
    });
    const { UserPoolClient } = await server.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: open, ClientId: client_id }),
    );
    expect(UserPoolClient).toMatchObject({
      ClientType: "DCR",
      CallbackURLs: [REDIRECT],
      AllowedOAuthFlows: ["code"],
    });
  });

  it("exists in a pool whose DcrConfiguration has no EnableStatus, and is described as it was given", async () => {
    const DcrConfiguration = { OpenDcrEnabled: true };
    const { UserPool } = await server.cognito.send(
      new CreateUserPoolCommand({ PoolName: "p", DcrConfiguration }),
    );
    expect(UserPool?.DcrConfiguration).toEqual(DcrConfiguration);
    expect((await register(UserPool?.Id ?? "", { redirect_uris: [REDIRECT] })).status).toBe(201);
  });

  it("creates a confidential client and returns its secret", async () => {
    const { status, body } = await register(open, { redirect_uris: [REDIRECT] });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        client_secret: expect.stringMatching(/^\w{40,}$/),
        client_secret_expires_at: 0,
        token_endpoint_auth_method: "client_secret_basic",
      }),
    ]);
  });

  it("creates clients whose users can sign in by every provider of the pool", async () => {
    await server.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId: open,
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid" },
      }),
    );
    const { body } = await register(open, { redirect_uris: [REDIRECT] });
    const { UserPoolClient } = await server.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: open, ClientId: String(body.client_id) }),
    );
    expect(UserPoolClient?.SupportedIdentityProviders).toEqual(["COGNITO", "Google"]);
  });

  it("creates clients that are listed as registered, also after an update", async () => {
    const { body } = await register(open, { redirect_uris: [REDIRECT] });
    const ids = { UserPoolId: open, ClientId: String(body.client_id) };
    const oauth = {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code" as const],
      CallbackURLs: [REDIRECT],
    };
    const update = (AllowedOAuthScopes: string[]) =>
      server.cognito.send(new UpdateUserPoolClientCommand({ ...ids, ...oauth, AllowedOAuthScopes }));
    expect((await update(["openid"])).UserPoolClient?.ClientType).toBe("DCR");
    await expect(update(["aws.cognito/dcr/register"])).rejects.toMatchObject({
      name: "ScopeDoesNotExistException",
    });
    const listed = await server.cognito.send(
      new ListUserPoolClientsCommand({ UserPoolId: open, ClientType: "DCR", MaxResults: 60 }),
    );
    expect(listed.UserPoolClients?.map(({ ClientId }) => ClientId)).toContain(ids.ClientId);
    await expect(server.cognito.send(new AddUserPoolClientSecretCommand(ids))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it.each([
    ["no redirect URI", {}, "invalid_redirect_uri"],
    [
      "a redirect URI with plain HTTP",
      { redirect_uris: ["http://app.example.com/x"] },
      "invalid_redirect_uri",
    ],
    ["a script as redirect URI", { redirect_uris: ["javascript:alert(1)"] }, "invalid_redirect_uri"],
    [
      "a scope that is not allowed",
      { redirect_uris: [REDIRECT], scope: "aws.cognito/dcr/register" },
      "invalid_client_metadata",
    ],
    ["a grant type that is not allowed", { grant_types: ["client_credentials"] }, "invalid_client_metadata"],
    [
      "a software statement",
      { redirect_uris: [REDIRECT], software_statement: "x" },
      "invalid_software_statement",
    ],
    ["a body that is not JSON", "x", "invalid_client_metadata"],
    ["a list in place of the object", [1], "invalid_client_metadata"],
  ])("rejects %s", async (_, body, error) => {
    expect(await register(open, body)).toMatchObject({ status: 400, body: { error } });
  });

  it("requires a token with its scope if registration is not open, and always rejects an invalid token", async () => {
    const registrar = await createClient(server, closed, {
      GenerateSecret: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["aws.cognito/dcr/register"],
      CallbackURLs: [],
      LogoutURLs: [],
    });
    const answer = await fetch(`${server.url}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        ...registrar,
        client_secret: registrar.client_secret ?? "",
      }),
    });
    const { access_token } = (await answer.json()) as { access_token: string };
    const metadata = { redirect_uris: [REDIRECT] };
    const refused = { status: 401, challenge: 'Bearer error="invalid_token"' };
    expect(await register(closed, metadata)).toEqual({
      ...refused,
      body: { error: "invalid_token", error_description: "A token is needed." },
    });
    for (const [poolId, token] of [
      [closed, "x"],
      [open, access_token],
    ] as const)
      expect(await register(poolId, metadata, token)).toEqual({
        ...refused,
        body: { error: "invalid_token" },
      });
    expect((await register(closed, metadata, access_token)).status).toBe(201);
  });

  it("answers 404 if the pool has no registration", async () => {
    const { UserPool } = await server.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
    expect(await register(UserPool?.Id ?? "", {})).toMatchObject({
      status: 404,
      body: { message: "There is nothing here." },
    });
  });
});
