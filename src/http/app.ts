import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { ReceivedRequest } from "../aws/sigv4/index.ts";
import type { ControlRequest, ControlResponse } from "../control/index.ts";
import type { Log } from "../log.ts";
import type { DocumentResponse } from "../oauth/index.ts";
import { isLoopbackOrigin, isOwnHost } from "./hosts.ts";

/** The largest body that is read: AWS answers larger ones with the same refusal. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** How long a client may take to send a whole request. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000;

/** How often Node looks for requests whose time is over; by itself it does so every 30 seconds. */
const LOOK_FOR_TIMEOUTS_EVERY_MILLISECONDS = 2_000;

/** More requests than any client sends ahead on one connection: most send the next one when they have the answer. */
const MAX_PIPELINED_REQUESTS = 64;

/** How long a stop waits for answers that are under way. Docker, for one, kills what has not ended after 10 seconds. */
const STOP_WITHIN_MILLISECONDS = 5_000;

export interface SurfaceResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What answers each kind of request; see DESIGN "Surfaces" in docs/architecture.md. */
export interface Surfaces {
  /** `POST /` and its preflight: the user pools API, STS and IAM. */
  readonly aws: (request: ReceivedRequest) => Promise<SurfaceResponse>;
  readonly jwks: (poolId: string) => Promise<DocumentResponse>;
  readonly discovery: (poolId: string) => Promise<DocumentResponse>;
  readonly control: (request: ControlRequest) => Promise<ControlResponse>;
  /** Registers the routes under `/console`. */
  readonly console: (app: FastifyInstance) => void;
}

export interface HttpOptions {
  readonly surfaces: Surfaces;
  readonly log: Log;
  /** Host names, beside loopback ones, that this server answers to. */
  readonly ownHosts: ReadonlySet<string>;
  readonly trustProxy: boolean;
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined;
  /** When a stop cuts off connections that are still busy. Five seconds unless a test says else. */
  readonly stopWithinMilliseconds?: number;
}

/** The one HTTP server, with every surface on it. */
export function createHttpApp(options: HttpOptions): FastifyInstance {
  const { surfaces, log, ownHosts, trustProxy, tls } = options;
  const timeouts = {
    connectionsCheckingInterval: LOOK_FOR_TIMEOUTS_EVERY_MILLISECONDS,
    // Left at Node's own 60 seconds, it would be taken for the time of a whole request, being the longer of the two.
    headersTimeout: REQUEST_TIMEOUT_MILLISECONDS,
  };
  const app: FastifyInstance = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    // One hop: a proxy adds to what its client sent it, so that only the last address is the proxy's own word.
    trustProxy: trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    exposeHeadRoutes: true,
    // Signatures cover the path as it was sent.
    routerOptions: { ignoreTrailingSlash: false },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    ...(tls === undefined
      ? { http: timeouts }
      : { https: { ...timeouts, cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) } }),
  });
  limitPipelining(app);
  endConnectionsAtStop(app, options.stopWithinMilliseconds ?? STOP_WITHIN_MILLISECONDS);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  app.addHook("onRequest", async (request, reply) => {
    if (!isOwnHost(request.host, ownHosts)) {
      return reply
        .code(421)
        .send({ message: `This server does not answer to the name ${request.host}; see the setting hosts.` });
    }
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500)
      log.error({ err: error, requestId: request.id, path: request.url }, "A request failed unexpectedly");
    return reply.code(status).send({ message: status >= 500 ? "Internal server error" : error.message });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: "There is nothing here." }));

  const aws = async (request: FastifyRequest, reply: FastifyReply) => {
    return send(reply, await surfaces.aws(received(request, trustProxy)));
  };
  app.route({ method: ["POST", "OPTIONS"], url: "/", handler: aws });
  app.get("/", (request, reply) => {
    const isBrowser =
      String(request.headers.accept ?? "").includes("text/html") && !request.url.includes("?");
    return isBrowser ? reply.redirect("/console/") : aws(request, reply);
  });

  app.get<{ Params: { poolId: string } }>("/:poolId/.well-known/jwks.json", async (request, reply) =>
    send(reply, await surfaces.jwks(request.params.poolId)),
  );
  app.get<{ Params: { poolId: string } }>(
    "/:poolId/.well-known/openid-configuration",
    async (request, reply) => send(reply, await surfaces.discovery(request.params.poolId)),
  );

  app.route({
    method: ["GET", "POST", "DELETE"],
    url: "/_cognate/*",
    handler: async (request, reply) => {
      const { pathname, searchParams } = new URL(request.url, "http://local");
      const response = await surfaces.control({
        method: request.method === "HEAD" ? "GET" : request.method,
        path: pathname.slice("/_cognate".length),
        query: searchParams,
        body: bodyOf(request),
        isLocal: isOwnHost(request.host, ownHosts) && isLoopbackOrigin(request.headers.origin),
        received: received(request, trustProxy),
      });
      return reply.code(response.status).header("cache-control", "no-store").send(response.body);
    },
  });

  surfaces.console(app);
  return app;
}

/** Ends connections that send request after request and wait for no answer: each of them takes memory until it is answered. */
function limitPipelining(app: FastifyInstance): void {
  const underWay = new WeakMap<Socket, number>();
  app.server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    const count = (underWay.get(socket) ?? 0) + 1;
    underWay.set(socket, count);
    if (count > MAX_PIPELINED_REQUESTS) socket.destroy();
    response.on("close", () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
  });
}

/** While a server stops, Node looks for timeouts no more: a client that never finishes its request would keep it for ever. */
function endConnectionsAtStop(app: FastifyInstance, afterMilliseconds: number): void {
  let timer: NodeJS.Timeout | undefined;
  app.addHook("preClose", async () => {
    timer = setTimeout(() => app.server.closeAllConnections(), afterMilliseconds);
  });
  app.addHook("onClose", async () => clearTimeout(timer));
}

/** No route has a JSON schema; saying so keeps Fastify from loading its compilers for them at every start. */
function noSchemas(): never {
  throw new Error("Routes have no JSON schemas here.");
}

const nothing = new Uint8Array();

function bodyOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : nothing;
}

/** The request as it arrived, which is what a signature covers. */
function received(request: FastifyRequest, trustProxy: boolean): ReceivedRequest {
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
    body: bodyOf(request),
    sourceIp: request.ip,
    isSecure: request.protocol === "https",
  };
}

function send(reply: FastifyReply, response: SurfaceResponse): FastifyReply {
  reply.code(response.status).headers(response.headers);
  if (response.body === "") return reply.send();
  // As bytes: to text Fastify adds a charset, which no answer of AWS names.
  return reply.send(Buffer.from(response.body));
}
