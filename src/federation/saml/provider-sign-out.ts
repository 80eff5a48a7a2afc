/**
 * Single logout that a provider begins. A session is found by what its assertion named: subject and session index.
 *
 * @see SAML Profiles §4.4.3.2, "<LogoutRequest> Issued by Session Authority"; docs/decisions/0156-single-logout-by-the-provider.md
 */
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { currentSamlMetadata, MAX_PROVIDERS, type OperationContext } from "../../user-pools/index.ts";
import type { AcceptedLogoutRequest, SentLogoutRequest } from "./logout-requests.ts";
import { SamlRefusal } from "./refusal.ts";
import { logoutResponseUrl } from "./requests.ts";
import { entityIdOf } from "./service-provider.ts";
import { digestOf, isOn, keysOf, newId } from "./sign-in.ts";
import { verified } from "./verification.ts";

interface SignOutByProvider {
  readonly poolId: string;
  /** Origin and base path. */
  readonly baseUrl: string;
  readonly sent: SentLogoutRequest;
  readonly relayState: string | undefined;
}

interface EndedAtProvider extends AcceptedLogoutRequest {
  /** The pool's providers that are the sender: several can be of one entity id. */
  readonly providerNames: readonly string[];
  /** Where the browser goes with the answer. */
  readonly answerUrl: string;
}

/**
 * Takes a provider's request to end a user's session, once.
 *
 * @throws SamlRefusal
 */
export async function acceptSamlSignOut(
  { poolId, baseUrl, sent, relayState }: SignOutByProvider,
  context: OperationContext,
): Promise<EndedAtProvider> {
  const issuer = await verified(context.request, "senderOf", sent);
  let accepted: AcceptedLogoutRequest | undefined;
  let destination: string | undefined;
  let refusal = new SamlRefusal("The Issuer is no identity provider with single logout.");
  const providerNames: string[] = [];
  for (const provider of await providersOf(poolId, issuer, context)) {
    const metadata = await currentSamlMetadata(provider, context);
    if (metadata.entityId !== issuer) continue;
    try {
      const expected = { issuer, recipient: `${baseUrl}/saml2/logout`, now: context.clock.now() };
      accepted = await verified(
        context.request,
        "acceptLogoutRequest",
        sent,
        keysOf(provider, metadata),
        expected,
      );
      destination ??= metadata.signOutResponseUrl;
      providerNames.push(provider.name);
    } catch (error) {
      if (!(error instanceof SamlRefusal)) throw error;
      refusal = error;
    }
  }
  if (accepted === undefined) throw refusal;
  if (destination === undefined) {
    throw new SamlRefusal("The metadata has no SingleLogoutService with the HTTP-Redirect binding.");
  }
  const ticket = `saml-logout:${digestOf([poolId, issuer ?? "", accepted.id])}`;
  if (!(await context.store.usedTickets.use(ticket, accepted.expiresAt))) {
    throw new SamlRefusal("The request has been used before.");
  }
  const answerUrl = logoutResponseUrl({
    destination,
    issuer: entityIdOf(poolId),
    id: newId(context),
    issuedAt: context.clock.now(),
    relayState,
    signingKey: await context.tokens.samlSigningKey(poolId),
    inResponseTo: accepted.id,
  });
  return { ...accepted, providerNames, answerUrl };
}

/** The SAML providers with single logout whose metadata has the entity id; most are distinguished without parsing. */
async function providersOf(
  poolId: string,
  entityId: string | undefined,
  { store }: OperationContext,
): Promise<readonly IdentityProviderRecord[]> {
  if (entityId === undefined) return [];
  const written = entityId.replaceAll("&", "&amp;");
  const { items } = await store.identityProviders.list(poolId, { limit: MAX_PROVIDERS });
  return items.filter(
    (provider) =>
      provider.type === "SAML" &&
      isOn(provider, "IDPSignout") &&
      (provider.details.MetadataFile ?? provider.details.fetched_metadata ?? "").includes(written),
  );
}
