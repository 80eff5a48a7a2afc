/**
 * The certificate by which SAML providers verify a pool's requests. It has its own key, which is kept when the keys of
 * tokens are replaced, because administrators of providers enter the certificate by hand.
 *
 * @see API Reference, "GetSigningCertificate"
 */
import type { KeyObject } from "node:crypto";
import type { Repositories } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";

/** Ten years of 365 days. */
const LIFE_MILLISECONDS = 10 * 365 * 24 * 60 * 60 * 1000;

type CertificateEnvironment = Pick<Environment, "store" | "crypto" | "clock">;

/** The certificate of the pool, which is there already: DER. The first call makes its key. */
export async function signingCertificate(
  environment: CertificateEnvironment,
  poolId: string,
): Promise<Uint8Array> {
  const record = (await samlKey(environment.store, poolId)) ?? (await makeSamlKey(environment, poolId));
  return environment.crypto.selfSignedCertificate(environment.crypto.importSigningKey(record), {
    commonName: poolId,
    notBefore: record.createdAt,
    notAfter: record.createdAt + LIFE_MILLISECONDS,
  });
}

/** The private key of that certificate, which signs the pool's requests. */
export async function samlSigningKey(
  environment: CertificateEnvironment,
  poolId: string,
): Promise<KeyObject> {
  const record = (await samlKey(environment.store, poolId)) ?? (await makeSamlKey(environment, poolId));
  return environment.crypto.importSigningKey(record).privateKey;
}

async function samlKey({ signingKeys }: Pick<Repositories, "signingKeys">, poolId: string) {
  return (await signingKeys.list(poolId)).find(({ use }) => use === "saml");
}

async function makeSamlKey({ store, crypto, clock }: CertificateEnvironment, poolId: string) {
  const made = {
    ...(await crypto.generateSigningKey()),
    poolId,
    use: "saml" as const,
    createdAt: clock.now(),
  };
  return store.transaction(async (repositories) => {
    // Another node may have been faster: then its key counts.
    const present = await samlKey(repositories, poolId);
    if (present) return present;
    await repositories.signingKeys.insert(made);
    return made;
  });
}
