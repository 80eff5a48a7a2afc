import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** More requests than any client sends ahead on one connection: most send the next one when they have the answer. */
const MAX_PIPELINED_REQUESTS = 64;

/** Ends connections that send request after request and wait for no answer: each of them takes memory until it is answered. */
export function limitPipelining(server: Pick<Server, "on">): void {
  const underWay = new WeakMap<Socket, number>();
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    const count = (underWay.get(socket) ?? 0) + 1;
    underWay.set(socket, count);
    if (count > MAX_PIPELINED_REQUESTS) socket.destroy();
    response.on("close", () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
  });
}

/** While a server stops, Node looks for timeouts no more: a client that never finishes its request would keep it for ever. */
export function endConnectionsAtStop(app: FastifyInstance, afterMilliseconds: number): void {
  let timer: NodeJS.Timeout | undefined;
  app.addHook("preClose", async () => {
    timer = setTimeout(() => app.server.closeAllConnections(), afterMilliseconds);
  });
  app.addHook("onClose", async () => clearTimeout(timer));
}
