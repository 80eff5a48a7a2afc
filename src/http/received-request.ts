import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyRequest } from "fastify";

/**
 * A request exactly as it arrived. Signatures cover bytes, so nothing here may have been decoded, trimmed or rewritten.
 */
export interface ReceivedRequest {
  readonly method: string;
  /** The path before any `?`, still percent-encoded. */
  readonly rawPath: string;
  /** The query string after the `?`, still percent-encoded; empty when there is none. */
  readonly rawQuery: string;
  /** Names and values in the order and case of the wire, one pair for each header line, bytes as Latin-1. */
  readonly rawHeaders: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** The address of the client, for the condition key `aws:SourceIp`. */
  readonly sourceIp?: string | undefined;
  /** Whether TLS, here or at a trusted proxy, carried the request, for the condition key `aws:SecureTransport`. */
  readonly isSecure?: boolean | undefined;
}

declare module "fastify" {
  interface FastifyRequest {
    /** The request as it arrived. */
    received(): ReceivedRequest;
  }
}

/** The first value of a header. @param name in lower case */
export function headerOf(
  { rawHeaders }: Pick<ReceivedRequest, "rawHeaders">,
  name: string,
): string | undefined {
  for (const [rawName, value] of rawHeaders) {
    // Most names have another length, and changing the case of each costs more than the comparison.
    if (rawName.length === name.length && rawName.toLowerCase() === name) return value;
  }
  return undefined;
}

/** Gives every request its method `received`. */
export function decorateWithReceivedRequest(app: FastifyInstance, trustProxy: boolean): void {
  app.decorateRequest("received", function received(this: FastifyRequest) {
    return receivedRequest(this, trustProxy);
  });
}

const NO_BODY = new Uint8Array();

function receivedRequest(request: FastifyRequest, trustProxy: boolean): ReceivedRequest {
  const raw: IncomingMessage = request.raw;
  const url = raw.url ?? "/";
  const question = url.indexOf("?");
  const rawHeaders: [string, string][] = [];
  for (let index = 0; index + 1 < raw.rawHeaders.length; index += 2) {
    const name = raw.rawHeaders[index] ?? "";
    // A proxy that ends TLS may have put its own name here; the client signed the one that it forwards.
    const value = trustProxy && name.toLowerCase() === "host" ? request.host : raw.rawHeaders[index + 1];
    rawHeaders.push([name, value ?? ""]);
  }
  return {
    method: raw.method ?? "GET",
    rawPath: question === -1 ? url : url.slice(0, question),
    rawQuery: question === -1 ? "" : url.slice(question + 1),
    rawHeaders,
    body: request.body instanceof Uint8Array ? request.body : NO_BODY,
    sourceIp: request.ip,
    isSecure: request.protocol === "https",
  };
}
