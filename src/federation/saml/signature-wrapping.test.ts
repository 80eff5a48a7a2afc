import { describe, expect, it } from "vitest";
import { assertion, openExchange, response } from "./fixtures/exchange.ts";
import { signed } from "./fixtures/identity-provider.ts";

const { idp, refusal } = await openExchange();

/** Somorovsky and others, "On Breaking SAML: Be Whoever You Want to Be", USENIX Security 2012. */
describe("signature wrapping", () => {
  const evil = () => assertion({ id: "_evil", nameId: "admin@example.com" });
  const signatureIn = (xml: string) => /<ds:Signature .*?<\/ds:Signature>/.exec(xml)?.[0] ?? "";
  const withoutSignature = (xml: string) => xml.replace(signatureIn(xml), "");
  const inIssuer = (xml: string, content: string) => xml.replace("</saml:Issuer>", (end) => end + content);
  const signedResponse = () => signed(response(assertion()), idp);
  const signedAssertion = () => signed(assertion(), idp);
  const evilResponse = () => response(evil(), { id: "_evilResponse" });

  it.each<[string, () => string]>([
    [
      "1: the signed response in the signature of a forged one",
      () => {
        const signature = signatureIn(signedResponse());
        const holding = signature.replace("</ds:Signature>", `${response(assertion())}</ds:Signature>`);
        return inIssuer(evilResponse(), holding);
      },
    ],
    [
      "2: the signed response beside a signature in a forged one",
      () => inIssuer(evilResponse(), response(assertion()) + signatureIn(signedResponse())),
    ],
    ["3: a forged assertion before the signed one", () => response(evil() + signedAssertion())],
    [
      "4: the signed assertion in a forged one",
      () => response(evil().replace("</saml:Assertion>", `${signedAssertion()}</saml:Assertion>`)),
    ],
    [
      "5: the signature in a forged assertion, the signed one after it",
      () => response(inIssuer(evil(), signatureIn(signedAssertion())) + assertion()),
    ],
    [
      "6: the signed assertion in the signature of a forged one",
      () => {
        const holding = signatureIn(signedAssertion()).replace(
          "</ds:Signature>",
          `${assertion()}</ds:Signature>`,
        );
        return response(inIssuer(evil(), holding));
      },
    ],
    [
      "7: the signed assertion in Extensions",
      () => response(`<samlp:Extensions>${signedAssertion()}</samlp:Extensions>${evil()}`),
    ],
    [
      "8: the signed assertion in an Object of the signature",
      () => {
        const object = `<ds:Object>${withoutSignature(signedAssertion())}</ds:Object></ds:Signature>`;
        return response(inIssuer(evil(), signatureIn(signedAssertion()).replace("</ds:Signature>", object)));
      },
    ],
    [
      "with the id of the signed assertion twice",
      () => response(inIssuer(assertion({ nameId: "admin@example.com" }), signatureIn(signedAssertion()))),
    ],
  ])("%s is refused", async (_, forge) => {
    const xml = forge();
    expect(xml).toContain("admin@example.com");
    expect(await refusal(xml)).not.toBe("accepted");
  });
});
