/**
 * Whose account a request is about. The page exists for an app client whose callback URLs include the page's address,
 * `/account` on the pool's domain. The sign-in for it is an ordinary authorization request.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OperationName, Operations } from "../../../api-model/index.ts";
import type { JsonObject } from "../../../json.ts";
import type { AppClientRecord, UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { isReusable, type OperationContext } from "../../../user-pools/index.ts";
import { missingClientId, PAGE_FAILED, PageError } from "../../authorization-request.ts";
import { browserSession } from "../../browser/index.ts";
import { clientOf } from "../../client-authentication.ts";
import type { Endpoint } from "../../endpoint.ts";
import type { Parameters } from "../../parameters.ts";
import { call } from "../call.ts";

/** How new a sign-in must be for changes that could shut the user out. */
const FRESH_MILLISECONDS = 10 * 60 * 1000;

const PATH = "/account";

export interface AccountVisit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly endpoint: Endpoint;
  readonly context: OperationContext;
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly user: UserRecord;
  /** Of the browser's own session, as the list of sessions has it where the pool tracks them. */
  readonly sessionId: string;
  readonly isFresh: boolean;
  /** Calls an operation as the user, as if with an access token of this client. @throws ServiceException */
  readonly callAsUser: <Name extends OperationName>(
    name: Name,
    input?: JsonObject,
  ) => Promise<Operations[Name]["output"]>;
}

/** The browser has no session. */
export interface SignedOut {
  readonly signInHref: string;
}

/** @throws PageError the client is not there or has no account page */
export async function openAccount(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  query: Parameters,
  context: OperationContext,
): Promise<AccountVisit | SignedOut> {
  const clientId = query.get("client_id");
  if (clientId === undefined) throw missingClientId();
  const found = await clientOf(clientId, endpoint, context);
  if (found === undefined) throw new PageError(PAGE_FAILED);
  const { pool, client } = found;
  if (!hasAccountPage(client, endpoint))
    throw new PageError("The account page is not enabled for this app client.");
  const session = await browserSession(request, pool.id, context);
  if (session === undefined || !(await isReusable(session.session, client, context)))
    return { signInHref: signInHref(endpoint, client) };
  const { user } = session;
  const { authenticatedAt } = session.session;
  return {
    request,
    reply,
    endpoint,
    context,
    pool,
    client,
    user,
    sessionId: session.session.id,
    isFresh: context.clock.now() - authenticatedAt < FRESH_MILLISECONDS,
    callAsUser: callAsUser({ pool, client, user, authenticatedAt }, context),
  };
}

export function pageHref({ endpoint, client }: Pick<AccountVisit, "endpoint" | "client">, path = ""): string {
  return `${endpoint.basePath}${PATH}${path}?${new URLSearchParams({ client_id: client.id })}`;
}

/** The sign-in page itself, not `/oauth2/authorize`: it asks for a proof though there is a session. */
export function signInHref(endpoint: Endpoint, client: AppClientRecord): string {
  const query = new URLSearchParams({
    client_id: client.id,
    response_type: "code",
    redirect_uri: addressOf(endpoint),
    // Comes back, since the redirect URI has no client in it.
    state: client.id,
  });
  return `${endpoint.basePath}/login?${query}`;
}

/** Whether the page's address is among the client's callback URLs, which enables it. */
export function hasAccountPage({ settings }: AppClientRecord, endpoint: Endpoint): boolean {
  return settings.CallbackURLs?.includes(addressOf(endpoint)) === true;
}

function addressOf({ origin, basePath }: Endpoint): string {
  return `${origin}${basePath}${PATH}`;
}

interface Bearer {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly user: UserRecord;
  readonly authenticatedAt: number;
}

/**
 * Operations of users take an access token, which the page does not have. In its context the browser's session replaces
 * it, so that the operations apply the same rules as for every other caller.
 */
function callAsUser({ pool, client, user, authenticatedAt }: Bearer, context: OperationContext) {
  const signIn = {
    // Of no sign-in: none of the listed sessions is the one that asks.
    originJti: "",
    poolId: pool.id,
    clientId: client.id,
    sub: user.sub,
    authenticatedAt,
    eventId: context.request.requestId,
    scope: "aws.cognito.signin.user.admin",
    refreshExpiresAt: 0,
    rotation: 0,
  };
  const tokens = {
    ...context.tokens,
    verifyAccessToken: async () => {
      const current = await context.store.users.getBySub(pool.id, user.sub);
      return { pool, client, user: current ?? user, signIn, claims: {} };
    },
  };
  return <Name extends OperationName>(name: Name, input: JsonObject = {}) =>
    call(
      name,
      { AccessToken: "session", ...input },
      { authorization: { pool }, context: { ...context, tokens } },
    );
}
