import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
  type ResponseParts,
  SHA1,
  signed,
} from "./fixtures/identity-provider.ts";
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
    expect(await refusal(response(content).replace('Version="2.0"', 'Version="1.1"'))).toBe(
      "The message is not of SAML 2.0.",
    );
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

  it("is refused with a comment in the NameID, which signatures do not cover", async () => {
    const xml = response(signed(assertion({ nameId: "jane@example.com.evil.org" }), idp));
    expect(await refusal(xml)).toBe("accepted");
    expect(await refusal(xml.replace(".evil.org", "<!---->.evil.org"))).toBe("The document has comments.");
  });

  it("is refused with a document type, because entities could expand", async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
    expect(await refusal(bomb + response(signed(assertion(), idp)))).toBe(
      "The document has a document type.",
    );
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
    expect(await refusal(response(await encrypted(signed(response(""), idp))))).toBe(
      "The encrypted element is not an assertion.",
    );
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
  });

  it("is refused with another status, as another message, or with SHA-1", () => {
    const status = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    expect(() => answer(signed(logout({ status }), idp))).toThrow("with the status Responder.");
    expect(() => answer(signed(logout({ name: "Response" }), idp))).toThrow("not a LogoutResponse.");
    expect(() => answer(signed(logout(), idp, SHA1))).toThrow("is not supported.");
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
