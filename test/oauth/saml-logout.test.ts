/** Single logout that the SAML provider begins. */
import {
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  DeleteIdentityProviderCommand,
  DescribeIdentityProviderCommand,
  GetSigningCertificateCommand,
  UpdateIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { encryptedXml } from "../../src/federation/saml/fixtures/encrypted-xml.ts";
import {
  base64,
  identityProviderMetadata,
  type LogoutRequestParts,
  logoutRequestXml,
  nameIdXml,
  SHA1,
  signed,
  signedQuery,
  type TestKey,
  testKey,
} from "../../src/federation/saml/fixtures/identity-provider.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { alertOf, openBrowser, type Page } from "./browser.ts";
import { answerRequest, isSignedBy, readRequest } from "./saml-idp.ts";
import { createClient, PLAIN_CALLBACK } from "./scene.ts";

let server: TestServer;
let key: TestKey;
let poolId: string;
let clientId: string;
let base: string;
let logout: string;
beforeAll(async () => {
  server = await startTestServer();
  key = await testKey(Date.now() - 1000);
  const { UserPool } = await server.cognito.send(new CreateUserPoolCommand({ PoolName: "logout" }));
  poolId = UserPool?.Id ?? "";
  base = `${server.url}/${poolId}`;
  logout = `${base}/saml2/logout`;
  await addProvider("Corp", "https://idp.example.com/saml", "true");
  await addProvider("Quiet", "https://quiet.example.com/saml", "false");
  const names = { SupportedIdentityProviders: ["Corp", "Quiet"] };
  clientId = (await createClient(server, poolId, names)).client_id;
});
afterAll(() => server.stop());

async function addProvider(ProviderName: string, entityId: string, IDPSignout: string) {
  await server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName,
      ProviderType: "SAML",
      ProviderDetails: {
        MetadataFile: identityProviderMetadata([key.certificate], { entityId }),
        IDPSignout,
      },
    }),
  );
}

const authorizeUrl = (more: Record<string, string>) =>
  `${base}/oauth2/authorize?${new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: PLAIN_CALLBACK,
    scope: "openid",
    ...more,
  })}`;

let subjects = 0;

/** A browser with the session of a sign-in at Corp. */
async function signedIn(sessionIndex?: string) {
  const browser = openBrowser();
  const request = readRequest((await browser.visit(authorizeUrl({ identity_provider: "Corp" }))).location);
  const nameId = `Jane-${++subjects}`;
  const parts = { nameId, sessionIndex: sessionIndex ?? `session-${subjects}` };
  const page = await browser.visit(request.assertionConsumer, answerRequest(request, { key, poolId }, parts));
  expect(page.location).toContain("code=");
  const hasSession = async () =>
    (await browser.visit(authorizeUrl({ prompt: "none" }))).location.includes("code=");
  expect(await hasSession()).toBe(true);
  return { browser, hasSession, nameId, sessionIndex: parts.sessionIndex };
}

let requests = 0;
const logoutRequest = (parts: Partial<LogoutRequestParts> & { nameId: string }) =>
  logoutRequestXml({ now: Date.now(), destination: logout, id: `_out-${++requests}`, ...parts });

const formOf = (xml: string) => ({ SAMLRequest: base64(xml), RelayState: "the provider's state" });

/** What went to the provider. */
function answerOf({ location }: Page) {
  expect(location.startsWith("https://idp.example.com/slo?")).toBe(true);
  const { searchParams } = new URL(location);
  const asRequest = new URL(location);
  asRequest.searchParams.set("SAMLRequest", searchParams.get("SAMLResponse") ?? "");
  return { xml: readRequest(asRequest.href).xml, relayState: searchParams.get("RelayState") };
}

