/**
 * Reads who a request says it is from: the checks on its signature that need no secret, in the order in which AWS's front
 * end reports faults. The texts were recorded from live services; see the compatibility tests beside this file.
 */
import { hash } from "node:crypto";
import type { ReceivedRequest } from "../../http/index.ts";
import { type CanonicalHeaders, canonicalHeaders } from "./canonical-headers.ts";
import { basicFormat, parseBasicFormat, parseDateHeader } from "./dates.ts";
import { queryPairs } from "./encoding.ts";
import {
  INCOMPLETE_SIGNATURE,
  INVALID_SIGNATURE,
  MISSING_AUTHENTICATION_TOKEN,
  WireError,
} from "./wire-error.ts";

/** The one algorithm. SigV4a (`AWS4-ECDSA-P256-SHA256`) is answered as unsupported. */
const ALGORITHM = "AWS4-HMAC-SHA256";
const TERMINATOR = "aws4_request";

/** How far a signature's date may be from the server's time, either way. */
const WINDOW_MINUTES = 5;
/** The longest life of a presigned request: seven days. */
const MAX_PRESIGNED_SECONDS = 7 * 24 * 60 * 60;

/** The rules of a service for signatures. */
interface ScopeRules {
  /** The service in the credential scope, for example `cognito-idp`. */
  readonly service: string;
  readonly acceptsRegion: (region: string) => boolean;
}

/** The claim that a request makes by being signed. Nothing in it is proven until its signature has been checked. */
export interface SignedCredential {
  readonly keyId: string;
  readonly region: string;
  readonly service: string;
  /** The scope's date, `YYYYMMDD`. */
  readonly day: string;
  /** The signature's date, `YYYYMMDDTHHMMSSZ`. */
  readonly date: string;
  /** Lower case, sorted. */
  readonly signedHeaders: readonly string[];
  /** Lower-case hex. */
  readonly signature: string;
  readonly sessionToken?: string | undefined;
  readonly headers: CanonicalHeaders;
}

/** The parts of a credential as they are in the header or the query string. */
interface CredentialParts {
  readonly algorithm: string;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  /** As sent, for messages. */
  readonly date: string;
  readonly epochMilliseconds: number | undefined;
  readonly sessionToken: string | undefined;
  /** How long the signature is good for after its date; undefined for the ordinary window. */
  readonly expires: string | undefined;
}

/**
 * Reads the credential of a signed request, from its `Authorization` header or from its query string (a presigned request).
 *
 * @param now milliseconds since the epoch, of the clock that clients share
 * @throws WireError the request is unsigned, or its signature is malformed, out of time, or for another service
 * @see IAM User Guide, "AWS Signature Version 4 for API requests"
 */
