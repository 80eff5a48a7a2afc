import { X509Certificate } from "node:crypto";
import { InvalidParameterException } from "../../api-model/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { readSamlMetadata, type SamlMetadata } from "../../user-pools/index.ts";
import { isOn, startSamlSignIn } from "../saml/index.ts";
import type { ConnectionReport, Step } from "./connection-report.ts";
import type { TestContext } from "./index.ts";
import { clockStep, failureOf, report, step } from "./steps.ts";

const SOON_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;
const MIN_KEY_BITS = 2048;

export async function testSaml(
  provider: IdentityProviderRecord,
  baseUrls: readonly string[],
  context: TestContext,
): Promise<ConnectionReport> {
  const { step: metadataStep, text, date } = await testMetadata(provider, context);
  if (text === undefined) return report(provider, [metadataStep]);
  let metadata: SamlMetadata;
  try {
    metadata = await readSamlMetadata(text);
  } catch (error) {
    if (!(error instanceof InvalidParameterException)) throw error;
    return report(provider, [step("metadata", "failed", "notMetadata", error.message)]);
  }
  const signIn = await testSignIn(provider, metadata, baseUrls, context);
  return report(provider, [
    { ...metadataStep, detail: metadata.entityId },
    testCertificates(metadata, context.clock.now()),
    signIn.step,
    testSignOut(provider, metadata),
    testEncryption(provider),
    clockStep(date ?? signIn.date, context.clock.now()),
  ]);
}

interface ReadMetadata {
  readonly step: Step;
  readonly text?: string;
  readonly date?: string | null;
}

/** A document at a URL is read again, without a change of the stored one. */
async function testMetadata(
  { details }: IdentityProviderRecord,
  { providers }: TestContext,
): Promise<ReadMetadata> {
  const { MetadataFile, MetadataURL = "" } = details;
  if (MetadataFile) return { step: step("metadata", "ok"), text: MetadataFile };
  try {
    const answer = await providers.fetch(MetadataURL);
    if (!answer.ok) return { step: step("metadata", "failed", "status", `${MetadataURL}: ${answer.status}`) };
    return { step: step("metadata", "ok"), text: await answer.text(), date: answer.headers.get("date") };
  } catch (error) {
    const { reason, detail } = failureOf(error);
    return { step: step("metadata", "failed", reason, `${MetadataURL}: ${detail}`) };
  }
}

/** Some can have expired while others have not: providers announce the next one early. */
function testCertificates({ certificates }: SamlMetadata, now: number): Step {
  const read = certificates.map((pem) => new X509Certificate(pem));
  const endOf = ({ validTo }: X509Certificate) => Date.parse(validTo);
  const usable = read.filter(({ publicKey }) => publicKey.asymmetricKeyType === "rsa");
  const last = Math.max(...usable.map(endOf));
  const ends = (time: number) => new Date(time).toISOString().slice(0, 10);
  if (usable.length === 0) return step("certificates", "failed", "notRsa");
  if (last <= now) return step("certificates", "failed", "expired", ends(last));
  if (usable.every(({ validFrom }) => Date.parse(validFrom) > now)) {
    return step("certificates", "failed", "notYetValid");
  }
  if (last <= now + SOON_MILLISECONDS) return step("certificates", "warning", "expiresSoon", ends(last));
  const isWeak = usable.some(
    ({ publicKey }) => (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_KEY_BITS,
  );
  return isWeak
    ? step("certificates", "warning", "weakKey", ends(last))
    : step("certificates", "ok", undefined, ends(last));
}

/** Sends the request of a sign-in. A provider that does not know the pool refuses it. */
async function testSignIn(
  provider: IdentityProviderRecord,
  { signInUrl, wantsSignedRequests }: SamlMetadata,
  baseUrls: readonly string[],
  context: TestContext,
): Promise<{ readonly step: Step; readonly date?: string | null }> {
  if (wantsSignedRequests && provider.details.RequestSigningAlgorithm === undefined) {
    return { step: step("signIn", "failed", "wantsSignedRequests", signInUrl) };
  }
  try {
    const relayStateFor = () => "cognate-connection-test";
    const party = { provider, baseUrl: baseUrls[0] ?? "" };
    const url = await startSamlSignIn(party, { relayStateFor, forceAuthn: false }, context);
    const answer = await context.providers.fetch(url);
    const date = answer.headers.get("date");
    return answer.status >= 400
      ? { step: step("signIn", "warning", "requestRefused", `${signInUrl}: ${answer.status}`), date }
      : { step: step("signIn", "ok", undefined, signInUrl), date };
  } catch (error) {
    const { reason, detail } = failureOf(error);
    return { step: step("signIn", "failed", reason, `${signInUrl}: ${detail}`) };
  }
}

function testSignOut(provider: IdentityProviderRecord, { signOutUrl }: SamlMetadata): Step {
  if (!isOn(provider, "IDPSignout")) return step("signOut", "skipped", "signOutOff");
  return signOutUrl === undefined
    ? step("signOut", "warning", "noSignOutAddress")
    : step("signOut", "ok", undefined, signOutUrl);
}

function testEncryption(provider: IdentityProviderRecord): Step {
  return isOn(provider, "EncryptedResponses")
    ? step("encryption", "ok", "giveCertificate")
    : step("encryption", "skipped", "encryptionOff");
}
