import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertion, openExchange, response } from "../../src/federation/saml/fixtures/exchange.ts";
import { signed } from "../../src/federation/saml/fixtures/identity-provider.ts";
import { isMissing } from "../support/machine.ts";

const { idp, refusal } = await openExchange();

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

  it("signs an assertion that is accepted", async () => {
    const template = signed(assertion(), idp)
      .replace(/<ds:DigestValue>[^<]*/, "<ds:DigestValue>")
      .replace(/<ds:SignatureValue>[^<]*/, "<ds:SignatureValue>");
    const xml = inFolder((folder) => {
      writeFileSync(join(folder, "in.xml"), template);
      const [key, out] = [join(folder, "key.pem"), join(folder, "out.xml")];
      execFileSync("xmlsec1", [
        "--sign",
        "--privkey-pem",
        key,
        ...ID,
        "--output",
        out,
        join(folder, "in.xml"),
      ]);
      return readFileSync(out, "utf8")
        .replace(/<\?xml[^>]*>\s*/, "")
        .trim();
    });
    expect(await refusal(response(xml))).toBe("accepted");
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