describe("a LogoutRequest of a provider", () => {
  it("ends the session of the browser and is answered by a signed LogoutResponse", async () => {
    const { browser, hasSession, nameId, sessionIndex } = await signedIn();
    const xml = logoutRequest({ nameId, sessionIndexes: [sessionIndex] });
    const page = await browser.visit(logout, formOf(signed(xml, key)));
    const answer = answerOf(page);
    expect(answer.relayState).toBe("the provider's state");
    expect(answer.xml).toContain(`InResponseTo="_out-${requests}"`);
    expect(answer.xml).toContain("urn:oasis:names:tc:SAML:2.0:status:Success");
    const certificate = await server.cognito.send(new GetSigningCertificateCommand({ UserPoolId: poolId }));
    expect(isSignedBy(page.location, certificate.Certificate ?? "")).toBe(true);
    expect(await hasSession()).toBe(false);
  });

  it("ends a session without its cookie, by its index", async () => {
    const { hasSession, nameId, sessionIndex } = await signedIn();
    const fields = formOf(signed(logoutRequest({ nameId, sessionIndexes: [sessionIndex] }), key));
    const elsewhere = openBrowser();
    // The browser keeps Lax cookies back from another site's form, so the page sends it again.
    const page = await elsewhere.visit(logout, fields);
    expect(page.html).toContain("document.forms[0].submit()");
    answerOf(await elsewhere.submit(logout, page, {}));
    expect(await hasSession()).toBe(false);
  });

  it("is accepted by a redirect", async () => {
    const { browser, hasSession, nameId, sessionIndex } = await signedIn();
    const xml = logoutRequest({ nameId, sessionIndexes: [sessionIndex] });
    answerOf(await browser.visit(`${logout}?${signedQuery(xml, "state", key)}`));
    expect(await hasSession()).toBe(false);
  });

  it("ends every session of the subject if it names none", async () => {
    const { browser, hasSession, nameId } = await signedIn();
    answerOf(await browser.visit(logout, formOf(signed(logoutRequest({ nameId }), key))));
    expect(await hasSession()).toBe(false);
  });

  it.each([
    ["ends the session of a second provider with the issuer", "true", false],
    ["keeps that of a second provider with the issuer, but without single logout", "false", true],
  ])("%s", async (_, IDPSignout, stays) => {
    const ProviderName = `Second-${IDPSignout}`;
    await addProvider(ProviderName, "https://idp.example.com/saml", IDPSignout);
    const { client_id } = await createClient(server, poolId, { SupportedIdentityProviders: [ProviderName] });
    const signInOf = async (parts: { nameId: string; sessionIndex: string }) => {
      const browser = openBrowser();
      const start = await browser.visit(authorizeUrl({ client_id, identity_provider: ProviderName }));
      const request = readRequest(start.location);
      await browser.visit(request.assertionConsumer, answerRequest(request, { key, poolId }, parts));
      const hasSession = async () =>
        (await browser.visit(authorizeUrl({ client_id, prompt: "none" }))).location.includes("code=");
      expect(await hasSession()).toBe(true);
      return { browser, hasSession };
    };
    const nameId = `of-${ProviderName}`;
    const withCookie = await signInOf({ nameId, sessionIndex: "one" });
    const withoutCookie = await signInOf({ nameId, sessionIndex: "two" });
    answerOf(await withCookie.browser.visit(logout, formOf(signed(logoutRequest({ nameId }), key))));
    const byIndex = logoutRequest({ nameId, sessionIndexes: ["other", "two"] });
    answerOf(await openBrowser().visit(`${logout}?${signedQuery(byIndex, "state", key)}`));
    expect(await withCookie.hasSession()).toBe(stays);
    expect(await withoutCookie.hasSession()).toBe(stays);
    await server.cognito.send(new DeleteIdentityProviderCommand({ UserPoolId: poolId, ProviderName }));
  });

  it("is answered without a RelayState if it has none, and with one that has the characters of HTML", async () => {
    const { browser, nameId } = await signedIn();
    const send = async (fields: Record<string, string>) => {
      const page = await openBrowser().visit(logout, fields);
      const state = /name="RelayState" value="([^"]*)"/.exec(page.html)?.[1];
      const written = state?.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
      const form = { ...fields, ...(written !== undefined && { RelayState: written }), resubmitted: "true" };
      return answerOf(await browser.visit(logout, form)).relayState;
    };
    const request = () => ({ SAMLRequest: base64(signed(logoutRequest({ nameId }), key)) });
    expect(await send(request())).toBeNull();
    const RelayState = `'"><script>alert("&amp;")</script>`;
    expect(await send({ ...request(), RelayState })).toBe(RelayState);
  });

  it("keeps sessions of other subjects and indexes, and is answered", async () => {
    const { browser, hasSession, nameId, sessionIndex } = await signedIn();
    const others = [
      { nameId: "somebody else", sessionIndexes: [sessionIndex] },
      { nameId, sessionIndexes: ["another session"] },
      { nameId: nameId.toLowerCase(), sessionIndexes: [] },
    ];
    for (const parts of others)
      answerOf(await browser.visit(logout, formOf(signed(logoutRequest(parts), key))));
    expect(await hasSession()).toBe(true);
  });
});

