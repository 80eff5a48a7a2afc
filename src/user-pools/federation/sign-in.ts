import { InvalidParameterException, NotAuthorizedException } from "../../api-model/index.ts";
import { isStorableText } from "../../storable-text.ts";
import type {
  AppClientRecord,
  IdentityProviderRecord,
  SignInRecord,
  UserPoolRecord,
  UserRecord,
} from "../../storage/index.ts";
import { clientOfEvent } from "../app-clients/index.ts";
import { assertedLevel, hasLevels, type SignInMethods } from "../assurance/index.ts";
import type { OperationContext } from "../operation.ts";
import { maxSessionsPerUser, tracking } from "../sessions/index.ts";
import { normalizeUsername, unknownUser } from "../users/index.ts";
import { createFederatedUser, requireUsername } from "./create.ts";
import type { Federated } from "./federated.ts";
import { findFederatedUser } from "./find.ts";
import { type Claims, inboundClaims } from "./inbound-trigger.ts";
import { linkByVerifiedEmail } from "./link-by-email.ts";
import { mappedAttributes } from "./mapping.ts";
import { refreshFederatedUser } from "./refresh.ts";

/** The identity of a user at a provider. It has been verified. */
export interface FederatedIdentity {
  /** The provider's own id of the user; undefined where it sent none. */
  readonly subject: string | undefined;
  /** The entity id of a SAML provider; null for the others. */
  readonly issuer: string | null;
  readonly claims: Claims;
  /** The provider's answers for the InboundFederation trigger. */
  readonly inbound: Readonly<Record<string, Claims>>;
  /** The claims `acr` and `amr` of an OpenID Connect provider. */
  readonly authentication?: { readonly acr?: unknown; readonly amr?: unknown } | undefined;
}

interface FederatedSignedIn {
  readonly user: UserRecord;
  readonly signIn: SignInRecord;
  /** The level and methods that the provider asserts; undefined while the pool has no levels. */
  readonly methods: SignInMethods | undefined;
}

interface FederatedSignIn {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly provider: IdentityProviderRecord;
  readonly identity: FederatedIdentity;
}

/**
 * Signs the user of an external provider in. Their profile is made at the first sign-in, and brought up to date at each one.
 *
 * @throws InvalidParameterException the provider's id of the user is not text, or the claims do not make a user of the pool
 * @throws NotAuthorizedException the user is disabled
 * @throws UserLambdaValidationException one of the pool's functions refuses
 */
export async function signInFederated(
  { pool, client, provider, identity }: FederatedSignIn,
  context: OperationContext,
): Promise<FederatedSignedIn> {
  const { subject, issuer, authentication = {} } = identity;
  if (!subject) throw new InvalidParameterException("username attribute mapping required");
  const username = normalizeUsername(pool, `${provider.name}_${subject}`);
  // The database would find the user of a similar id, because it replaces what it cannot keep.
  if (!isStorableText(subject)) requireUsername(username);

  // 1. The pool's function sees the claims before anything is made of them.
  const inbound = { pool, client, provider, username, attributes: identity.inbound };
  const chosen = await inboundClaims(inbound, context);
  const claims = chosen ?? identity.claims;
  const isChosenByFunction = chosen !== undefined;
  const attributes = mappedAttributes({ pool, client, provider, claims, isChosenByFunction });
  const federated = { pool, client, provider, username, subject, issuer, attributes };

  // 2. An existing user, or a new one.
  let found =
    (await findFederatedUser(federated, context)) ?? (await linkByVerifiedEmail(federated, claims, context));
  // Only OpenID Connect providers are believed about the methods.
  const asserted = provider.type === "OIDC" ? authentication : {};
  const methods = hasLevels(pool) ? assertedLevel(asserted, provider.settings.AcrMapping) : undefined;
  if (found === undefined) {
    const user = await createFederatedUser(federated, context);
    if (user !== undefined) {
      const signIn = await begin(client, user, context);
      publishSignIn(federated, context);
      return { user, signIn, methods };
    }
    found = await findFederatedUser(federated, context);
    // The link was taken away again, or the user was deleted.
    if (found === undefined) throw unknownUser();
  }
  if (!found.user.enabled) throw new NotAuthorizedException("User is not enabled");
  const asked = { pool, clientId: client.id, username: found.user.username, requestContext: context.request };
  await context.triggers.invoke("PreAuthentication_Authentication", {
    ...asked,
    user: found.user,
    request: { validationData: undefined },
  });
  const user = await refreshFederatedUser(federated, found, context);

  // 3. The sign-in.
  const signIn = await begin(client, user, context);
  try {
    await context.triggers.invoke("PostAuthentication_Authentication", {
      ...asked,
      user,
      request: { newDeviceUsed: false },
    });
  } catch (error) {
    const revokedAt = context.clock.now();
    await context.store.signIns.update(signIn.originJti, (record) => ({ ...record, revokedAt }));
    throw error;
  }
  publishSignIn(federated, context);
  return { user, signIn, methods };
}

function publishSignIn({ client, provider }: Federated, { events }: OperationContext): void {
  events.publish("federatedSignIn", { ...clientOfEvent(client), providerName: provider.name });
}

async function begin(
  client: AppClientRecord,
  user: UserRecord,
  { store, clock, random, tokens, request }: OperationContext,
): Promise<SignInRecord> {
  const now = clock.now();
  const max = await maxSessionsPerUser(store, user.poolId);
  const begun = tokens.newSignIn(client, user);
  const sessions = max === undefined ? undefined : { max, ...(await tracking()) };
  const signIn = sessions?.withSession(begun, request, random, now) ?? begun;
  await store.transaction(async ({ signIns }) => {
    await sessions?.evictSessions({ signIns }, signIn, sessions.max, now);
    await signIns.insert(signIn);
  });
  return signIn;
}
