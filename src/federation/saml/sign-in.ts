/**
 * Signing in and out at a SAML provider. The callers keep what must come back with the answer: the id of the request, and
 * for signing out what named the user.
 */
import { createPrivateKey, hash } from "node:crypto";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import {
  currentSamlMetadata,
  type OperationContext,
  type SamlMetadata,
  samlEncryption,
} from "../../user-pools/index.ts";
import type { NameId } from "./assertion.ts";
import { claimsOf } from "./claims.ts";
import { SamlRefusal } from "./refusal.ts";
import { authnRequestUrl, logoutRequestUrl } from "./requests.ts";
import { entityIdOf } from "./service-provider.ts";
import { verified } from "./verification.ts";
import type { Keys } from "./verified-message.ts";

/** A SAML provider, and the address of the pool's endpoints in the browser. */
interface SamlParty {
  readonly provider: IdentityProviderRecord;
  /** Origin and base path. */
  readonly baseUrl: string;
}

/** Makes the RelayState of a request, whose id the answer must name. */
type RelayStateFor = (requestId: string) => string;

/** The facts that a single logout sends to the provider. */
export interface SamlSession {
  readonly nameId: NameId;
  readonly sessionIndex?: string | undefined;
}

interface SamlIdentity {
  readonly subject: string;
  /** The entity id of the provider. */
  readonly issuer: string;
  readonly claims: Readonly<Record<string, string>>;
  readonly session: SamlSession;
}

/** Whether a setting of the provider, which the API has as text, is on. */
export function isOn(
  { details }: IdentityProviderRecord,
  setting: "IDPInit" | "IDPSignout" | "EncryptedResponses",
): boolean {
  return details[setting]?.toLowerCase() === "true";
}

/** @returns where the browser goes */
export async function startSamlSignIn(
  { provider, baseUrl }: SamlParty,
  { relayStateFor, forceAuthn }: { readonly relayStateFor: RelayStateFor; readonly forceAuthn: boolean },
  context: Pick<OperationContext, "store" | "clock" | "providers" | "log" | "random" | "tokens">,
): Promise<string> {
  const isSigned = provider.details.RequestSigningAlgorithm !== undefined;
  const requestId = newId(context);
  return authnRequestUrl({
    destination: (await currentSamlMetadata(provider, context)).signInUrl,
    issuer: entityIdOf(provider.poolId),
    id: requestId,
    issuedAt: context.clock.now(),
    relayState: relayStateFor(requestId),
    signingKey: isSigned ? await context.tokens.samlSigningKey(provider.poolId) : undefined,
    assertionConsumer: assertionConsumerOf(baseUrl),
    forceAuthn,
  });
}

/**
 * Takes the provider's answer, once.
 *
 * @param requestId undefined when the provider began
 * @throws SamlRefusal
 */
export async function finishSamlSignIn(
  { provider, baseUrl }: SamlParty,
  { samlResponse, requestId }: { readonly samlResponse: string; readonly requestId: string | undefined },
  context: OperationContext,
): Promise<SamlIdentity> {
  const metadata = await currentSamlMetadata(provider, context);
  const accepted = await verified(
    context.request,
    "acceptResponse",
    samlResponse,
    keysOf(provider, metadata),
    {
      issuer: metadata.entityId,
      audience: entityIdOf(provider.poolId),
      recipient: assertionConsumerOf(baseUrl),
      requestId,
      requiresEncryption: isOn(provider, "EncryptedResponses"),
      now: context.clock.now(),
    },
  );
  const claims = claimsOf(accepted.attributes);
  const used = digestOf([provider.poolId, provider.name, accepted.id]);
  if (!(await context.store.usedTickets.use(`saml:${used}`, accepted.expiresAt))) {
    throw new SamlRefusal("The assertion has been used before.");
  }
  const { nameId, sessionIndex } = accepted;
  return { subject: nameId.value, issuer: metadata.entityId, claims, session: { nameId, sessionIndex } };
}

/** @returns where the browser goes; undefined when the provider has no single logout, or is not asked to take part */
export async function startSamlSignOut(
  { provider }: SamlParty,
  { relayStateFor, session }: { readonly relayStateFor: RelayStateFor; readonly session: SamlSession },
  context: OperationContext,
): Promise<string | undefined> {
  if (!isOn(provider, "IDPSignout")) return undefined;
  const { signOutUrl } = await currentSamlMetadata(provider, context);
  if (signOutUrl === undefined) return undefined;
  const requestId = newId(context);
  return logoutRequestUrl({
    destination: signOutUrl,
    issuer: entityIdOf(provider.poolId),
    id: requestId,
    issuedAt: context.clock.now(),
    relayState: relayStateFor(requestId),
    // Always signed, whatever the provider's settings say of sign-in.
    signingKey: await context.tokens.samlSigningKey(provider.poolId),
    nameId: session.nameId,
    sessionIndex: session.sessionIndex,
  });
}

/** @throws SamlRefusal */
export async function finishSamlSignOut(
  { provider, baseUrl }: SamlParty,
  { samlResponse, requestId }: { readonly samlResponse: string; readonly requestId: string },
  context: OperationContext,
): Promise<void> {
  const metadata = await currentSamlMetadata(provider, context);
  await verified(context.request, "acceptLogoutResponse", samlResponse, keysOf(provider, metadata), {
    issuer: metadata.entityId,
    recipient: `${baseUrl}/saml2/logout`,
    requestId,
  });
}

/** A short name for a list of texts. */
export function digestOf(parts: readonly string[]): string {
  return hash("sha256", JSON.stringify(parts), "base64url");
}

function assertionConsumerOf(baseUrl: string): string {
  return `${baseUrl}/saml2/idpresponse`;
}

/** An NCName must not begin with a digit. */
export function newId({ random }: Pick<OperationContext, "random">): string {
  return `_${random.uuid()}`;
}

export function keysOf({ details }: IdentityProviderRecord, { certificates }: SamlMetadata): Keys {
  const der = samlEncryption(details)?.privateKey;
  if (der === undefined) return { certificates };
  const key = createPrivateKey({ key: Buffer.from(der, "base64"), format: "der", type: "pkcs8" });
  return { certificates, decryptionKey: key.export({ type: "pkcs8", format: "pem" }).toString() };
}
