import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import Provider, { interactionPolicy } from "oidc-provider";
import { listen } from "./listen.ts";

export interface OpenIdProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The ProviderDetails by which a pool uses it. */
  details(scopes: string): Record<string, string>;
  /** The claims of each account beside `sub`; whoever types another name has none. */
  readonly accounts: Map<string, Readonly<Record<string, unknown>>>;
  stop(): void;
}

/** What a sign-in at the provider amounts to, by the `acr_values` that it was asked for. */
export type Assert = (acrValues: readonly string[]) => { readonly acr?: string; readonly amr?: string[] };

/**
 * A certified OpenID provider on this machine. Its sign-in form takes any password. It demands PKCE.
 *
 * @param assert makes the provider one with levels: it asks for a sign-in where its session has none of the levels asked for
 */
export async function startOpenIdProvider(redirectUris: string[], assert?: Assert): Promise<OpenIdProvider> {
  const server = createServer();
  const issuer = `http://localhost:${await listen(server)}`;
  const accounts: OpenIdProvider["accounts"] = new Map();
  const [clientId, clientSecret] = ["cognate", "the secret of the client"];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: redirectUris,
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    claims: {
      openid: ["sub", ...(assert ? ["acr", "amr"] : [])],
      email: ["email", "email_verified"],
      profile: ["name"],
    },
    cookies: { keys: ["for tests alone"] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...accounts.get(id) }),
    }),
    pkce: { required: () => true },
    ...(assert && {
      features: { devInteractions: { enabled: false } },
      interactions: { policy: policyWithLevels(), url: (_context, { uid }) => `/interaction/${uid}` },
    }),
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (assert && request.url?.startsWith("/interaction/"))
      void interact(provider, assert, request, response);
    else void answer(request, response);
  });
  return {
    issuer,
    clientId,
    clientSecret,
    details: (scopes) => ({
      client_id: clientId,
      client_secret: clientSecret,
      authorize_scopes: scopes,
      attributes_request_method: "GET",
      oidc_issuer: issuer,
    }),
    accounts,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function policyWithLevels() {
  const policy = interactionPolicy.base();
  policy.get("login")?.checks.add(
    new interactionPolicy.Check("level", "The session has another level.", ({ oidc }) => {
      const asked = acrValuesOf(oidc.params);
      const isNew = oidc.result?.login !== undefined;
      return asked.length > 0 && !isNew && !asked.includes(oidc.session?.acr ?? "");
    }),
  );
  return policy;
}

const acrValuesOf = (parameters: { readonly acr_values?: unknown } | undefined) =>
  typeof parameters?.acr_values === "string" ? parameters.acr_values.split(" ") : [];

/** A sign-in form without a password, and a consent that nobody is asked for. */
async function interact(
  provider: Provider,
  assert: Assert,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "consent") {
    const grant = new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope));
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  }
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html").end('<form method="post"><input name="login"></form>');
    return;
  }
  let body = "";
  for await (const chunk of request) body += chunk;
  const accountId = new URLSearchParams(body).get("login") ?? "";
  const login = { accountId, ...assert(acrValuesOf(params)) };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}
