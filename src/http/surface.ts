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

export function sendResponse(reply: FastifyReply, response: SurfaceResponse): FastifyReply {
  reply.code(response.status).headers(response.headers);
  if (response.body === "") return reply.send();
  // As bytes: to text Fastify adds a charset, which no answer of AWS names.
  return reply.send(Buffer.from(response.body));
}