describe("a LogoutRequest is rejected, and the session stays,", () => {
  it.each<[string, (nameId: string, other: TestKey) => string, string]>([
    ["without a signature", (nameId) => logoutRequest({ nameId }), "The request is not signed."],
    [
      "signed by another key",
      (nameId, other) => signed(logoutRequest({ nameId }), other),
      "SAML Assertion signature is invalid.",
    ],
    ["signed with SHA-1", (nameId) => signed(logoutRequest({ nameId }), key, SHA1), "is not supported."],
    [
      "of another issuer",
      (nameId) => signed(logoutRequest({ nameId, issuer: "https://evil.example.com" }), key),
      "The Issuer is no identity provider with single logout.",
    ],
    [
      "of a provider without single logout",
      (nameId) => signed(logoutRequest({ nameId, issuer: "https://quiet.example.com/saml" }), key),
      "The Issuer is no identity provider with single logout.",
    ],
    [
      "to another address",
      (nameId) => signed(logoutRequest({ nameId, destination: "https://other.example.com" }), key),
      "The Destination is not the expected one.",
    ],
    [
      "to no address",
      (nameId) => signed(logoutRequest({ nameId, destination: undefined }), key),
      "There is no Destination.",
    ],
    [
      "with an IssueInstant of ten minutes ago",
      (nameId) => signed(logoutRequest({ nameId, now: Date.now() - 600_000 }), key),
      "The request is not of now.",
    ],
    ["without a subject", () => signed(logoutRequest({ nameId: " " }), key), "The request has no NameID."],
    [
      "with a changed subject",
      (nameId) => signed(logoutRequest({ nameId: "mallory" }), key).replace("mallory", nameId),
      "SAML Assertion signature is invalid.",
    ],
    [
      "with a comment in the subject",
      (nameId) => signed(logoutRequest({ nameId: `${nameId}.evil` }), key).replace(".evil", "<!---->.evil"),
      "The document has comments.",
    ],
    [
      "as a document of another kind",
      () => "<samlp:AuthnRequest xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol' Version='2.0'/>",
      "The message is not a LogoutRequest.",
    ],
  ])("%s", async (_, xmlOf, reason) => {
    const { browser, hasSession, nameId } = await signedIn();
    const page = await browser.visit(logout, formOf(xmlOf(nameId, await testKey(Date.now()))));
    expect(page.status).toBe(400);
    expect(page.html).toContain(reason);
    expect(await hasSession()).toBe(true);
  });

  it("if it is sent a second time", async () => {
    const { nameId, browser } = await signedIn();
    const fields = formOf(signed(logoutRequest({ nameId }), key));
    answerOf(await browser.visit(logout, fields));
    expect((await browser.visit(logout, fields)).html).toContain("The request has been used before.");
  });

  describe("if it is sent by a redirect", () => {
    const UNSIGNED = "Invalid SAML request received: The request is not signed.";
    const UNREADABLE = "Invalid SAML request received: The request cannot be read.";
    const signedBy = (nameId: string, signer: TestKey, algorithm?: typeof SHA1) =>
      signedQuery(logoutRequest({ nameId }), "state", signer, algorithm);

    it.each<[string, (nameId: string) => string | Promise<string>, string]>([
      ["without SigAlg", (nameId) => signedBy(nameId, key).replace(/&SigAlg=.*/, ""), UNSIGNED],
      [
        "with a changed RelayState",
        (nameId) => signedBy(nameId, key).replace("RelayState=state", "RelayState=other"),
        UNSIGNED,
      ],
      ["signed by another key", async (nameId) => signedBy(nameId, await testKey(Date.now())), UNSIGNED],
      ["signed with SHA-1", (nameId) => signedBy(nameId, key, SHA1), UNSIGNED],
      [
        "with a SigAlg that is the name of a member of every object",
        (nameId) => signedBy(nameId, key).replace(/SigAlg=[^&]*/, "SigAlg=constructor"),
        UNSIGNED,
      ],
      [
        "with a malformed signature",
        (nameId) => signedBy(nameId, key).replace(/Signature=.*/, "Signature=%E0%A4%A"),
        UNSIGNED,
      ],
      ["with a malformed escape", () => "SAMLRequest=%E0%A4%A", UNREADABLE],
      ["without compressed content", () => "SAMLRequest=AAAA", UNREADABLE],
      [
        "with truncated content",
        (nameId) => `SAMLRequest=${signedBy(nameId, key).slice(12, 60)}`,
        UNREADABLE,
      ],
      [
        "as a response to no request",
        () => "SAMLResponse=AAAA",
        "Invalid samlResponse or relayState from identity provider",
      ],
    ])("%s", async (_, queryOf, reason) => {
      const { browser, hasSession, nameId } = await signedIn();
      const page = await browser.visit(`${logout}?${await queryOf(nameId)}`);
      expect([page.status, page.html]).toEqual([400, expect.stringContaining(reason)]);
      expect(await hasSession()).toBe(true);
    });
  });
});

