/**
 * Presigned URLs for uploads, signed as S3's are: Signature Version 4 in the query, over the path, the host and
 * `x-amz-server-side-encryption`. A URL follows from the job, so that later answers can show it again.
 *
 * @see Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)"
 */
import { createHmac, hash } from "node:crypto";
import { isoSeconds } from "../../clock.ts";
import { equalSecrets } from "../../crypto/index.ts";
import { regionOf } from "../../pool-ids.ts";
import { basicFormat, parseBasicFormat, SigningKeys } from "../sigv4/index.ts";

/** Recorded: 15 minutes, less a second. */
const EXPIRES_SECONDS = 899;

const BUCKET_PREFIX = "aws-cognito-idp-user-import";

/** A job, with the time it was created at. */
export interface UploadTarget {
  readonly poolId: string;
  readonly id: string;
  readonly createdAt: number;
}

export type UploadRefusal = {
  readonly code: "AccessDenied" | "SignatureDoesNotMatch";
  readonly message: string;
  readonly details?: Readonly<Record<string, string>>;
};

export interface UploadUrls {
  urlOf(target: UploadTarget): string;
  /** Why the URL is refused; undefined when it is good. */
  refusalOf(
    path: string,
    query: URLSearchParams,
    encryption: string | undefined,
    now: number,
  ): UploadRefusal | undefined;
  /** The pool and the job that a path names. */
  targetOf(path: string): { poolId: string; jobId: string } | undefined;
}

export function createUploadUrls({
  baseUrl,
  accountId,
  key,
}: {
  baseUrl: () => string;
  accountId: string;
  key: Uint8Array;
}): UploadUrls {
  const secret = Buffer.from(key).toString("base64url");
  const keyId = `ASIA${hash("sha256", secret, "hex").slice(0, 16).toUpperCase()}`;
  const signingKeys = new SigningKeys();
  // Not the Host header: a proxy, or a container's name for this server, is no reason to refuse what was signed here.
  const host = () => new URL(baseUrl()).host;

  function signatureOf(path: string, date: string, region: string, encryption: string): string {
    const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
    const query = new URLSearchParams(parametersOf(date, scope));
    query.sort();
    const request = [
      "PUT",
      path,
      query.toString(),
      `host:${host()}`,
      `x-amz-server-side-encryption:${encryption.trim()}`,
      "",
      "host;x-amz-server-side-encryption",
      "UNSIGNED-PAYLOAD",
    ].join("\n");
    const text = ["AWS4-HMAC-SHA256", date, scope, hash("sha256", request, "hex")].join("\n");
    const signingKey = signingKeys.get(keyId, secret, date.slice(0, 8), region, "s3");
    return createHmac("sha256", signingKey).update(text).digest("hex");
  }

  function parametersOf(date: string, scope: string): Record<string, string> {
    return {
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Date": date,
      "X-Amz-SignedHeaders": "host;x-amz-server-side-encryption",
      "X-Amz-Expires": String(EXPIRES_SECONDS),
      "X-Amz-Credential": `${keyId}/${scope}`,
    };
  }

  return {
    urlOf({ poolId, id, createdAt }) {
      const region = regionOf(poolId);
      const date = basicFormat(createdAt);
      const path = `/${BUCKET_PREFIX}-${region}/${accountId}/${poolId}/${id}`;
      const query = new URLSearchParams(parametersOf(date, `${date.slice(0, 8)}/${region}/s3/aws4_request`));
      query.set("X-Amz-Signature", signatureOf(path, date, region, "aws:kms"));
      return `${baseUrl()}${path}?${query}`;
    },

    refusalOf(path, query, encryption, now) {
      const given = query.get("X-Amz-Signature");
      const date = query.get("X-Amz-Date") ?? "";
      const signedAt = parseBasicFormat(date);
      const target = this.targetOf(path);
      if (given === null || signedAt === undefined || !target)
        return { code: "AccessDenied", message: "Access Denied" };
      const region = regionOf(target.poolId);
      const expected = parametersOf(date, `${date.slice(0, 8)}/${region}/s3/aws4_request`);
      const isAsSigned = Object.entries(expected).every(([name, value]) => query.get(name) === value);
      const signature = signatureOf(path, date, region, encryption ?? "");
      const isRight = isAsSigned && [...query.keys()].length === 6 && equalSecrets(given, signature);
      if (!isRight) {
        return {
          code: "SignatureDoesNotMatch",
          message:
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        };
      }
      const expiresAt = signedAt + EXPIRES_SECONDS * 1000;
      if (now >= expiresAt) {
        return {
          code: "AccessDenied",
          message: "Request has expired",
          details: {
            "X-Amz-Expires": String(EXPIRES_SECONDS),
            Expires: isoSeconds(expiresAt),
            ServerTime: isoSeconds(now),
          },
        };
      }
      return undefined;
    },

    targetOf(path) {
      const [, bucket, account, poolId = "", jobId = "", ...rest] = path.split("/");
      const isHere = bucket === `${BUCKET_PREFIX}-${regionOf(poolId)}` && account === accountId;
      return isHere && rest.length === 0 ? { poolId, jobId } : undefined;
    },
  };
}
