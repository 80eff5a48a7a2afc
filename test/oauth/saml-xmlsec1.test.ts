import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encryptedXml } from "../../src/federation/saml/fixtures/encrypted-xml.ts";
import { assertion, openExchange, response } from "../../src/federation/saml/fixtures/exchange.ts";
import { signed } from "../../src/federation/saml/fixtures/identity-provider.ts";
import { isMissing } from "../support/machine.ts";

const { idp, pool, refusal } = await openExchange();

describe.skipIf(isMissing("xmlsec1"))("xmlsec1", () => {
  const ID = ["--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"];

  function inFolder<T>(work: (folder: string) => T): T {
    const folder = mkdtempSync(join(tmpdir(), "cognate-xmlsec-"));
    try {
      writeFileSync(join(folder, "key.pem"), idp.privateKey.export({ type: "pkcs8", format: "pem" }));
      writeFileSync(join(folder, "cert.pem"), idp.certificate);
      return work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
  const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
  const TYPES =
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

  /** An enveloped signature to be filled in. @param prefixes that exclusive canonicalization treats as inclusive */
  function template(id: string, canonicalization = EXCLUSIVE, prefixes?: string): string {
    const list = prefixes && `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" PrefixList="${prefixes}"/>`;
    return `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${canonicalization}"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="${canonicalization}">${list ?? ""}</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>`;
  }

  const withTemplate = (xml: string, ...options: [canonicalization?: string, prefixes?: string]) =>
    xml.replace("</saml:Issuer>", (end) => end + template(/\bID="([^"]+)"/.exec(xml)?.[1] ?? "", ...options));

  /** Fills in the template of the assertion, or that of the response. */
  function sign(xml: string, name: "assertion:Assertion" | "protocol:Response"): string {
    return inFolder((folder) => {
      writeFileSync(join(folder, "in.xml"), xml);
      const [key, out] = [join(folder, "key.pem"), join(folder, "out.xml")];
      const id = ["--id-attr:ID", `urn:oasis:names:tc:SAML:2.0:${name}`];
      execFileSync("xmlsec1", [
        "--sign",
        "--privkey-pem",
        key,
        ...id,
        "--output",
        out,
        join(folder, "in.xml"),
      ]);
      return readFileSync(out, "utf8");
    });
  }

  const typedAssertion = () =>
    assertion({ attributes: { mail: ["jane@example.com"] } }).replace(
      "<saml:AttributeValue>",
      '<saml:AttributeValue xsi:type="xs:string">',
    );
  const withTypes = (xml: string) => xml.replace("<samlp:Response ", `<samlp:Response ${TYPES} `);

  it.each<[string, () => string]>([
    ["an assertion", () => sign(response(withTemplate(assertion())), "assertion:Assertion")],
    [
      "an assertion whose namespaces the response declares, by a list of prefixes",
      () => sign(withTypes(response(withTemplate(typedAssertion(), EXCLUSIVE, "xs"))), "assertion:Assertion"),
    ],
    [
      "an assertion whose namespaces the response declares, by inclusive canonicalization",
      () => sign(withTypes(response(withTemplate(typedAssertion(), INCLUSIVE))), "assertion:Assertion"),
    ],
    [
      "a response",
      () =>
        sign(withTemplate(withTypes(response(typedAssertion())), EXCLUSIVE, "xs xsi"), "protocol:Response"),
    ],
    [
      "an assertion and the response around it",
      () => {
        const inner = sign(withTypes(response(withTemplate(typedAssertion()))), "assertion:Assertion");
        return sign(withTemplate(inner), "protocol:Response");
      },
    ],
  ])("signs %s, which is accepted", async (_, signedXml) => {
    expect(await refusal(signedXml())).toBe("accepted");
  });

  it("signs a response around an encrypted assertion without a signature, which is accepted, and rejected with another one inside", async () => {
    const encrypted = (nameId: string) =>
      encryptedXml("EncryptedAssertion", assertion({ nameId }), pool.certificate);
    const [jane, admin] = [await encrypted("jane@example.com"), await encrypted("admin@example.com")];
    const xml = sign(withTemplate(response(jane)), "protocol:Response");
    expect(await refusal(xml, { requiresEncryption: true })).toBe("accepted");
    const element = /<saml:EncryptedAssertion.*<\/saml:EncryptedAssertion>/s;
    expect(await refusal(xml.replace(element, () => admin))).toBe("SAML Response signature is invalid. ");
  });

  it("accepts the signatures that these tests make", () => {
    const status = inFolder((folder) => {
      writeFileSync(join(folder, "in.xml"), signed(assertion(), idp));
      const options = [
        "--verify",
        "--pubkey-cert-pem",
        join(folder, "cert.pem"),
        ...ID,
        join(folder, "in.xml"),
      ];
      return spawnSync("xmlsec1", options).status;
    });
    expect(status).toBe(0);
  });
});
