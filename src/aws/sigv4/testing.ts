import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { ReceivedRequest } from "../../http/index.ts";

/** The secret of all vectors. */
export const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

class NodeSha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = typeof secret === "string" ? secret : secret && new Uint8Array(asBytes(secret));
    this.#hash = key === undefined ? createHash("sha256") : createHmac("sha256", key);
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === "string" ? data : asBytes(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

function asBytes(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** The request that a test wants signed; the rest has defaults. */
export interface Draft {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string | string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly service: string;
  readonly region?: string;
  readonly keyId?: string;
  readonly secret?: string;
  readonly sessionToken?: string;
  readonly at: number;
}

/** Signs a request as the AWS SDK for JavaScript does, with its own signer. */
export async function signed(draft: Draft): Promise<ReceivedRequest> {
  const request = asHttpRequest(draft);
  return received(await signerOf(draft).sign(request, { signingDate: new Date(draft.at) }));
}

/** Presigns a request with the signer of the AWS SDK for JavaScript. */
export async function presigned(draft: Draft & { expiresIn: number }): Promise<ReceivedRequest> {
  const request = asHttpRequest(draft);
  return received(
    await signerOf(draft).presign(request, {
      signingDate: new Date(draft.at),
      expiresIn: draft.expiresIn,
    }),
  );
}

function signerOf(draft: Draft): SignatureV4 {
  return new SignatureV4({
    service: draft.service,
    region: draft.region ?? "us-east-1",
    sha256: NodeSha256,
    credentials: {
      accessKeyId: draft.keyId ?? "AKIDEXAMPLE",
      secretAccessKey: draft.secret ?? SECRET,
      ...(draft.sessionToken === undefined ? {} : { sessionToken: draft.sessionToken }),
    },
  });
}

interface HttpRequest {
  method: string;
  protocol: string;
  hostname: string;
  port: number;
  path: string;
  query: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body: string;
}

function asHttpRequest(draft: Draft): HttpRequest {
  return {
    method: draft.method ?? "POST",
    protocol: "http:",
    hostname: "localhost",
    port: 9229,
    path: draft.path ?? "/",
    query: { ...draft.query },
    headers: { host: "localhost:9229", ...draft.headers },
    body: draft.body ?? "",
  };
}

/** A signed request as a server receives it. */
function received(request: {
  method: string;
  path: string;
  headers: Record<string, string>;
  query?: Record<string, string | string[] | null>;
  body?: unknown;
}): ReceivedRequest {
  const pairs = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => `${percentEncoded(name)}=${percentEncoded(one ?? "")}`),
  );
  return {
    method: request.method,
    rawPath: request.path,
    rawQuery: pairs.join("&"),
    rawHeaders: Object.entries(request.headers),
    body: Buffer.from(typeof request.body === "string" ? request.body : ""),
  };
}

function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