export function readCredential(request: ReceivedRequest, rules: ScopeRules, now: number): SignedCredential {
  const headers = canonicalHeaders(request);
  const authorization = headers.get("authorization");
  const query = request.rawQuery === "" ? undefined : new Map(queryPairs(request.rawQuery));
  const isPresigned = query?.has("X-Amz-Algorithm") ?? false;

  if (authorization !== undefined && isPresigned) {
    throw new WireError(
      INVALID_SIGNATURE,
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
  }
  // Cognito's front end words this differently from every other service's, and reads a header of any scheme.
  const isCognito = rules.service === "cognito-idp";
  const isHeaderRead = isCognito ? authorization !== undefined : authorization?.startsWith("AWS4-");
  if (!isPresigned && !isHeaderRead) {
    throw new WireError(
      MISSING_AUTHENTICATION_TOKEN,
      isCognito ? "Missing Authentication Token" : "Request is missing Authentication Token",
    );
  }
  const parts = isPresigned && query ? partsOfQuery(query) : partsOfHeader(authorization ?? "", headers);

  checkTime(parts, now);
  const signedHeaders = parts.signedHeaders.toLowerCase().split(";").sort();
  if (!signedHeaders.includes("host")) {
    throw new WireError(
      INVALID_SIGNATURE,
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  // It names the operation: unsigned, an intermediary could turn a read into a deletion. No other header here
  // means anything that the signature does not cover, and proxies add some of their own, such as CloudFront's `x-amz-cf-id`.
  if (headers.has("x-amz-target") && !signedHeaders.includes("x-amz-target")) {
    throw new WireError(
      INVALID_SIGNATURE,
      "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  if (parts.algorithm !== ALGORITHM) {
    throw new WireError(
      INCOMPLETE_SIGNATURE,
      `Unsupported AWS 'algorithm': '${parts.algorithm}' (only ${ALGORITHM} for now). `,
    );
  }
  // A `Date` header in RFC 1123 form was signed in the basic form.
  const date = /^\d{8}T/.test(parts.date) ? parts.date : basicFormat(parts.epochMilliseconds ?? 0);
  const [keyId, day, region, service] = scopeOf(parts.credential, date, rules);
  return {
    keyId,
    day,
    region,
    service,
    date,
    signedHeaders,
    signature: parts.signature,
    sessionToken: parts.sessionToken,
    headers,
  };
}

function partsOfHeader(authorization: string, headers: CanonicalHeaders): CredentialParts {
  const [algorithm = "", ...pairs] = authorization.split(/[, ]+/);
  let credential = "";
  let signedHeaders = "";
  let signature = "";
  for (const pair of pairs) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    if (equals === -1) {
      throw new WireError(
        INCOMPLETE_SIGNATURE,
        `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${digestOf(authorization)}'.`,
      );
    }
    const value = pair.slice(equals + 1);
    switch (pair.slice(0, equals)) {
      case "Credential":
        credential = value;
        break;
      case "SignedHeaders":
        signedHeaders = value;
        break;
      case "Signature":
        signature = value;
        break;
    }
  }
  const amzDate = headers.get("x-amz-date");
  const date = amzDate ?? headers.get("date") ?? "";

  let missing = "";
  if (credential === "") missing += "Authorization header requires 'Credential' parameter. ";
  if (signature === "") missing += "Authorization header requires 'Signature' parameter. ";
  if (signedHeaders === "") missing += "Authorization header requires 'SignedHeaders' parameter. ";
  if (date === "") {
    missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  if (missing !== "") {
    throw new WireError(
      INCOMPLETE_SIGNATURE,
      `${missing}(Hashed with SHA-256 and encoded with Base64) Authorization=${digestOf(authorization)}`,
    );
  }

  return {
    algorithm,
    credential,
    signedHeaders,
    signature,
    date,
    epochMilliseconds: amzDate === undefined ? parseDateHeader(date) : parseBasicFormat(date),
    sessionToken: headers.get("x-amz-security-token"),
    expires: undefined,
  };
}

/** Replaces the header in messages, which must not repeat it. */
function digestOf(authorization: string): string {
  return hash("sha256", Buffer.from(authorization, "latin1"), "base64");
}

function partsOfQuery(query: ReadonlyMap<string, string>): CredentialParts {
  let missing = "";
  const required = (name: string): string => {
    const value = query.get(name) ?? "";
    if (value === "") missing += `AWS query-string parameters must include '${name}'. `;
    return value;
  };
  const algorithm = required("X-Amz-Algorithm");
  const credential = required("X-Amz-Credential");
  const signature = required("X-Amz-Signature");
  const signedHeaders = required("X-Amz-SignedHeaders");
  const date = required("X-Amz-Date");
  if (missing !== "") {
    throw new WireError(INCOMPLETE_SIGNATURE, `${missing}Re-examine the query-string parameters.`);
  }
  return {
    algorithm,
    credential,
    signedHeaders,
    signature,
    date,
    epochMilliseconds: parseBasicFormat(date),
    sessionToken: query.get("X-Amz-Security-Token"),
    expires: query.get("X-Amz-Expires"),
  };
}

function checkTime(parts: CredentialParts, now: number): void {
  const signedAt = parts.epochMilliseconds;
  if (signedAt === undefined) {
    throw new WireError(
      INCOMPLETE_SIGNATURE,
      `Date must be in ISO-8601 'basic format'. Got '${parts.date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  const windowMilliseconds = WINDOW_MINUTES * 60_000;
  const lifeSeconds = parts.expires === undefined ? WINDOW_MINUTES * 60 : presignedSeconds(parts.expires);
  if (now - signedAt > lifeSeconds * 1000) {
    // The live texts name minutes; a presigned life that is no whole number of them is named in seconds by our choice.
    const life = lifeSeconds % 60 === 0 ? `${lifeSeconds / 60} min.` : `${lifeSeconds} sec.`;
    throw new WireError(
      INVALID_SIGNATURE,
      `Signature expired: ${basicFormat(signedAt)} is now earlier than ${basicFormat(now - lifeSeconds * 1000)} (${basicFormat(now)} - ${life})`,
    );
  }
  if (signedAt - now > windowMilliseconds) {
    throw new WireError(
      INVALID_SIGNATURE,
      `Signature not yet current: ${basicFormat(signedAt)} is still later than ${basicFormat(now + windowMilliseconds)} (${basicFormat(now)} + ${WINDOW_MINUTES} min.)`,
    );
  }
}

/**
 * The seconds that `X-Amz-Expires` asks for.
 *
 * The texts are Amazon S3's, the only ones that AWS documents for this parameter.
 */
function presignedSeconds(expires: string): number {
  if (!/^-?\d+$/.test(expires)) {
    throw new WireError(INCOMPLETE_SIGNATURE, "X-Amz-Expires should be a number");
  }
  const seconds = Number(expires);
  if (seconds < 1) throw new WireError(INCOMPLETE_SIGNATURE, "X-Amz-Expires must be non-negative");
  if (seconds > MAX_PRESIGNED_SECONDS) {
    throw new WireError(
      INCOMPLETE_SIGNATURE,
      `X-Amz-Expires must be less than a week (in seconds) that is ${MAX_PRESIGNED_SECONDS}`,
    );
  }
  return seconds;
}

/** Splits the credential into key id, day, region and service, and holds the last three against what is expected. */
function scopeOf(
  credential: string,
  date: string,
  rules: ScopeRules,
): [keyId: string, day: string, region: string, service: string] {
  const elements = credential.replace(/\/$/, "").split("/");
  const [keyId, day, region, service, terminator] = elements;
  if (elements.length !== 5 || !keyId || !day || !region || !service || !terminator) {
    throw new WireError(
      INCOMPLETE_SIGNATURE,
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  let complaints = "";
  if (!rules.acceptsRegion(region)) {
    complaints += `Credential should be scoped to a valid region, not '${region}'. `;
  }
  if (service !== rules.service) {
    complaints += `Credential should be scoped to correct service: '${rules.service}'. `;
  }
  if (terminator !== TERMINATOR) {
    complaints += `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'. `;
  }
  if (day !== date.slice(0, 8)) {
    complaints += `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${date.slice(0, 8)}', from '${date}'.`;
  }
  if (complaints !== "") throw new WireError(INVALID_SIGNATURE, complaints);
  return [keyId, day, region, service];
}
