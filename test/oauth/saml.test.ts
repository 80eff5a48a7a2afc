import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  AdminListGroupsForUserCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  GetSigningCertificateCommand,
  UpdateIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  base64,
  identityProviderMetadata,
  responseXml,
  signed,
  type TestKey,
  testKey,
} from "../../src/federation/saml/fixtures/identity-provider.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import { answerRequest, isSignedBy, readRequest } from "./saml-idp.ts";
import { createClient, PLAIN_CALLBACK } from "./scene.ts";

const UNMATCHED = "Invalid samlResponse or relayState from identity provider";

let server: TestServer;
let key: TestKey;
let poolId: string;
let clientId: string;
let base: string;
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

async function addProvider(ProviderName: string, details: Record<string, string>) {
  await server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName,
      ProviderType: "SAML",
      ProviderDetails: { MetadataFile: identityProviderMetadata([key.certificate]), ...details },
      AttributeMapping: { email: "mail", "custom:groups": "groups" },
    }),
  );
}

const authorizeUrl = (provider = "Corp", more: Record<string, string> = {}) =>
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
async function begin(provider = "Corp") {
  const browser = openBrowser();
  const { location } = await browser.visit(authorizeUrl(provider));
  return { browser, location, request: readRequest(location) };
}
const answering = () => ({ key, poolId });

/** A whole sign-in. @returns the claims of the ID token and of the access token */
async function signIn(provider: string, overrides: Parameters<typeof answerRequest>[2] = {}) {
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
  return { id: claims(tokens.id_token), access: claims(tokens.access_token) };
}

