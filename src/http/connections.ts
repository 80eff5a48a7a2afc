import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** Most clients send the next request when they have the answer. Each answer that waits for those before it can take 128 KiB. */
const MAX_PIPELINED_REQUESTS = 16;

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

/** Statuses for what Node cannot read as a request, by its error. All others are 400. */
const UNREADABLE: Readonly<Record<string, readonly [status: number, reason: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large"],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "Payload Too Large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout"],
};

/**
 * Answers a request that cannot be parsed, with the header that the connection ends (RFC 9112 §9.6), and ends it.
 * Without the header a proxy would send the next request, of another client, on a connection that is about to be reset.
 */
export function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] = UNREADABLE[code ?? ""] ?? [400, "Bad Request"];
  const body = JSON.stringify({ message: reason });
  const headers = `Connection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
  socket.write(`HTTP/1.1 ${status} ${reason}\r\n${headers}\r\n\r\n${body}`);
  socket.destroySoon();
}

/**
 * While a server stops, Node no longer checks timeouts: a client that never finishes its request would keep it running.
 */
export function endConnectionsAtStop(app: FastifyInstance, afterMilliseconds: number): void {
  let timer: NodeJS.Timeout | undefined;
  app.addHook("preClose", async () => {
    timer = setTimeout(() => app.server.closeAllConnections(), afterMilliseconds);
  });
  app.addHook("onClose", async () => clearTimeout(timer));
}
