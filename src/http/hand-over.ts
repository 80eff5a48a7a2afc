import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Lets another app answer a request of which no more than the head was read. */
export function handOver(request: FastifyRequest, reply: FastifyReply, { routing }: FastifyInstance): void {
  request.isHandedOver = true;
  reply.hijack();
  routing(request.raw, reply.raw);
}
