import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { acceptLogoutResponse } from "./assertion.ts";
import { claimsOf } from "./claims.ts";
import { encryptedXml } from "./fixtures/encrypted-xml.ts";
import {
  ACS,
  assertion,
  EXPECTED,
  NOW,
  openExchange,
  RESPONSE_SIGNATURE,
  response,
  SIGNATURE,
} from "./fixtures/exchange.ts";
import {
  type AssertionParts,
  base64,
  IDP_ENTITY_ID,
  type LogoutRequestParts,
  logoutRequestXml,
  nameIdXml,
  type ResponseParts,
  SHA1,
  type SignatureAlgorithms,
  signed,
  signedQuery,
} from "./fixtures/identity-provider.ts";
import { acceptLogoutRequest, type SentLogoutRequest } from "./logout-requests.ts";
import { SamlRefusal } from "./refusal.ts";
import { verifiedLogoutResponse } from "./verified-message.ts";

const { idp, attacker, pool, accept, refusal } = await openExchange();

const MINUTE = 60_000;

describe("a SAML response", () => {
  it("is accepted when its assertion, itself, or both are signed", async () => {
    const attributes = { email: ["jane@example.com"], groups: ["a b", "c&d"] };
    const unsigned = assertion({ attributes });
    for (const xml of [
      response(signed(unsigned, idp)),
      signed(response(unsigned), idp),
      signed(response(signed(unsigned, idp)), idp),
    ]) {
      const accepted = await accept(xml);
      expect(accepted).toMatchObject({
        id: "_a1",
        nameId: { value: "Jane@example.com" },
        sessionIndex: "s1",
      });
      expect(claimsOf(accepted.attributes)).toEqual({ email: "jane@example.com", groups: "[a+b, c%26d]" });
    }
  });

  it("is accepted without a request if the provider starts the sign-in", async () => {
    const xml = response(signed(assertion({ requestId: undefined }), idp), { requestId: undefined });
    expect(await refusal(xml, { requestId: undefined })).toBe("accepted");
    const old = { requestId: undefined, issuedAt: NOW - 7 * MINUTE };
    const oldXml = response(signed(assertion(old), idp), { requestId: undefined });
    expect(await refusal(oldXml, { requestId: undefined })).toBe("The assertion has expired.");
  });

  it("is accepted within a minute's difference of clocks", async () => {
    expect(await refusal(response(signed(assertion({ notBefore: NOW + 59_000 }), idp)))).toBe("accepted");
    expect(await refusal(response(signed(assertion({ notOnOrAfter: NOW - 59_000 }), idp)))).toBe("accepted");
  });

  it.each<[string, Partial<AssertionParts>, string]>([
    [
      "another audience",
      { audience: "urn:amazon:cognito:sp:other" },
      `Audience restriction in SAML Assertion does not allow it for ${EXPECTED.audience}. `,
    ],
    ["another issuer", { issuer: "https://evil.example.com" }, "The Issuer is not the identity provider's."],
    [
      "another recipient",
      { recipient: "https://evil.example.com" },
      "The Recipient is not the expected one.",
    ],
    ["another request", { requestId: "_other" }, "The InResponseTo is not the expected one."],
    ["no request", { requestId: undefined }, "The InResponseTo is not the expected one."],
    ["a NotOnOrAfter in the past", { notOnOrAfter: NOW - 2 * MINUTE }, "The assertion has expired."],
    ["a NotBefore in the future", { notBefore: NOW + 2 * MINUTE }, "The assertion is not yet valid."],
    ["an IssueInstant in the future", { issuedAt: NOW + 2 * MINUTE }, "The assertion is not yet valid."],
    ["an empty NameID", { nameId: "" }, "The assertion has no NameID."],
  ])("is refused with %s", async (_, overrides, reason) => {
    expect(await refusal(response(signed(assertion(overrides), idp)))).toBe(reason);
  });

  it("is accepted at the last moment that the difference of clocks allows, and refused a moment later", async () => {
    const refusalOf = (overrides: Partial<AssertionParts>) =>
      refusal(response(signed(assertion(overrides), idp)));
    expect(await refusalOf({ notBefore: NOW + MINUTE })).toBe("accepted");
    expect(await refusalOf({ notBefore: NOW + MINUTE + 1 })).toBe("The assertion is not yet valid.");
    expect(await refusalOf({ issuedAt: NOW + MINUTE })).toBe("accepted");
    expect(await refusalOf({ issuedAt: NOW + MINUTE + 1 })).toBe("The assertion is not yet valid.");
    expect(await refusalOf({ notOnOrAfter: NOW - MINUTE + 1 })).toBe("accepted");
    expect(await refusalOf({ notOnOrAfter: NOW - MINUTE })).toBe("The assertion has expired.");
  });

  it("is accepted up to six minutes after its issue if the provider starts the sign-in", async () => {
    const refusalAfter = (age: number) => {
      const content = signed(assertion({ requestId: undefined, issuedAt: NOW - age }), idp);
      return refusal(response(content, { requestId: undefined }), { requestId: undefined });
    };
    expect(await refusalAfter(6 * MINUTE)).toBe("accepted");
    expect(await refusalAfter(6 * MINUTE + 1)).toBe("The assertion has expired.");
    expect(await refusal(response(signed(assertion({ issuedAt: NOW - 7 * MINUTE }), idp)))).toBe("accepted");
  });

  /** What becomes of a signed assertion in which `from` is replaced. */
  const refusalWith = (from: string | RegExp, to: string) => {
    const xml = assertion();
    const changed = xml.replace(from, to);
    expect(changed).not.toBe(xml);
    // The response is signed, because not each of the changes leaves an ID to sign.
    return refusal(signed(response(changed), idp));
  };
  const audience = (name: string) =>
    `<saml:AudienceRestriction><saml:Audience>${name}</saml:Audience></saml:AudienceRestriction>`;
  const SESSION = ' SessionIndex="s1"';
  const sessionUntil = (time: number) => `${SESSION} SessionNotOnOrAfter="${new Date(time).toISOString()}"`;
  const confirmation = (attributes: string, method = "bearer") =>
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:${method}"><saml:SubjectConfirmationData${attributes}></saml:SubjectConfirmationData></saml:SubjectConfirmation>`;
  const END = ` NotOnOrAfter="${new Date(NOW + 2 * MINUTE).toISOString()}"`;
  const GOOD = ` InResponseTo="_request"${END} Recipient="${ACS}"`;
  const CONFIRMATION = /<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/;
  const NAME_ID = /<saml:NameID.*<\/saml:NameID>/;

  it.each<[string, string | RegExp, string, string]>([
    ["without an ID", ' ID="_a1"', "", "The assertion has no ID."],
    ["without an Issuer", /<saml:Issuer>.*<\/saml:Issuer>/, "", "The Issuer is not the identity provider's."],
    ["without an IssueInstant", / IssueInstant="[^"]*"/, "", "The assertion is not yet valid."],
    ["with an IssueInstant in words", /IssueInstant="[^"]*"/, 'IssueInstant="today"', "not a time."],
    ["with a day alone as IssueInstant", /(IssueInstant="[^"]*)T[^"]*/, "$1", "not a time."],
    ["with a month 13 as IssueInstant", /IssueInstant="2026-\d\d/, 'IssueInstant="2026-13', "not a time."],
    ["with text before the IssueInstant", 'IssueInstant="', 'IssueInstant="x', "not a time."],
    ["without Conditions", /<saml:Conditions.*<\/saml:Conditions>/, "", "The assertion has no Conditions."],
    ["without an audience", audience(EXPECTED.audience), "", "Audience restriction in"],
    [
      "with a second restriction to another audience",
      audience(EXPECTED.audience),
      audience(EXPECTED.audience) + audience("urn:other"),
      "Audience restriction in",
    ],
    ["without a Subject", /<saml:Subject>.*<\/saml:Subject>/, "", "The assertion has no NameID."],
    ["without a NameID", NAME_ID, "", "The assertion has no NameID."],
    ["with two NameIDs", NAME_ID, "$&$&", "The document has more than one NameID"],
    ["without a confirmation", CONFIRMATION, "", "The assertion has no bearer SubjectConfirmation."],
    [
      "with a confirmation of another method",
      CONFIRMATION,
      confirmation(GOOD, "sender-vouches"),
      "The assertion has no bearer SubjectConfirmation.",
    ],
    [
      "with an empty confirmation",
      /<saml:SubjectConfirmationData.*<\/saml:SubjectConfirmationData>/,
      "",
      "The assertion has no bearer SubjectConfirmation.",
    ],
    [
      "with a confirmation without an end",
      CONFIRMATION,
      confirmation(GOOD.replace(END, "")),
      "The SubjectConfirmation has no end.",
    ],
    [
      "with a confirmation without a recipient",
      CONFIRMATION,
      confirmation(` InResponseTo="_request"${END}`),
      "The Recipient is not the expected one.",
    ],
    [
      "with a confirmation that has expired",
      CONFIRMATION,
      confirmation(GOOD.replace(END, ` NotOnOrAfter="${new Date(NOW - 2 * MINUTE).toISOString()}"`)),
      "The assertion has expired.",
    ],
    [
      "after the session at the provider has ended",
      SESSION,
      sessionUntil(NOW - MINUTE),
      "The session at the identity provider has ended.",
    ],
  ])("is refused %s", async (_, from, to, reason) => {
    expect(await refusalWith(from, to)).toContain(reason);
  });

  it.each<[string, string | RegExp, string]>([
    ["with a time without a zone, which is UTC", /(IssueInstant="[^"]*)\.000Z/, "$1"],
    ["with a time of another zone", /(IssueInstant="[^"]*)12:00:00\.000Z/, "$114:00:00+02:00"],
    ["before the session at the provider has ended", SESSION, sessionUntil(NOW - MINUTE + 1)],
    ["with a good confirmation after a bad one", CONFIRMATION, confirmation(END) + confirmation(GOOD)],
    ["with several audiences", "<saml:Audience>", "<saml:Audience>urn:other</saml:Audience><saml:Audience>"],
  ])("is accepted %s", async (_, from, to) => {
    expect(await refusalWith(from, to)).toBe("accepted");
  });

  it("has times without a zone in UTC, wherever the server is", async () => {
    vi.stubEnv("TZ", "Asia/Tokyo");
    try {
      expect(await refusalWith(/(IssueInstant="[^"]*)\.000Z/, "$1")).toBe("accepted");
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("needs no AuthnStatement, and then names no session", async () => {
    const xml = assertion().replace(/<saml:AuthnStatement.*<\/saml:AuthnStatement>/, "");
    const { nameId, sessionIndex } = await accept(response(signed(xml, idp)));
    expect([nameId.value, sessionIndex]).toEqual(["Jane@example.com", undefined]);
  });

  it.each<[string, string | RegExp, string]>([
    ["Issuer", /<saml:Issuer.*?<\/saml:Issuer>/, ""],
    ["Destination", / Destination="[^"]*"/, ""],
    ["text in its Destination", / Destination="[^"]*"/, ' Destination=""'],
    ["InResponseTo", / InResponseTo="[^"]*"/, ""],
  ])("needs no %s in the envelope, because the assertion has the same", async (_, from, to) => {
    const envelope = response("<content/>");
    const changed = envelope.replace(from, to);
    expect(changed).not.toBe(envelope);
    expect(await refusal(changed.replace("<content/>", signed(assertion(), idp)))).toBe("accepted");
  });

  it("has to be remembered as used until its confirmation ends for every clock", async () => {
    const changed = assertion().replace(CONFIRMATION, confirmation(GOOD));
    expect((await accept(response(signed(changed, idp)))).expiresAt).toBe(NOW + 3 * MINUTE);
  });

  it("has the values of all attributes of a name, and no attribute without a name or a value", async () => {
    const attribute = (name: string, values: string) => `<saml:Attribute${name}>${values}</saml:Attribute>`;
    const [a, b] = [
      "<saml:AttributeValue>a</saml:AttributeValue>",
      "<saml:AttributeValue>b</saml:AttributeValue>",
    ];
    const content = [
      attribute(' Name="x"', a),
      attribute("", a),
      attribute(' Name="x"', b),
      attribute(' Name="none"', ""),
    ].join("");
    const xml = assertion().replace(
      "</saml:Assertion>",
      `<saml:AttributeStatement>${content}</saml:AttributeStatement></saml:Assertion>`,
    );
    const { attributes } = await accept(response(signed(xml, idp)));
    expect(attributes).toEqual({ x: ["a", "b"], none: [] });
    expect(claimsOf(attributes)).toEqual({ x: "[a, b]" });
  });

  it("is refused with a character of four bytes in an attribute, as Cognito's is", () => {
    expect(() => claimsOf({ name: ["Jane 😀"] })).toThrow(
      "The attribute name has a character of four bytes.",
    );
    expect(claimsOf({ name: ["Jäne 日本"] })).toEqual({ name: "Jäne 日本" });
  });

  it("keeps spaces in a NameID and in values, so that users are not confused", async () => {
    const attributes = { mail: [" jane@example.com"] };
    const accepted = await accept(response(signed(assertion({ nameId: "jane ", attributes }), idp)));
    expect(accepted.nameId.value).toBe("jane ");
    expect(accepted.attributes).toEqual({ mail: [" jane@example.com"] });
  });

  it.each<[string, Partial<ResponseParts>, string]>([
    [
      "another destination",
      { destination: "https://evil.example.com" },
      "The Destination is not the expected one.",
    ],
    ["another request in its envelope", { requestId: "_other" }, "The InResponseTo is not the expected one."],
    ["another issuer in its envelope", { issuer: "evil" }, "The Issuer is not the identity provider's."],
    [
      "the status AuthnFailed",
      { status: "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed" },
      "The identity provider answered with the status AuthnFailed.",
    ],
  ])("is refused with %s", async (_, overrides, reason) => {
    expect(await refusal(response(signed(assertion(), idp), overrides))).toBe(reason);
  });

  it("is refused if it is another message, or of another version", async () => {
    const content = signed(assertion(), idp);
    expect(await refusal(response(content, { name: "LogoutResponse" }))).toBe(
      "The message is not a Response.",
    );
    expect(await refusal(response(content).replace("SAML:2.0:protocol", "SAML:1.1:protocol"))).toBe(
      "The message is not a Response.",
    );
    expect(await refusal(response(content).replace('Version="2.0"', 'Version="1.1"'))).toBe(
      "The message is not of SAML 2.0.",
    );
  });

  it.each([
    ["a Status", /<samlp:Status>.*<\/samlp:Status>/],
    ["a StatusCode", /<samlp:StatusCode.*<\/samlp:StatusCode>/],
    ["a Value of its StatusCode", / Value="[^"]*:status:Success"/],
  ])("is refused without %s", async (_, part) => {
    const xml = response(signed(assertion(), idp));
    expect(await refusal(xml.replace(part, ""))).toBe("The identity provider answered with the status none.");
  });

  it("is refused with a Status of another namespace", async () => {
    const xml = response(signed(assertion(), idp)).replace("<samlp:Status", '$& xmlns:samlp="urn:other"');
    expect(await refusal(xml)).toBe("The identity provider answered with the status none.");
  });

  it("is refused with two assertions, although the provider signed both", async () => {
    const [first, second] = [assertion(), assertion({ id: "_a2", nameId: "john@example.com" })];
    const reason = "The response has more than one assertion.";
    expect(await refusal(response(signed(first, idp) + signed(second, idp)))).toBe(reason);
    expect(await refusal(signed(response(first + second), idp))).toBe(reason);
    const encrypted = await encryptedXml("EncryptedAssertion", signed(second, idp), pool.certificate);
    expect(await refusal(response(signed(first, idp) + encrypted))).toBe(reason);
  });

  it("is refused if the provider started the sign-in and it names a request, or the reverse", async () => {
    expect(await refusal(response(signed(assertion(), idp)), { requestId: undefined })).toBe(
      "The InResponseTo is not the expected one.",
    );
  });

  it("is refused without a signature, or with one by another key", async () => {
    expect(await refusal(response(assertion()))).toBe(SIGNATURE);
    expect(await refusal(response(signed(assertion(), attacker)))).toBe(SIGNATURE);
    expect(await refusal(signed(response(assertion()), attacker))).toBe(RESPONSE_SIGNATURE);
  });

  it("is refused when one of two signatures is wrong", async () => {
    expect(await refusal(signed(response(signed(assertion(), idp)), attacker))).toBe(RESPONSE_SIGNATURE);
    expect(await refusal(signed(response(signed(assertion(), attacker)), idp))).toBe(SIGNATURE);
  });

  it("is refused when a signed value was changed", async () => {
    const xml = response(signed(assertion(), idp)).replace("Jane@", "John@");
    expect(await refusal(xml)).toBe(SIGNATURE);
  });

  it("is refused with SHA-1, and with an HMAC of the provider's certificate", async () => {
    expect(await refusal(response(signed(assertion(), idp, SHA1)))).toContain("rsa-sha1 is not supported.");
    const hmac = response(signed(assertion(), idp)).replace(
      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
      "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
    );
    expect(await refusal(hmac)).toContain("hmac-sha1 is not supported.");
  });

  it.each([
    ["DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha256", SHA1.digest],
    [
      "CanonicalizationMethod",
      "http://www.w3.org/2001/10/xml-exc-c14n#",
      "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
    ],
    ["Transform", "http://www.w3.org/2001/10/xml-exc-c14n#", "http://www.w3.org/TR/1999/REC-xslt-19991116"],
  ])("is refused with another %s in its signature", async (element, from, to) => {
    const xml = response(signed(assertion(), idp));
    const changed = xml.replace(`<ds:${element} Algorithm="${from}"`, `<ds:${element} Algorithm="${to}"`);
    expect(changed).not.toBe(xml);
    expect(await refusal(changed)).toBe(`The algorithm ${to} is not supported.`);
  });

  it("is refused without repeating a name of an algorithm that is as long as a message can be", async () => {
    const long = "a".repeat(60_000);
    const xml = response(signed(assertion(), idp)).replace(
      /(<ds:SignatureMethod Algorithm=")[^"]*/,
      `$1${long}`,
    );
    expect(await refusal(xml)).toBe(`The algorithm ${"a".repeat(200)} is not supported.`);
  });

  it("is refused with a comment in the NameID, which signatures do not cover", async () => {
    const xml = response(signed(assertion({ nameId: "jane@example.com.evil.org" }), idp));
    expect(await refusal(xml)).toBe("accepted");
    expect(await refusal(xml.replace(".evil.org", "<!---->.evil.org"))).toBe("The document has comments.");
    expect(await refusal(xml.replace(".evil.org", "<?a?>.evil.org"))).toBe(
      "The document has processing instructions.",
    );
  });

  it.each(["<a b=c></a>", "<a>", "<a b></a>", "&unknown;", '<a b="1" b="2"></a>'])(
    "is refused with %s outside of what is signed, although parsers could guess what is meant",
    async (malformed) => {
      const xml = response(signed(assertion(), idp)).replace("</samlp:Response>", `${malformed}$&`);
      expect(await refusal(xml)).toBe("The document is not well-formed XML.");
    },
  );

  it("is refused with a document type, because entities could expand", async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
    for (const type of [bomb, "<!doctype a>"]) {
      expect(await refusal(type + response(signed(assertion(), idp)))).toBe(
        "The document has a document type.",
      );
    }
  });

  it("may have a thousand values of an attribute", async () => {
    const groups = Array.from({ length: 1000 }, (_, index) => `g${index}`);
    const accepted = await accept(response(signed(assertion({ attributes: { groups } }), idp)));
    expect(accepted.attributes.groups).toHaveLength(1000);
  });

  it.each([
    ["elements", "<a/>".repeat(15_000)],
    ["attributes", `<a ${Array.from({ length: 3000 }, (_, index) => `a${index}=""`).join(" ")}/>`],
  ])("is refused with thousands of %s, before its signature is looked for", async (_, content) => {
    const xml = response(signed(assertion(), idp)).replace(/(?=<[\w:]*Status>)/, content);
    expect(await refusal(xml)).toBe("The document has too many elements or attributes.");
  });

  it("may be as long as 100,000 characters", async () => {
    const xml = response(signed(assertion(), idp)).padEnd(75_000);
    expect(base64(xml)).toHaveLength(100_000);
    expect(await refusal(xml)).toBe("accepted");
    expect(await refusal(`${xml} `)).toBe("The response is too long.");
  });

  it("is refused when it is longer than 100,000 characters", async () => {
    const xml = response(signed(assertion({ attributes: { a: ["x".repeat(80_000)] } }), idp));
    expect(await refusal(xml)).toBe("The response is too long.");
  });
});

describe("an encrypted assertion", () => {
  const encrypted = (xml: string, more?: Parameters<typeof encryptedXml>[3]) =>
    encryptedXml("EncryptedAssertion", xml, pool.certificate, more);

  it("is accepted if encryption is required, and a plain one is not", async () => {
    const required = { requiresEncryption: true };
    expect(await refusal(response(await encrypted(signed(assertion(), idp))), required)).toBe("accepted");
    expect(await refusal(response(signed(assertion(), idp)), required)).toBe(
      "The assertion is not encrypted.",
    );
  });

  it("needs a good signature with a strong algorithm inside", async () => {
    expect(await refusal(response(await encrypted(assertion())))).toBe(SIGNATURE);
    expect(await refusal(response(await encrypted(signed(assertion(), attacker))))).toBe(SIGNATURE);
    expect(await refusal(response(await encrypted(signed(assertion(), idp, SHA1))))).toContain(
      "not supported",
    );
  });

  it("is refused if something else is encrypted", async () => {
    for (const xml of [
      signed(response(""), idp),
      signed(assertion(), idp).replaceAll("saml:Assertion", "saml:Advice"),
      signed(assertion(), idp).replace("SAML:2.0:assertion", "SAML:1.0:assertion"),
    ]) {
      expect(await refusal(response(await encrypted(xml)))).toBe(
        "The encrypted element is not an assertion.",
      );
    }
  });

  it("is refused with the same text for every failure to decrypt", async () => {
    const xml = response(await encrypted(signed(assertion(), idp)));
    const changed = xml.replace(/(CipherValue>)(.{8})/g, "$1AAAAAAAA");
    expect(await refusal(changed)).toBe("The assertion cannot be decrypted.");
  });

  it("is refused with the RSA padding of PKCS #1 v1.5", async () => {
    const keyEncryptionAlgorithm = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";
    const xml = response(await encrypted(signed(assertion(), idp), { keyEncryptionAlgorithm }));
    expect(await refusal(xml)).toContain("rsa-1_5 is not supported.");
  });
});

describe("a LogoutResponse", () => {
  const expected = { issuer: IDP_ENTITY_ID, recipient: ACS, requestId: "_request" };
  const answer = (xml: string) =>
    acceptLogoutResponse(verifiedLogoutResponse(base64(xml), { certificates: [idp.certificate] }), expected);
  const logout = (overrides: Partial<ResponseParts> = {}) =>
    response("", { name: "LogoutResponse", ...overrides });

  it("is accepted when it is signed and answers the request", () => {
    expect(() => answer(signed(logout(), idp))).not.toThrow();
  });

  it("is refused unsigned, by another key, or to another request", () => {
    expect(() => answer(logout())).toThrow(SamlRefusal);
    expect(() => answer(signed(logout(), attacker))).toThrow(SamlRefusal);
    expect(() => answer(signed(logout({ requestId: "_other" }), idp))).toThrow("InResponseTo");
    expect(() => answer(signed(logout({ requestId: undefined }), idp))).toThrow("InResponseTo");
  });

  it("is refused from another issuer, without one, or for another destination", () => {
    expect(() => answer(signed(logout({ issuer: "evil" }), idp))).toThrow("The Issuer is not");
    const otherIssuer = logout().replace(/SAML:2\.0:assertion/, "SAML:1.0:assertion");
    expect(() => answer(signed(otherIssuer, idp))).toThrow("The Issuer is not");
    expect(() => answer(signed(logout({ destination: "https://evil.example.com" }), idp))).toThrow(
      "Destination",
    );
  });

  it("is refused with another status, as another message, or with SHA-1", () => {
    const status = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    expect(() => answer(signed(logout({ status }), idp))).toThrow("with the status Responder.");
    expect(() => answer(signed(logout({ name: "Response" }), idp))).toThrow("not a LogoutResponse.");
    expect(() => answer(signed(logout(), idp, SHA1))).toThrow("is not supported.");
  });
});

describe("a LogoutRequest", () => {
  const keys = { certificates: [idp.certificate] };
  const request = (parts: Partial<LogoutRequestParts> = {}) =>
    logoutRequestXml({ now: NOW, destination: ACS, nameId: "Jane", ...parts });
  const redirected = (xml: string, algorithms?: SignatureAlgorithms) =>
    ({ binding: "redirect", query: signedQuery(xml, "state", idp, algorithms) }) as const;
  const accept = (sent: SentLogoutRequest, more = keys) =>
    acceptLogoutRequest(sent, more, { issuer: IDP_ENTITY_ID, recipient: ACS, now: NOW });
  const ending = (time: number) =>
    request().replace(" Version=", ` NotOnOrAfter="${new Date(time).toISOString()}" Version=`);

  it("is accepted with its subject and sessions, by a form and by a redirect", async () => {
    const xml = request({ sessionIndexes: ["s1", "s2"] });
    const accepted = {
      id: "_l1",
      expiresAt: NOW + 6 * MINUTE,
      nameId: { value: "Jane", format: undefined },
      sessionIndexes: ["s1", "s2"],
    };
    expect(await accept({ binding: "POST", samlRequest: base64(signed(xml, idp)) })).toEqual(accepted);
    expect(await accept(redirected(xml))).toEqual(accepted);
    const format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    const named = xml.replace("<saml:NameID", `$& Format="${format}"`);
    expect((await accept(redirected(named))).nameId.format).toBe(format);
  });

  it("is accepted by a redirect with SHA-512, and by any of the provider's certificates", async () => {
    const signature = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
    await accept(redirected(request(), { signature, digest: "", hash: "sha512" }));
    const certificates = [attacker.certificate, idp.certificate];
    expect((await accept(redirected(request()), { certificates })).id).toBe("_l1");
    await expect(accept(redirected(request()), { certificates: [attacker.certificate] })).rejects.toThrow(
      "The request is not signed.",
    );
  });

  it("is accepted at the last moment that the difference of clocks allows, and refused a moment later", async () => {
    for (const xml of [
      request({ now: NOW + MINUTE }),
      request({ now: NOW - 6 * MINUTE + 1 }),
      ending(NOW - MINUTE + 1),
    ]) {
      expect((await accept(redirected(xml))).id).toBe("_l1");
    }
    for (const xml of [
      request({ now: NOW + MINUTE + 1 }),
      request({ now: NOW - 6 * MINUTE }),
      ending(NOW - MINUTE),
    ]) {
      await expect(accept(redirected(xml))).rejects.toThrow("The request is not of now.");
    }
  });

  it("has to be remembered as used until its own end for every clock", async () => {
    expect((await accept(redirected(ending(NOW + 60 * MINUTE)))).expiresAt).toBe(NOW + 61 * MINUTE);
  });

  it.each<[string, string | RegExp, string, string]>([
    ["without an ID", ' ID="_l1"', "", "The request has no ID or IssueInstant."],
    ["without an IssueInstant", / IssueInstant="[^"]*"/, "", "The request has no ID or IssueInstant."],
    ["without an Issuer", /<saml:Issuer.*<\/saml:Issuer>/, "", "The Issuer is not the identity provider's."],
    ["without a NameID", nameIdXml("Jane"), "", "The request has no NameID."],
    ["with two NameIDs", nameIdXml("Jane"), "$&$&", "The document has more than one NameID"],
    ["that is longer than a message may be", "Jane", `Jane${" ".repeat(100_000)}`, "cannot be read."],
  ])("is refused %s", async (_, from, to, reason) => {
    const xml = request().replace(from, to);
    expect(xml).not.toBe(request());
    await expect(accept(redirected(xml))).rejects.toThrow(reason);
  });
});

describe("changed and random documents", () => {
  it("are refused by a SAML error after any change of a valid document", async () => {
    const good = response(signed(assertion({ attributes: { email: ["jane@example.com"] } }), idp));
    const change = fc.record({
      at: fc.nat(good.length - 1),
      removed: fc.nat(40),
      added: fc.oneof(
        fc.string({ maxLength: 20 }),
        fc.constantFrom("<", ">", "&", '"', "<saml:Assertion>", "\0"),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        let xml = good;
        for (const { at, removed, added } of changes)
          xml = xml.slice(0, at) + added + xml.slice(at + removed);
        const said = await refusal(xml);
        // A change outside of what is signed may do nothing; the subject stays who the provider said.
        if (said === "accepted") expect((await accept(xml)).nameId.value).toBe("Jane@example.com");
      }),
      { numRuns: 150 },
    );
  });

  it("are refused if they are not XML", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
        expect(await refusal(text)).not.toBe("accepted");
      }),
      { numRuns: 100 },
    );
  });
});
