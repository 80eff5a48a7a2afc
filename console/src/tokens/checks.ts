/**
 * Why a resource server would take a token or refuse it: each check that a verifier of this pool's tokens makes, in order.
 *
 * @see Developer Guide, "Verifying JSON web tokens"
 */
import { DescribeUserPoolClientCommand } from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "../api/aws.ts";
import { base64UrlBytes, type Claims, type DecodedToken } from "./decode.ts";
import { type Discovery, fetchDiscovery, fetchKeys, type PublicKey } from "./discovery.ts";

export type CheckName =
  | "algorithm"
  | "issuer"
  | "key"
  | "signature"
  | "expiry"
  | "notBefore"
  | "use"
  | "client";

export interface Check {
  readonly name: CheckName;
  /** Unknown: it could not be made, for the reason in `detail`. */
  readonly result: "passed" | "failed" | "unknown";
  /** The value that was found; the page adds the words. */
  readonly detail: string | Date;
}

/** The facts that the checks compare with. */
export interface Ground {
  readonly poolId: string;
  readonly discovery: Discovery;
  readonly keys: readonly PublicKey[];
  /** Of the server, whose clock may be moved. */
  readonly now: number;
}

/** The pool in a token's issuer, which is its last part. */
export function poolIdOf({ payload }: DecodedToken): string | undefined {
  const last = String(payload.iss ?? "")
    .split("/")
    .at(-1);
  return last !== undefined && /^[\w-]+_[0-9a-zA-Z]+$/.test(last) ? last : undefined;
}

/** @throws Error this server does not have the pool */
export async function fetchGround(poolId: string, now: number): Promise<Ground> {
  const [discovery, keys] = await Promise.all([fetchDiscovery(poolId), fetchKeys(poolId)]);
  return { poolId, discovery, keys, now };
}

export async function checkToken(token: DecodedToken, ground: Ground): Promise<Check[]> {
  const { header, payload } = token;
  const key = ground.keys.find(({ kid }) => kid === header.kid);
  return [
    check("algorithm", header.alg === "RS256", String(header.alg)),
    check("issuer", payload.iss === ground.discovery.issuer, String(payload.iss)),
    check("key", key !== undefined, String(header.kid)),
    await signatureCheck(token, key),
    expiryCheck(payload, ground.now),
    ...notBeforeChecks(payload, ground.now),
    check("use", payload.token_use === "access" || payload.token_use === "id", String(payload.token_use)),
    await clientCheck(payload, ground.poolId),
  ];
}

function check(name: CheckName, isPassed: boolean, detail: Check["detail"]): Check {
  return { name, result: isPassed ? "passed" : "failed", detail };
}

async function signatureCheck(token: DecodedToken, key: PublicKey | undefined): Promise<Check> {
  if (key === undefined || token.header.alg !== "RS256")
    return { name: "signature", result: "failed", detail: "–" };
  // Browsers offer Web Crypto only in secure contexts: over TLS, or from this machine.
  if (!window.isSecureContext) return { name: "signature", result: "unknown", detail: "http" };
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const [header, payload, signature] = token.parts;
  try {
    const imported = await crypto.subtle.importKey("jwk", key, algorithm, false, ["verify"]);
    const isRight = await crypto.subtle.verify(
      algorithm,
      imported,
      base64UrlBytes(signature),
      new TextEncoder().encode(`${header}.${payload}`),
    );
    return check("signature", isRight, "RS256");
  } catch {
    return check("signature", false, "RS256");
  }
}

function expiryCheck({ exp }: Claims, now: number): Check {
  if (typeof exp !== "number") return check("expiry", false, "–");
  return check("expiry", exp * 1000 > now, new Date(exp * 1000));
}

function notBeforeChecks({ nbf }: Claims, now: number): Check[] {
  if (nbf === undefined) return [];
  if (typeof nbf !== "number") return [check("notBefore", false, String(nbf))];
  return [check("notBefore", nbf * 1000 <= now, new Date(nbf * 1000))];
}

/** An access token names its client in `client_id`, an ID token in `aud`. */
async function clientCheck(payload: Claims, poolId: string): Promise<Check> {
  const clientId = payload.token_use === "access" ? payload.client_id : payload.aud;
  if (typeof clientId !== "string") return check("client", false, "–");
  try {
    const { UserPoolClient } = await inPool(poolId, (client) =>
      client.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId })),
    );
    return check("client", true, `${UserPoolClient?.ClientName ?? ""} (${clientId})`);
  } catch (error) {
    const isMissing = error instanceof Error && error.name === "ResourceNotFoundException";
    return isMissing
      ? check("client", false, clientId)
      : { name: "client", result: "unknown", detail: error instanceof Error ? error.message : clientId };
  }
}
