/**
 * An OpenID provider that knows nothing by itself: a code says who signs in and when, so that the provider has the clock of a
 * sequence and no state.
 */
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { exportJWK, SignJWT } from "jose";
import { listen } from "../support/listen.ts";

/** The content of an authorization code of the provider. */
export interface SignInAtProvider {
  readonly subject: string;
  /** Claims of the ID token and of userinfo, beside `sub`. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly nonce: string | undefined;
  /** Milliseconds. */
  readonly now: number;
}

export const codeOf = (signIn: SignInAtProvider) => Buffer.from(JSON.stringify(signIn)).toString("base64url");
const readCode = (code: string): SignInAtProvider => JSON.parse(Buffer.from(code, "base64url").toString());

/** @returns its address, where `/authorize` is never asked, and how it is stopped */
export async function startProvider() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const server = createServer(async (request, response) => {
    const json = (body: object) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/keys")
      return json({ keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "RS256" }] });
    if (request.url === "/userinfo") {
      const token = (request.headers.authorization ?? "").replace("Bearer ", "");
      const { subject, claims } = readCode(token);
      return json({ sub: subject, ...claims });
    }
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const code = new URLSearchParams(body).get("code") ?? "";
    const { subject, claims, nonce, now } = readCode(code);
    const issuedAt = Math.floor(now / 1000);
    const idToken = await new SignJWT({ ...claims, ...(nonce !== undefined && { nonce }) })
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setSubject(subject)
      .setIssuer(url)
      .setAudience("model")
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + 300)
      .sign(privateKey);
    return json({ access_token: code, id_token: idToken, token_type: "Bearer" });
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    details: {
      client_id: "model",
      client_secret: "secret",
      attributes_request_method: "GET",
      authorize_scopes: "openid email",
      oidc_issuer: url,
      authorize_url: `${url}/authorize`,
      token_url: `${url}/token`,
      attributes_url: `${url}/userinfo`,
      jwks_uri: `${url}/keys`,
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