describe("a LogoutRequest with an encrypted NameID", () => {
  /** PEM. */
  let certificate: string;

  /** Sets whether the provider encrypts, which gives it a certificate of the pool. */
  async function setEncrypted(EncryptedResponses: "true" | "false"): Promise<void> {
    const Corp = { UserPoolId: poolId, ProviderName: "Corp" };
    const ProviderDetails = {
      MetadataFile: identityProviderMetadata([key.certificate], { entityId: "https://idp.example.com/saml" }),
      IDPSignout: "true",
      EncryptedResponses,
    };
    await server.cognito.send(new UpdateIdentityProviderCommand({ ...Corp, ProviderDetails }));
    const { IdentityProvider } = await server.cognito.send(new DescribeIdentityProviderCommand(Corp));
    const { ActiveEncryptionCertificate } = IdentityProvider?.ProviderDetails ?? {};
    certificate = `-----BEGIN CERTIFICATE-----\n${ActiveEncryptionCertificate}\n-----END CERTIFICATE-----\n`;
  }
  afterEach(() => setEncrypted("false"));
  async function signedInBefore() {
    const session = await signedIn();
    await setEncrypted("true");
    return session;
  }

  const encrypted = (xml: string, more?: Parameters<typeof encryptedXml>[3]) =>
    encryptedXml("EncryptedID", xml, certificate, more);
  const queryOf = (nameId: string, subject: string) =>
    `${logout}?${signedQuery(logoutRequest({ nameId, subject }), "state", key)}`;

  it("is rejected from a provider without a certificate of the pool for encryption", async () => {
    const { browser, hasSession, nameId } = await signedInBefore();
    const subject = await encrypted(nameIdXml(nameId));
    await setEncrypted("false");
    const page = await browser.visit(queryOf(nameId, subject));
    expect([page.status, alertOf(page)]).toEqual([
      400,
      expect.stringContaining("The NameID cannot be decrypted."),
    ]);
    expect(await hasSession()).toBe(true);
  });

  it("ends the session of its subject, and of no other", async () => {
    const { browser, hasSession, nameId } = await signedInBefore();
    answerOf(await browser.visit(queryOf(nameId, await encrypted(nameIdXml("somebody else")))));
    expect(await hasSession()).toBe(true);
    answerOf(await browser.visit(queryOf(nameId, await encrypted(nameIdXml(nameId)))));
    expect(await hasSession()).toBe(false);
  });

  it.each<[string, (nameId: string) => Promise<string>, string]>([
    [
      "that was changed",
      async (nameId) => (await encrypted(nameIdXml(nameId))).replace(/(CipherValue>)(.{8})/g, "$1AAAAAAAA"),
      "The NameID cannot be decrypted.",
    ],
    [
      "for another certificate",
      async (nameId) =>
        encryptedXml("EncryptedID", nameIdXml(nameId), (await testKey(Date.now())).certificate),
      "The NameID cannot be decrypted.",
    ],
    [
      "with the RSA padding of PKCS #1 v1.5",
      (nameId) =>
        encrypted(nameIdXml(nameId), {
          keyEncryptionAlgorithm: "http://www.w3.org/2001/04/xmlenc#rsa-1_5",
        }),
      "rsa-1_5 is not supported.",
    ],
    ["that is another element", () => encrypted("<NameID>Jane</NameID>"), "is not a NameID."],
  ])("is rejected with one %s, and the session stays", async (_, subjectOf, reason) => {
    const { browser, hasSession, nameId } = await signedInBefore();
    const page = await browser.visit(queryOf(nameId, await subjectOf(nameId)));
    expect([page.status, alertOf(page)]).toEqual([400, expect.stringContaining(reason)]);
    expect(await hasSession()).toBe(true);
  });
});
