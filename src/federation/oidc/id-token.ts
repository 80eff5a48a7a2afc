import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from "jose";
import { equalSecrets } from "../../crypto/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { claimsAsText } from "./claims.ts";
import type { Provider } from "./provider.ts";
import { ProviderRefusal } from "./refusal.ts";
import { asRefusal } from "./token-request.ts";

/** How far the provider's clock may be from ours. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** Signatures by a key of the provider, and by the client secret. `none` is in neither. */
const BY_KEY = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
const BY_SECRET = ["HS256", "HS384", "HS512"];

/**
 * The claims of an ID token. The keys are fetched for each token, so a provider can change them at any time.
 *
 * @param nonce as it was sent. Cognito sends none, so there are providers that do not return it: a token without one is
 *   taken unless the provider is set to require it (`require_nonce`). A wrong one is refused
 * @throws ProviderRefusal
 * @see OpenID Connect Core §3.1.3.7
 */
export async function verifyIdToken(
  token: string,
  provider: Provider & { readonly issuer: string },
  nonce: string,
  { clock }: Pick<OperationContext, "clock">,
): Promise<JWTPayload> {
  const { clientId, details, type, issuer } = provider;
  try {
    const isBySecret = BY_SECRET.includes(decodeProtectedHeader(token).alg ?? "") && !!details.client_secret;
    const options = {
      algorithms: isBySecret ? BY_SECRET : BY_KEY,
      audience: clientId,
      // Google's documentation allows its issuer without the scheme.
      issuer: [issuer, `${issuer}/`, ...(type === "Google" ? [new URL(issuer).host] : [])],
      requiredClaims: ["exp", "iat"],
      currentDate: new Date(clock.now()),
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    };
    const { payload } = isBySecret
      ? await jwtVerify(token, Buffer.from(details.client_secret ?? ""), options)
      : await verifyByKeys(token, await fetchKeys(provider), options);
    checkNonce(payload.nonce, nonce, details.require_nonce === "true");
    if (Array.isArray(payload.aud) && payload.aud.length > 1 && payload.azp !== clientId) {
      throw new ProviderRefusal("Invalid ID token: the token was issued to another client");
    }
    return payload;
  } catch (error) {
    if (error instanceof ProviderRefusal) throw error;
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === "iss") {
      const { iss } = claimsAsText({ iss: error.payload.iss });
      throw new ProviderRefusal(`Bad id_token issuer ${iss?.slice(0, 1000)}`);
    }
    // The error of a key that cannot be imported is none of the library's own classes, and its text does not help.
    const reason = error instanceof errors.JOSEError ? error.message : "the signature cannot be verified";
    throw new ProviderRefusal(`Invalid ID token: ${reason}`, { cause: error });
  }
}

/** A token that names no key is tried with each key that fits its algorithm (OpenID Connect Core §10.1). */
async function verifyByKeys(token: string, keys: JSONWebKeySet, options: JWTVerifyOptions) {
  try {
    return await jwtVerify(token, createLocalJWKSet(keys), options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, options);
      } catch (refusal) {
        if (!(refusal instanceof errors.JWSSignatureVerificationFailed)) throw refusal;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

function checkNonce(given: unknown, sent: string, isRequired: boolean): void {
  if (given === undefined && !isRequired) return;
  if (typeof given !== "string" || !equalSecrets(given, sent)) {
    throw new ProviderRefusal("Invalid ID token: unexpected nonce");
  }
}

async function fetchKeys({ jwksUri = "", fetch }: Provider): Promise<JSONWebKeySet> {
  const answer = await fetch(jwksUri, { headers: { accept: "application/json" } }).catch(
    asRefusal("Timeout in calling jwks uri"),
  );
  if (answer.status !== 200) throw new ProviderRefusal(`Error in calling jwks uri: HTTP ${answer.status}`);
  const keys = (await answer.json().catch(() => undefined)) as JSONWebKeySet | undefined;
  if (!Array.isArray(keys?.keys)) throw new ProviderRefusal("Error in calling jwks uri: not a key set");
  return keys;
}