describe("signing in by a SAML provider", () => {
  it("makes a user of the provider, with the mapped attributes, the provider's group and its identity", async () => {
    const { id, access, location } = await signIn("Corp");
    expect(new URL(location).searchParams.get("state")).toBe("s1");
    expect(id).toMatchObject({
      "cognito:username": "corp_jane@example.com",
      "cognito:groups": [`${poolId}_Corp`],
      email: "jane@example.com",
      email_verified: false,
      identities: [
        {
          userId: "Jane@example.com",
          providerName: "Corp",
          providerType: "SAML",
          issuer: "https://idp.example.com/saml",
          primary: "true",
        },
      ],
    });
    expect(access).toMatchObject({ username: "corp_jane@example.com", scope: "openid email" });
    const user = await server.cognito.send(
      new AdminGetUserCommand({ UserPoolId: poolId, Username: "corp_jane@example.com" }),
    );
    expect(user.UserStatus).toBe("EXTERNAL_PROVIDER");
    expect(user.UserAttributes).toContainEqual({ Name: "custom:groups", Value: "[staff, a+b]" });
    const { Groups } = await server.cognito.send(
      new AdminListGroupsForUserCommand({ UserPoolId: poolId, Username: "corp_jane@example.com" }),
    );
    expect(Groups?.map(({ Description }) => Description)).toEqual([
      "Autogenerated group for users who sign in using Corp",
    ]);
  });

  it("updates the mapped attributes at the next sign-in, and keeps those that are not sent", async () => {
    const first = await signIn("Corp", {
      nameId: "later",
      attributes: { mail: ["a@example.com"], groups: ["x"] },
    });
    const second = await signIn("Corp", { nameId: "later", attributes: { mail: ["b@example.com"] } });
    expect(second.id.sub).toBe(first.id.sub);
    expect(second.id.email).toBe("b@example.com");
    const user = await server.cognito.send(
      new AdminGetUserCommand({ UserPoolId: poolId, Username: "corp_later" }),
    );
    expect(user.UserAttributes).toContainEqual({ Name: "custom:groups", Value: "x" });
  });

  it("signs in as the user that the identity was linked to", async () => {
    const { User } = await server.cognito.send(
      new AdminCreateUserCommand({ UserPoolId: poolId, Username: "local", MessageAction: "SUPPRESS" }),
    );
    await server.cognito.send(
      new AdminLinkProviderForUserCommand({
        UserPoolId: poolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "local" },
        SourceUser: {
          ProviderName: "Corp",
          ProviderAttributeName: "email",
          ProviderAttributeValue: "linked@example.com",
        },
      }),
    );
    for (const nameId of ["Linked-Subject", "Linked-Subject"]) {
      const { id } = await signIn("Corp", { nameId, attributes: { mail: ["linked@example.com"] } });
      expect(id.sub).toBe(User?.Attributes?.find(({ Name }) => Name === "sub")?.Value);
      expect(id["cognito:username"]).toBe("local");
      expect(id.identities).toMatchObject([{ userId: "Linked-Subject", primary: "false" }]);
    }
  });

  it("does not sign in as a local user of the same name", async () => {
    await server.cognito.send(
      new AdminCreateUserCommand({ UserPoolId: poolId, Username: "corp_victim", MessageAction: "SUPPRESS" }),
    );
    await expect(signIn("Corp", { nameId: "victim" })).rejects.toThrow(
      "error_description=Already+found+an+entry+for+username+corp_victim",
    );
  });

  it("signs the request with the certificate of GetSigningCertificate", async () => {
    const { location, request } = await begin();
    const { Certificate = "" } = await server.cognito.send(
      new GetSigningCertificateCommand({ UserPoolId: poolId }),
    );
    expect(isSignedBy(location, Certificate)).toBe(true);
    expect(request.assertionConsumer).toBe(`${base}/saml2/idpresponse`);
    expect(request.xml).toContain(`<saml:Issuer>urn:amazon:cognito:sp:${poolId}</saml:Issuer>`);
    expect((await begin("Portal")).location).not.toContain("SigAlg");
  });

  it("sends the form again from the pool's own page when the browser did not send its cookie", async () => {
    const { browser, request } = await begin();
    const fields = answerRequest(request, answering(), { nameId: "resubmitted" });
    const page = await openBrowser().visit(request.assertionConsumer, fields);
    expect(page.html).toContain("document.forms[0].submit()");
    const { location } = await browser.submit(request.assertionConsumer, page, {});
    expect(location).toContain("code=");
  });

  it("accepts an unsolicited assertion when that is allowed", async () => {
    const assertionConsumer = `${base}/saml2/idpresponse`;
    const relayState = (provider: string, redirectUri = PLAIN_CALLBACK) =>
      new URLSearchParams({
        identity_provider: provider,
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: "openid",
      }).toString();
    const send = (relay: string) =>
      openBrowser().visit(
        assertionConsumer,
        answerRequest({ id: undefined, assertionConsumer, relayState: relay }, answering(), {
          nameId: "portal",
        }),
      );
    const { location } = await send(relayState("Portal"));
    expect(location).toMatch(/^https:\/\/app\.example\.com\/callback\?code=[\w-]+$/);
    const refused = await send(relayState("Corp"));
    expect(refused.status).toBe(400);
    expect(refused.html).toContain(UNMATCHED);
    // The page of a redirect URI that is not registered.
    expect((await send(relayState("Portal", "https://evil.example.com"))).location).toContain(
      "redirect_mismatch",
    );
  });
});

