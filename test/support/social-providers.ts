/** Stand-ins for the social providers: one server with the endpoints of each, which signs everybody in as one user. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { exportJWK, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { listen } from "./listen.ts";

export interface SocialProviders {
  readonly url: string;
  /** As the setting `providerEndpoints` has them. */
  readonly endpoints: Record<string, Record<string, string>>;
  /** What was asked, in order: method and path, with the parameters of query and form. */
  readonly requests: { readonly line: string; readonly parameters: Record<string, string> }[];
  /** Claims in ID tokens beside the usual ones. */
  idTokenClaims: JWTPayload;
  readonly appleKey: KeyObject;
  stop(): void;
}

export async function startSocialProviders(): Promise<SocialProviders> {
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const apple = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const nonces = new Map<string, string>();
  const requests: SocialProviders["requests"] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", providers.url);
    const form = new URLSearchParams(await bodyOf(request));
    const parameters = Object.fromEntries([...url.searchParams, ...form]);
    requests.push({ line: `${request.method} ${url.pathname}`, parameters });
    const [, type = "", endpoint] = url.pathname.split("/");
    const json = (body: object, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (endpoint === "authorize") {
      const code = `code-${nonces.size}`;
      nonces.set(code, parameters.nonce ?? "");
      const back = { code, state: parameters.state ?? "" };
      if (type !== "SignInWithApple") {
        response
          .writeHead(302, { location: `${parameters.redirect_uri}?${new URLSearchParams(back)}` })
          .end();
        return;
      }
      const user = JSON.stringify({
        name: { firstName: "Ada", lastName: "Byron" },
        email: "evil@example.com",
      });
      json({ action: parameters.redirect_uri, fields: { ...back, user } });
    } else if (endpoint === "token") {
      if (type === "SignInWithApple") {
        const secret = await jwtVerify(parameters.client_secret ?? "", apple.publicKey, {
          audience: "https://appleid.apple.com",
          issuer: "TEAM",
          subject: "id",
        }).catch(() => undefined);
        if (secret === undefined) return json({ error: "invalid_client" }, 401);
      } else if (parameters.client_secret !== "secret") return json({ error: "invalid_client" }, 401);
      const nonce = nonces.get(parameters.code ?? "");
      if (nonce === undefined) return json({ error: "invalid_grant" }, 400);
      const hasIdToken = type === "Google" || type === "SignInWithApple" || type === "OIDC";
      const id_token =
        hasIdToken &&
        (await new SignJWT({
          email: "ada@example.com",
          email_verified: true,
          nonce,
          ...providers.idTokenClaims,
        })
          .setProtectedHeader({ alg: "RS256", kid: "1" })
          .setSubject(`${type}-1`)
          .setIssuer(`${providers.url}/${type}`)
          .setAudience("id")
          .setIssuedAt()
          .setExpirationTime("5m")
          .sign(keys.privateKey));
      json({ access_token: "provider token", ...(id_token && { id_token }) });
    } else if (endpoint === "keys") {
      json({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: "1", alg: "RS256" }] });
    } else if (request.headers.authorization !== "Bearer provider token") json({}, 401);
    else if (type === "Facebook") json({ id: "fb-1", email: "ada@example.com", name: "Ada" });
    else if (type === "LoginWithAmazon")
      json({ user_id: "amzn1.account.A", email: "ada@example.com", name: "Ada" });
    else json({ names: [{ displayName: "Ada Byron" }], resourceName: "people/1" });
    return undefined;
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  const endpointsOf = (type: string, isOpenId: boolean) => ({
    authorize_url: `${url}/${type}/authorize`,
    token_url: `${url}/${type}/token`,
    ...(type !== "SignInWithApple" && { attributes_url: `${url}/${type}/me?fields=` }),
    ...(isOpenId && { oidc_issuer: `${url}/${type}`, jwks_uri: `${url}/${type}/keys` }),
  });
  const providers: SocialProviders = {
    url,
    endpoints: {
      Google: endpointsOf("Google", true),
      Facebook: endpointsOf("Facebook", false),
      LoginWithAmazon: endpointsOf("LoginWithAmazon", false),
      SignInWithApple: endpointsOf("SignInWithApple", true),
    },
    requests,
    idTokenClaims: {},
    appleKey: apple.privateKey,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return providers;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}
