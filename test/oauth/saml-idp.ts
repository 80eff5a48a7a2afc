/** The other side of a SAML sign-in: reads requests from their URL and writes the form that a provider would post. */
import { verify, X509Certificate } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import {
  type AssertionParts,
  assertionXml,
  base64,
  responseXml,
  signed,
  type TestKey,
} from "../../src/federation/saml/fixtures/identity-provider.ts";

export interface ReadRequest {
  readonly xml: string;
  readonly id: string;
  readonly assertionConsumer: string;
  readonly relayState: string;
}

export function readRequest(url: string): ReadRequest {
  const { searchParams } = new URL(url);
  const xml = inflateRawSync(Buffer.from(searchParams.get("SAMLRequest") ?? "", "base64")).toString();
  const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(xml)?.[1] ?? "";
  return {
    xml,
    id: attribute("ID"),
    assertionConsumer: attribute("AssertionConsumerServiceURL"),
    relayState: searchParams.get("RelayState") ?? "",
  };
}

/** Whether the query of a request is signed by the owner of the certificate: base64 of DER. */
export function isSignedBy(url: string, certificate: string): boolean {
  const query = new URL(url).search.slice(1);
  const [content = "", signature = ""] = query.split("&Signature=");
  const key = new X509Certificate(Buffer.from(certificate, "base64")).publicKey;
  return verify("sha256", Buffer.from(content), key, Buffer.from(decodeURIComponent(signature), "base64"));
}

export interface Answering {
  readonly key: TestKey;
  readonly poolId: string;
  readonly now?: number;
}

/** The fields of the form that answers a request. */
export function answerRequest(
  request: Pick<ReadRequest, "assertionConsumer" | "relayState"> & { readonly id: string | undefined },
  { key, poolId, now = Date.now() }: Answering,
  overrides: Partial<AssertionParts> = {},
): { SAMLResponse: string; RelayState: string } {
  const assertion = assertionXml({
    now,
    recipient: request.assertionConsumer,
    audience: `urn:amazon:cognito:sp:${poolId}`,
    requestId: request.id,
    id: `_${crypto.randomUUID()}`,
    attributes: { mail: ["jane@example.com"], groups: ["staff", "a b"] },
    ...overrides,
  });
  const envelope = {
    now,
    destination: request.assertionConsumer,
    requestId: overrides.requestId ?? request.id,
  };
  return {
    SAMLResponse: base64(responseXml(envelope, signed(assertion, key))),
    RelayState: request.relayState,
  };
}
