/** Sign-ins by a SAML provider without a browser: a pool, its providers, and what they answer. */
import {
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll } from "vitest";
import {
  identityProviderMetadata,
  type TestKey,
  testKey,
} from "../../src/federation/saml/fixtures/identity-provider.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import { answerRequest, readRequest } from "./saml-idp.ts";
import { createClient, PLAIN_CALLBACK } from "./scene.ts";

export const UNMATCHED = "Invalid samlResponse or relayState from identity provider";
export const UNAVAILABLE = "Login option is not available. Please try another one";

export let server: TestServer;
export let key: TestKey;
export let poolId: string;
export let clientId: string;
export let base: string;

/** A server with a pool and two providers, for the tests of a file. */
export function startSaml(): void {
  beforeAll(async () => {
    server = await startTestServer();
    key = await testKey(Date.now() - 1000);
    const { UserPool } = await server.cognito.send(
      new CreateUserPoolCommand({
        PoolName: "saml",
        UsernameConfiguration: { CaseSensitive: false },
        Schema: [{ Name: "groups", AttributeDataType: "String", Mutable: true }],
      }),
    );
    poolId = UserPool?.Id ?? "";
    base = `${server.url}/${poolId}`;
    await addProvider("Corp", { IDPSignout: "true", RequestSigningAlgorithm: "rsa-sha256" });
    await addProvider("Portal", { IDPInit: "true" });
    clientId = (await createClient(server, poolId, { SupportedIdentityProviders: ["Corp", "Portal"] }))
      .client_id;
  });
  afterAll(() => server.stop());
}

export async function addProvider(
  ProviderName: string,
  details: Record<string, string>,
  IdpIdentifiers: string[] = [],
) {
  await server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName,
      ProviderType: "SAML",
      ProviderDetails: { MetadataFile: identityProviderMetadata([key.certificate]), ...details },
      AttributeMapping: { email: "mail", "custom:groups": "groups" },
      IdpIdentifiers,
    }),
  );
}

export const authorizeUrl = (provider = "Corp", more: Record<string, string> = {}) =>
  `${base}/oauth2/authorize?${new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: PLAIN_CALLBACK,
    scope: "openid email",
    state: "s1",
    identity_provider: provider,
    ...more,
  })}`;

/** Goes as far as the provider. */
export async function begin(provider = "Corp") {
  const browser = openBrowser();
  const { location } = await browser.visit(authorizeUrl(provider));
  return { browser, location, request: readRequest(location) };
}
export const answering = () => ({ key, poolId });

/** A whole sign-in. @returns the claims of the ID token and of the access token */
export async function signIn(provider: string, overrides: Parameters<typeof answerRequest>[2] = {}) {
  const { browser, request } = await begin(provider);
  const fields = answerRequest(request, answering(), overrides);
  const { location } = await browser.visit(request.assertionConsumer, fields);
  const code = new URL(location).searchParams.get("code");
  if (code === null) throw new Error(location);
  const tokens = await redeem(code);
  return { browser, location, ...tokens };
}

async function redeem(code: string) {
  const answer = await fetch(`${base}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: PLAIN_CALLBACK,
      code,
    }),
  });
  const tokens = (await answer.json()) as { id_token: string; access_token: string };
  const claims = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  const { id_token, access_token } = tokens;
  return { id: claims(id_token), access: claims(access_token), accessToken: access_token };
}
