/**
 * The `ProviderDetails` of a SAML provider. Beside what the API shows they hold, sealed with the rest, the private key of
 * encrypted assertions.
 *
 * @see API Reference, "CreateIdentityProvider", ProviderDetails
 */
import { InvalidParameterException } from "../../api-model/index.ts";
import type { Environment } from "../environment.ts";
import type { ProviderDetails } from "./details.ts";
import { checkCertificates, readSamlMetadata } from "./saml-metadata.ts";

/** An addition, of every type: whether identities are linked to the local user with the same verified e-mail address. */
export const LINK_BY_EMAIL = "link_by_verified_email";

const KEYS = [
  "MetadataURL",
  "MetadataFile",
  "IDPSignout",
  "IDPInit",
  "EncryptedResponses",
  "RequestSigningAlgorithm",
  LINK_BY_EMAIL,
];
const SWITCHES = ["IDPSignout", "IDPInit", "EncryptedResponses", LINK_BY_EMAIL];

/** Not of the API, so never shown. */
export const HIDDEN_SAML_KEYS: readonly string[] = [
  "encryption_private_key",
  "fetched_metadata",
  "fetched_at",
];

const TEN_YEARS_MILLISECONDS = 10 * 365 * 24 * 60 * 60 * 1000;

/**
 * @param current what is stored; its key of encryption stays, because the provider has its certificate
 * @throws InvalidParameterException
 */
export async function samlDetails(
  given: ProviderDetails,
  current: ProviderDetails,
  environment: Pick<Environment, "crypto" | "clock" | "providers">,
): Promise<ProviderDetails> {
  const { MetadataURL, MetadataFile } = given;
  if (!MetadataURL && !MetadataFile) {
    throw new InvalidParameterException(
      "At least one of the MetadataURL or MetadataFile should be provided.",
    );
  }
  if (MetadataURL && MetadataFile) {
    throw new InvalidParameterException("Only one of the MetadataURL or MetadataFile should be provided.");
  }
  checkSettings(given);
  const details = Object.fromEntries(Object.entries(given).filter(([key]) => KEYS.includes(key)));
  return {
    ...details,
    ...(MetadataFile && (await bindings(MetadataFile, environment.clock.now()))),
    ...(MetadataURL && (await fetchedMetadata(MetadataURL, environment))),
    // Of "false" too: hashicorp/terraform-provider-aws, acceptance test TestAccCognitoIDPIdentityProvider_saml.
    ...(given.EncryptedResponses !== undefined && (await encryptionKey(current, environment))),
  };
}

/** The key pair for encrypted assertions of a provider, in Base64; undefined where they are switched off. */
export function samlEncryption(
  details: ProviderDetails,
): { readonly certificate: string; readonly privateKey: string } | undefined {
  const { ActiveEncryptionCertificate, encryption_private_key, EncryptedResponses = "" } = details;
  if (!/^true$/i.test(EncryptedResponses) || !ActiveEncryptionCertificate || !encryption_private_key) {
    return undefined;
  }
  return { certificate: ActiveEncryptionCertificate, privateKey: encryption_private_key };
}

/** The texts are ours. */
function checkSettings(given: ProviderDetails): void {
  checkSwitches(given, SWITCHES);
  const algorithm = given.RequestSigningAlgorithm;
  if (algorithm !== undefined && algorithm !== "rsa-sha256") {
    throw new InvalidParameterException("RequestSigningAlgorithm must be rsa-sha256.");
  }
}

/** @throws InvalidParameterException the text is ours */
export function checkSwitches(given: ProviderDetails, keys: readonly string[]): void {
  const wrong = keys.find((key) => given[key] !== undefined && !/^(?:true|false)$/i.test(given[key]));
  if (wrong !== undefined) throw new InvalidParameterException(`${wrong} must be true or false.`);
}

async function bindings(text: string, now: number): Promise<ProviderDetails> {
  const metadata = await readSamlMetadata(text);
  checkCertificates(metadata, now);
  const { signInUrl, signOutUrl } = metadata;
  return {
    SSORedirectBindingURI: signInUrl,
    ...(signOutUrl !== undefined && { SLORedirectBindingURI: signOutUrl }),
  };
}

/**
 * The metadata at a URL as it is stored: the document, when it was read, and what it says.
 *
 * @throws InvalidParameterException it cannot be read, or is not what it must be
 */
export async function fetchedMetadata(
  url: string,
  { providers, clock }: Pick<Environment, "providers" | "clock">,
): Promise<ProviderDetails> {
  const answer = await providers.fetch(url).catch((cause: unknown) => {
    throw new InvalidParameterException(`Error retrieving metadata from ${url}`, { cause });
  });
  if (!answer.ok) {
    throw new InvalidParameterException(
      `Non-ok status code ${answer.status} returned from remote metadata source ${url}`,
    );
  }
  const text = await answer.text();
  return { ...(await bindings(text, clock.now())), fetched_metadata: text, fetched_at: String(clock.now()) };
}

async function encryptionKey(
  { ActiveEncryptionCertificate, encryption_private_key }: ProviderDetails,
  { crypto, clock }: Pick<Environment, "crypto" | "clock">,
): Promise<ProviderDetails> {
  if (ActiveEncryptionCertificate && encryption_private_key) {
    return { ActiveEncryptionCertificate, encryption_private_key };
  }
  const key = await crypto.generateSigningKey();
  const certificate = await crypto.selfSignedCertificate(crypto.importSigningKey(key), {
    commonName: "SAML encryption",
    notBefore: clock.now(),
    notAfter: clock.now() + TEN_YEARS_MILLISECONDS,
  });
  return {
    ActiveEncryptionCertificate: Buffer.from(certificate).toString("base64"),
    encryption_private_key: Buffer.from(key.privateKey).toString("base64"),
  };
}
