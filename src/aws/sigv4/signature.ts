import { createHmac, hash, timingSafeEqual } from "node:crypto";
import type { ReceivedRequest } from "../../http/index.ts";
import { canonicalRequest } from "./canonical-request.ts";
import type { SignedCredential } from "./credential.ts";
import type { SigningKeys } from "./signing-keys.ts";
import { INVALID_SIGNATURE, WireError } from "./wire-error.ts";

/** Replaces the secret of an unknown key, so that the time of the answer does not reveal which key ids exist. */
const NO_SECRET = "no access key has this secret, and none is ever given it";

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and " +
  "signing method. Consult the service documentation for details.";

interface SignatureCheck {
  readonly matches: boolean;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

/**
 * Recomputes a request's signature under a secret and compares it in constant time.
 *
 * @param secret of the access key that the request names; undefined when there is no such key, which never matches
 */
export function checkSignature(
  request: ReceivedRequest,
  credential: SignedCredential,
  secret: string | undefined,
  keys: SigningKeys,
): SignatureCheck {
  const payloadHash = hash("sha256", request.body, "hex");
  const canonical = canonicalRequest(request, credential.headers, credential.signedHeaders, payloadHash);
  const { keyId, day, region, service } = credential;
  const stringToSign = `AWS4-HMAC-SHA256\n${credential.date}\n${day}/${region}/${service}/aws4_request\n${hash("sha256", Buffer.from(canonical, "latin1"), "hex")}`;
  const key = keys.get(keyId, secret ?? NO_SECRET, day, region, service);
  const expected = createHmac("sha256", key).update(stringToSign).digest("hex");
  const isSame = sameText(expected, credential.signature);
  return {
    matches: secret !== undefined && isSame && payloadIsAsClaimed(credential, payloadHash),
    canonicalRequest: canonical,
    stringToSign,
  };
}

/**
 * A signed `x-amz-content-sha256` must be the hash of the body. That also rejects `UNSIGNED-PAYLOAD`, which only Amazon
 * S3 accepts.
 */
function payloadIsAsClaimed(credential: SignedCredential, payloadHash: string): boolean {
  if (!credential.signedHeaders.includes("x-amz-content-sha256")) return true;
  return credential.headers.get("x-amz-content-sha256") === payloadHash;
}

function sameText(expected: string, given: string): boolean {
  return (
    expected.length === given.length &&
    timingSafeEqual(Buffer.from(expected, "latin1"), Buffer.from(given, "latin1"))
  );
}

/**
 * The refusal of a signature that does not match.
 *
 * @param explain whether to add what was signed: it helps to write a signer, but repeats the session token, so only
 *   `cognate dev` does
 */
export function signatureMismatch(check: SignatureCheck, explain: boolean): WireError {
  if (!explain) return new WireError(INVALID_SIGNATURE, MISMATCH);
  return new WireError(
    INVALID_SIGNATURE,
    `${MISMATCH}\n\nThe Canonical String for this request should have been\n'${check.canonicalRequest}'\n\nThe String-to-Sign should have been\n'${check.stringToSign}'\n`,
  );
}
