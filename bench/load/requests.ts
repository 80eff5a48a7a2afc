import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";
import type { Access } from "../subjects/target.ts";

/** Writes the bytes of requests to one server. */
export interface RequestWriter {
  /** For the operations that Cognito takes without a signature. */
  unsigned(operation: string, input: object): Buffer;
  /** Signed now; good for the five minutes that a signature lives, however often it is sent. */
  signed(operation: string, input: object): Buffer;
}

const SIGNED_HEADERS = "content-type;host;x-amz-date;x-amz-target";
const CONTENT_TYPE = "application/x-amz-json-1.1";

/** @see AWS IAM User Guide, "Create a signed AWS API request" */
export function requestWriter({ port, region, accessKeyId, secretAccessKey }: Access): RequestWriter {
  const host = `127.0.0.1:${port}`;
  let keyDate = "";
  let signingKey: KeyObject | undefined;

  function signingKeyOf(date: string): KeyObject {
    if (signingKey === undefined || date !== keyDate) {
      const steps = [date, region, "cognito-idp", "aws4_request"];
      // As a key object: Node 24 takes five times as long to begin with a key in bytes.
      signingKey = createSecretKey(steps.reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`)));
      keyDate = date;
    }
    return signingKey;
  }

  function write(operation: string, body: string, moreHeaders: string): Buffer {
    return Buffer.from(
      `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${CONTENT_TYPE}\r\n` +
        `X-Amz-Target: AWSCognitoIdentityProviderService.${operation}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n${moreHeaders}\r\n${body}`,
    );
  }

  return {
    unsigned: (operation, input) => write(operation, JSON.stringify(input), ""),

    signed(operation, input) {
      const body = JSON.stringify(input);
      const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
      const date = time.slice(0, 8);
      const canonicalRequest =
        `POST\n/\n\ncontent-type:${CONTENT_TYPE}\nhost:${host}\nx-amz-date:${time}\n` +
        `x-amz-target:AWSCognitoIdentityProviderService.${operation}\n\n${SIGNED_HEADERS}\n${hash("sha256", body)}`;
      const scope = `${date}/${region}/cognito-idp/aws4_request`;
      const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash("sha256", canonicalRequest)}`;
      const signature = hmac(signingKeyOf(date), toSign).toString("hex");
      return write(
        operation,
        body,
        `X-Amz-Date: ${time}\r\nAuthorization: AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, ` +
          `SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}\r\n`,
      );
    },
  };
}

function hmac(key: Buffer | KeyObject, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