describe("a SAML response is refused", () => {
  it.each<[string, (forged: TestKey) => Parameters<typeof answerRequest>[2], string]>([
    ["for another audience", () => ({ audience: "urn:amazon:cognito:sp:other" }), "The Audience is not"],
    ["for another recipient", () => ({ recipient: "https://evil.example.com" }), "The Recipient is not"],
    ["of another issuer", () => ({ issuer: "evil" }), "The Issuer is not"],
    ["that has expired", () => ({ notOnOrAfter: Date.now() - 120_000 }), "The assertion has expired."],
    ["to another request", () => ({ requestId: "_other" }), "The InResponseTo is not"],
  ])("%s, and the client is told", async (_, overrides, reason) => {
    const { browser, request } = await begin();
    const fields = answerRequest(request, answering(), overrides(key));
    const { location } = await browser.visit(request.assertionConsumer, fields);
    const { searchParams } = new URL(location);
    expect(location.startsWith(PLAIN_CALLBACK)).toBe(true);
    expect(searchParams.get("error")).toBe("server_error");
    expect(searchParams.get("error_description")).toContain(`Invalid SAML response received: ${reason}`);
    expect(searchParams.get("state")).toBe("s1");
  });

  it("when another key signed it, with the recorded message", async () => {
    const { browser, request } = await begin();
    const fields = answerRequest(request, { key: await testKey(Date.now()), poolId });
    const { location } = await browser.visit(request.assertionConsumer, fields);
    expect(new URL(location).searchParams.get("error_description")).toBe(
      "Invalid SAML response received: SAML Assertion signature is invalid. ",
    );
  });

  it("when another provider of the pool sent it", async () => {
    const other = await testKey(Date.now() - 1000);
    const entityId = "https://other.example.com/saml";
    await addProvider("Other", { MetadataFile: identityProviderMetadata([other.certificate], { entityId }) });
    for (const issuer of [entityId, "https://idp.example.com/saml"]) {
      const { browser, request } = await begin();
      const fields = answerRequest(request, { key: other, poolId }, { issuer });
      const { location } = await browser.visit(request.assertionConsumer, fields);
      expect(location).toContain("Invalid+SAML+response+received");
    }
  });

  it("when it is unsolicited and the client has other providers than SAML", async () => {
    await addProvider("Late", {});
    const client = await createClient(server, poolId, { SupportedIdentityProviders: ["COGNITO", "Late"] });
    await server.cognito.send(
      new UpdateIdentityProviderCommand({
        UserPoolId: poolId,
        ProviderName: "Late",
        ProviderDetails: { MetadataFile: identityProviderMetadata([key.certificate]), IDPInit: "true" },
      }),
    );
    const assertionConsumer = `${base}/saml2/idpresponse`;
    const query = { identity_provider: "Late", client_id: client.client_id, redirect_uri: PLAIN_CALLBACK };
    const relayState = new URLSearchParams(query).toString();
    const fields = answerRequest({ id: undefined, assertionConsumer, relayState }, answering());
    expect((await openBrowser().visit(assertionConsumer, fields)).html).toContain(UNMATCHED);
    await expect(
      createClient(server, poolId, { SupportedIdentityProviders: ["COGNITO", "Late"] }),
    ).rejects.toThrow("can have SAML providers only, not COGNITO.");
  });

  it("when its assertion or its RelayState were used before", async () => {
    const [one, two] = [await begin("Portal"), await begin("Portal")];
    const id = `_${crypto.randomUUID()}`;
    const first = answerRequest(one.request, answering(), { id });
    expect((await one.browser.visit(one.request.assertionConsumer, first)).location).toContain("code=");
    expect((await one.browser.visit(one.request.assertionConsumer, first)).html).toContain(UNMATCHED);
    const second = answerRequest(two.request, answering(), { id });
    const { location } = await two.browser.visit(two.request.assertionConsumer, second);
    expect(location).toContain("The+assertion+has+been+used+before.");
  });

  it("in another browser than the one that began, and with a forged RelayState", async () => {
    const { request } = await begin();
    const other = (await begin()).browser;
    const fields = answerRequest(request, answering());
    expect((await other.visit(request.assertionConsumer, fields)).html).toContain(UNMATCHED);
    const elsewhere = { ...fields, RelayState: "https://evil.example.com" };
    expect((await other.visit(request.assertionConsumer, elsewhere)).html).toContain(UNMATCHED);
  });

  it("when it comes more than five minutes after the request", async () => {
    const { browser, request } = await begin();
    await fetch(`${server.url}/_cognate/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advanceSeconds: 301 }),
    });
    const fields = answerRequest(request, { ...answering(), now: Date.now() + 301_000 });
    expect((await browser.visit(request.assertionConsumer, fields)).html).toContain(UNMATCHED);
    await fetch(`${server.url}/_cognate/clock`, { method: "DELETE" });
  });

  it("when the provider must encrypt and did not", async () => {
    await addProvider("Sealed", { EncryptedResponses: "true" });
    await server.cognito.send(
      new UpdateIdentityProviderCommand({
        UserPoolId: poolId,
        ProviderName: "Sealed",
        IdpIdentifiers: ["sealed.example"],
      }),
    );
    const client = await createClient(server, poolId, { SupportedIdentityProviders: ["Sealed"] });
    const browser = openBrowser();
    const url = new URL(
      authorizeUrl("Sealed", { client_id: client.client_id, idp_identifier: "sealed.example" }),
    );
    url.searchParams.delete("identity_provider");
    const request = readRequest((await browser.visit(url.href)).location);
    const { location } = await browser.visit(request.assertionConsumer, answerRequest(request, answering()));
    expect(location).toContain("The+assertion+is+not+encrypted.");
  });
});

describe("single logout", () => {
  async function signOut() {
    const { browser } = await signIn("Corp", { nameId: `out-${crypto.randomUUID()}`, sessionIndex: "idx" });
    const target = "https://app.example.com/bye";
    const { location } = await browser.visit(
      `${base}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: target })}`,
    );
    return { browser, location, target };
  }
  const logoutResponse = (requestId: string, by: TestKey) =>
    base64(
      signed(
        responseXml(
          { now: Date.now(), destination: `${base}/saml2/logout`, requestId, name: "LogoutResponse" },
          "",
        ),
        by,
      ),
    );

  it("sends a signed LogoutRequest for the session, and redirects to the client after the answer", async () => {
    const { browser, location, target } = await signOut();
    expect(location).toMatch(/^https:\/\/idp\.example\.com\/slo\?SAMLRequest=/);
    const { xml, id, relayState } = readRequest(location);
    expect(xml).toContain("<samlp:SessionIndex>idx</samlp:SessionIndex>");
    const answer = { SAMLResponse: logoutResponse(id, key), RelayState: relayState };
    expect((await browser.visit(`${base}/saml2/logout`, answer)).location).toBe(target);
    expect((await browser.visit(`${base}/saml2/logout`, answer)).html).toContain(UNMATCHED);
  });

  it("refuses an answer that another key signed", async () => {
    const { browser, location } = await signOut();
    const { id, relayState } = readRequest(location);
    const forged = { SAMLResponse: logoutResponse(id, await testKey(Date.now())), RelayState: relayState };
    const page = await browser.visit(`${base}/saml2/logout`, forged);
    expect(page.status).toBe(400);
    expect(page.html).toContain("SAML Assertion signature is invalid.");
  });
});

it("shows the pool's own metadata", async () => {
  const answer = await fetch(`${base}/saml2/metadata?identity_provider=Sealed`);
  expect(answer.headers.get("content-type")).toContain("application/samlmetadata+xml");
  const metadata = await answer.text();
  expect(metadata).toContain(`entityID="urn:amazon:cognito:sp:${poolId}"`);
  expect(metadata).toContain(`Location="${base}/saml2/idpresponse"`);
  expect(metadata).toContain('KeyDescriptor use="encryption"');
});

it("answers arbitrary forms without an internal error", async () => {
  const { browser, request } = await begin();
  const good = answerRequest(request, answering()).SAMLResponse;
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constant(good),
    fc.constant(request.relayState),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("idpresponse", "logout"),
      fc.record({ SAMLResponse: value, RelayState: value }, { requiredKeys: [] }),
      async (path, fields) => {
        const { status } = await browser.visit(`${base}/saml2/${path}`, fields);
        expect([200, 302, 400]).toContain(status);
      },
    ),
    { numRuns: 100 },
  );
});
