import {
  AdminDisableUserCommand,
  CreateUserPoolCommand,
  DeleteIdentityProviderCommand,
  UpdateIdentityProviderCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  identityProviderMetadata,
  type TestKey,
  testKey,
} from "../../src/federation/saml/fixtures/identity-provider.ts";
import { clockOf } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import {
  addProvider,
  answering,
  authorizeUrl,
  base,
  begin,
  key,
  poolId,
  server,
  signIn,
  startSaml,
  UNAVAILABLE,
  UNMATCHED,
} from "./saml-flow.ts";
import { answerRequest, readRequest } from "./saml-idp.ts";
import { createClient, PLAIN_CALLBACK } from "./scene.ts";

startSaml();

describe("a SAML response", () => {
  it.each<[string, (forged: TestKey) => Parameters<typeof answerRequest>[2], string]>([
    ["with another audience", () => ({ audience: "urn:amazon:cognito:sp:other" }), "Audience restriction in"],
    ["with another recipient", () => ({ recipient: "https://evil.example.com" }), "The Recipient is not"],
    ["with another issuer", () => ({ issuer: "evil" }), "The Issuer is not"],
    ["after it has expired", () => ({ notOnOrAfter: Date.now() - 120_000 }), "The assertion has expired."],
    ["with the id of another request", () => ({ requestId: "_other" }), "The InResponseTo is not"],
  ])("is rejected %s, with an error for the client", async (_, overrides, reason) => {
    const { browser, request } = await begin();
    const fields = answerRequest(request, answering(), overrides(key));
    const { location } = await browser.visit(request.assertionConsumer, fields);
    const { searchParams } = new URL(location);
    expect(location.startsWith(PLAIN_CALLBACK)).toBe(true);
    expect(searchParams.get("error")).toBe("server_error");
    expect(searchParams.get("error_description")).toContain(`Invalid SAML response received: ${reason}`);
    expect(searchParams.get("state")).toBe("s1");
  });

  it("is rejected if another key signed it, with the recorded message", async () => {
    const { browser, request } = await begin();
    const fields = answerRequest(request, { key: await testKey(Date.now()), poolId });
    const { location } = await browser.visit(request.assertionConsumer, fields);
    expect(new URL(location).searchParams.get("error_description")).toBe(
      "Invalid SAML response received: SAML Assertion signature is invalid. ",
    );
  });

  it("is rejected with the same code for a user who cannot sign in", async () => {
    const overrides = { nameId: "mallory@example.com" };
    await signIn("Corp", overrides);
    await server.cognito.send(
      new AdminDisableUserCommand({ UserPoolId: poolId, Username: "corp_mallory@example.com" }),
    );
    const { browser, request } = await begin();
    const fields = answerRequest(request, answering(), overrides);
    const { location } = await browser.visit(request.assertionConsumer, fields);
    expect(Object.fromEntries(new URL(location).searchParams)).toEqual({
      error_description: "Invalid SAML response received: User is not enabled",
      state: "s1",
      error: "server_error",
    });
  });

  it("is rejected if another provider of the pool sent it", async () => {
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

  it("is rejected if it is unsolicited and the client has other providers than SAML", async () => {
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

  it("is rejected if its assertion or its RelayState was used before", async () => {
    const [one, two] = [await begin("Portal"), await begin("Portal")];
    const id = `_${crypto.randomUUID()}`;
    const first = answerRequest(one.request, answering(), { id });
    expect((await one.browser.visit(one.request.assertionConsumer, first)).location).toContain("code=");
    expect((await one.browser.visit(one.request.assertionConsumer, first)).html).toContain(UNMATCHED);
    const second = answerRequest(two.request, answering(), { id });
    const { location } = await two.browser.visit(two.request.assertionConsumer, second);
    expect(location).toContain("The+assertion+has+been+used+before.");
  });

  it("is rejected in another browser, and with a forged RelayState", async () => {
    const { request } = await begin();
    const other = (await begin()).browser;
    const fields = answerRequest(request, answering());
    expect((await other.visit(request.assertionConsumer, fields)).html).toContain(UNMATCHED);
    const elsewhere = { ...fields, RelayState: "https://evil.example.com" };
    expect((await other.visit(request.assertionConsumer, elsewhere)).html).toContain(UNMATCHED);
  });

  it("is rejected at the endpoint of another pool", async () => {
    const { browser, request } = await begin();
    const { UserPool } = await server.cognito.send(new CreateUserPoolCommand({ PoolName: "other" }));
    const elsewhere = `${server.url}/${UserPool?.Id}/saml2/idpresponse`;
    const fields = answerRequest(request, answering());
    expect((await browser.visit(elsewhere, fields)).html).toContain(UNMATCHED);
    expect((await browser.visit(request.assertionConsumer, fields)).location).toContain("code=");
  });

  it.each<[string, string, (ClientId: string) => Promise<unknown>]>([
    [
      "deleted",
      UNMATCHED,
      () =>
        server.cognito.send(new DeleteIdentityProviderCommand({ UserPoolId: poolId, ProviderName: "Brief" })),
    ],
    [
      "taken from the client",
      UNAVAILABLE,
      (ClientId) =>
        server.cognito.send(
          new UpdateUserPoolClientCommand({
            UserPoolId: poolId,
            ClientId,
            SupportedIdentityProviders: ["Corp"],
            AllowedOAuthFlowsUserPoolClient: true,
            AllowedOAuthFlows: ["code"],
            AllowedOAuthScopes: ["openid", "email"],
            CallbackURLs: [PLAIN_CALLBACK],
          }),
        ),
    ],
  ])("is rejected if its provider was %s after the request", async (_, reason, change) => {
    await addProvider("Brief", {});
    const { client_id } = await createClient(server, poolId, { SupportedIdentityProviders: ["Brief"] });
    const browser = openBrowser();
    const request = readRequest((await browser.visit(authorizeUrl("Brief", { client_id }))).location);
    await change(client_id);
    const page = await browser.visit(request.assertionConsumer, answerRequest(request, answering()));
    expect([page.status, page.html]).toEqual([400, expect.stringContaining(reason)]);
  });

  it("is rejected without a RelayState, and a RelayState without a response", async () => {
    const { browser, request } = await begin();
    const { SAMLResponse, RelayState } = answerRequest(request, answering());
    for (const fields of [{ SAMLResponse }, { RelayState }]) {
      const page = await browser.visit(request.assertionConsumer, fields);
      expect([page.status, page.html]).toEqual([400, expect.stringContaining(UNMATCHED)]);
    }
  });

  it("is rejected without the browser's cookie when the pool's own page has sent it again", async () => {
    const { request } = await begin();
    const browser = openBrowser();
    const page = await browser.visit(request.assertionConsumer, answerRequest(request, answering()));
    const again = await browser.submit(request.assertionConsumer, page, {});
    expect([again.status, again.html]).toEqual([400, expect.stringContaining(UNMATCHED)]);
  });

  it("is rejected more than five minutes after the request", async () => {
    const { browser, request } = await begin();
    clockOf(server).advance(301_000);
    const fields = answerRequest(request, { ...answering(), now: Date.now() + 301_000 });
    expect((await browser.visit(request.assertionConsumer, fields)).html).toContain(UNMATCHED);
    clockOf(server).reset();
  });

  it("is rejected without encryption if the provider must encrypt", async () => {
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

it("answers random SAML forms without an internal error", async () => {
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
