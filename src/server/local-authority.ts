/**
 * A certificate authority for one machine: made once, kept in the data folder, and never put into a trust store. It makes a
 * certificate for each name that a client asks for and that is this server's.
 */
// The library's decorators need it, so it comes first.
import "reflect-metadata";
import { createPrivateKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";
import type { Clock } from "../clock.ts";
import { codeOf } from "../code-of.ts";
import { type DataDirectory, writePrivateFile } from "../data-directory.ts";
import type { Random } from "../random.ts";

/** The key and the chain of a server's certificate, in PEM. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface LocalAuthority {
  certificateFor(names: readonly string[]): Promise<ServerCertificate>;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 10 * 365;
/** Browsers refuse certificates that are valid for longer than 398 days. */
const CERTIFICATE_DAYS = 397;

interface Ports {
  readonly files: Pick<DataDirectory, "tlsAuthority" | "tlsAuthorityKey">;
  readonly clock: Clock;
  readonly random: Random;
}

/** The authority of the data folder, which is made when there is none. */
export async function openLocalAuthority({ files, clock, random }: Ports): Promise<LocalAuthority> {
  // Decorators of the library need it, and it does not bring it in by itself.
  const { subtle } = globalThis.crypto;
  const now = () => clock.now();
  const serialNumber = () => `01${Buffer.from(random.bytes(15)).toString("hex")}`;
  const notBefore = () => new Date(now() - DAY);

  async function makeAuthority() {
    const keys = await subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serialNumber(),
      name: "CN=Cognate local authority, O=Cognate",
      notBefore: notBefore(),
      notAfter: new Date(now() + AUTHORITY_DAYS * DAY),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    writePrivateFile(files.tlsAuthorityKey, await pemOfKey(keys.privateKey));
    writePrivateFile(files.tlsAuthority, certificate.toString("pem"));
    return { certificate, privateKey: keys.privateKey };
  }

  async function readAuthority() {
    try {
      const [pem, keyPem] = await Promise.all([
        readFile(files.tlsAuthority, "utf8"),
        readFile(files.tlsAuthorityKey, "utf8"),
      ]);
      const certificate = new x509.X509Certificate(pem);
      if (certificate.notAfter.getTime() < now() + CERTIFICATE_DAYS * DAY) return undefined;
      const der = createPrivateKey(keyPem).export({ type: "pkcs8", format: "der" });
      const privateKey = await subtle.importKey("pkcs8", der, ALGORITHM, true, ["sign"]);
      return { certificate, privateKey };
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  const authority = (await readAuthority()) ?? (await makeAuthority());
  return {
    async certificateFor(names) {
      const keys = await subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: `CN=${names[0]}`,
        issuer: authority.certificate.subject,
        notBefore: notBefore(),
        notAfter: new Date(now() + CERTIFICATE_DAYS * DAY),
        signingAlgorithm: ALGORITHM,
        publicKey: keys.publicKey,
        signingKey: authority.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value })),
          ),
          await x509.AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
        ],
      });
      return {
        cert: `${certificate.toString("pem")}\n${authority.certificate.toString("pem")}\n`,
        key: await pemOfKey(keys.privateKey),
      };
    },
  };
}

async function pemOfKey(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await globalThis.crypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ type: "pkcs8", format: "pem" })
    .toString();
}
