import { hash } from "node:crypto";
import { lazy } from "../lazy.ts";
import type { SigningKey } from "./jwt.ts";

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** By its default export, since the bundle has no other of a CommonJS package that is loaded on demand. */
const x509Library = lazy(async () => {
  // Decorators of the library need it, and it does not bring it in by itself.
  await import("reflect-metadata");
  const { default: x509 } = await import("@peculiar/x509");
  return x509;
});

export interface CertificateSubject {
  readonly commonName: string;
  /** Milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/**
 * A self-signed X.509 certificate of a key: DER. The same key and subject always give the same certificate, so it need not
 * be kept.
 *
 * @see RFC 5280 §4.1
 */
export async function selfSignedCertificate(
  { kid, privateKey, publicKey }: SigningKey,
  { commonName, notBefore, notAfter }: CertificateSubject,
): Promise<Uint8Array> {
  const x509 = await x509Library();
  const { subtle } = globalThis.crypto;
  const keys = {
    privateKey: await subtle.importKey(
      "pkcs8",
      privateKey.export({ type: "pkcs8", format: "der" }),
      ALGORITHM,
      false,
      ["sign"],
    ),
    publicKey: await subtle.importKey(
      "spki",
      publicKey.export({ type: "spki", format: "der" }),
      ALGORITHM,
      true,
      ["verify"],
    ),
  };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialOf(kid),
    name: `CN=${commonName}`,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    signingAlgorithm: ALGORITHM,
    keys,
  });
  return new Uint8Array(certificate.rawData);
}

/** A positive number of at most 20 bytes (RFC 5280 §4.1.2.2), in hex. */
function serialOf(kid: string): string {
  const digest = hash("sha256", kid, "buffer").subarray(0, 16);
  digest[0] = ((digest[0] ?? 0) & 0x7f) | 0x40;
  return digest.toString("hex");
}
