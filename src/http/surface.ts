import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyInstance, FastifyReply } from "fastify";

/**
 * A surface is a Fastify plugin that registers its own routes. Bodies reach it as bytes, `request.received()`
 * is the request as a signature covers it, and hooks and error handlers that it sets hold for its own routes alone.
 */
export type Surface = (app: FastifyInstance) => Promise<void>;

/** An answer in a wire form that the surface has already written. */
export interface SurfaceResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * Sends the answer past Fastify, which would add a charset to the type of text, as no answer of AWS has. Text goes out in one
 * piece with its headers; as bytes it would be a second one.
 */
export function sendResponse(reply: FastifyReply, { status, headers, body }: SurfaceResponse): FastifyReply {
  reply.hijack();
  // Fastify's type allows numbers for every header.
  const ofHooks = reply.getHeaders() as OutgoingHttpHeaders;
  reply.raw.writeHead(status, { ...ofHooks, ...headers, "Content-Length": Buffer.byteLength(body) });
  reply.raw.end(body);
  return reply;
}
