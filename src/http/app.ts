import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "node:https";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Log } from "../log.ts";
import { isLoopback } from "../loopback.ts";
import { BODY_LIMIT_BYTES, type BodyBudget, createBodyBudget, readBodiesAsBytes } from "./bodies.ts";
import { endConnectionsAtStop, limitPipelining, refuseUnreadable } from "./connections.ts";
import { handOver } from "./hand-over.ts";
import { type HostLookup, isOwnHost, namesSeveralHosts } from "./hosts.ts";
import { decorateWithReceivedRequest } from "./received-request.ts";
import type { Surface } from "./surface.ts";

/** How long a client may take to send a whole request. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000;

/** How long a connection lives on which no byte moves, such as that of a client that does not read its answer. */
const CONNECTION_TIMEOUT_MILLISECONDS = 120_000;

/** How often Node looks for requests whose time is over; by itself it does so every 30 seconds. */
const LOOK_FOR_TIMEOUTS_EVERY_MILLISECONDS = 2_000;

/** How long a stop waits for answers that are under way. Docker, for example, kills a container 10 seconds after its stop. */
export const STOP_WITHIN_MILLISECONDS = 5_000;

/** TLS 1.3's own, and of TLS 1.2 those with forward secrecy and authenticated encryption (RFC 9325 §4.2). */
export const TLS_CIPHERS = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_128_GCM_SHA256",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
].join(":");

/** Gives another server that sends its requests to the app the same limits. */
export function prepareServer(server: Server): void {
  server.headersTimeout = REQUEST_TIMEOUT_MILLISECONDS;
  server.requestTimeout = REQUEST_TIMEOUT_MILLISECONDS;
  server.timeout = CONNECTION_TIMEOUT_MILLISECONDS;
  limitPipelining(server);
}

/** A request that has been answered. */
export interface Answered {
  readonly method: string;
  /** The pattern of its path; undefined when there is nothing at its path. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface HttpOptions {
  readonly surfaces: readonly Surface[];
  readonly log: Log;
  /** Whether this server answers to a host name that is not a loopback one. */
  readonly isOwnHost: HostLookup;
  readonly trustProxy: boolean;
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined;
  /** Which app answers instead of this one, if the server can be replaced while it listens. */
  readonly admit?: Admission | undefined;
  /** Called after each answer. */
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
  /** When a stop cuts off connections that are still busy. Five seconds except in tests. */
  readonly stopWithinMilliseconds?: number;
}

/** Calls `enter`, at once or later, with the app that answers the request; undefined is the app that received it. */
export type Admission = (
  request: IncomingMessage,
  response: ServerResponse,
  enter: (app: FastifyInstance | undefined) => void,
) => void;

declare module "fastify" {
  interface FastifyContextConfig {
    /** For a route whose answer is the same for everybody: health checks name the server by its address. */
    readonly answersToAnyHost?: boolean;
  }
  interface FastifyRequest {
    /** Whether another app answers it. */
    isHandedOver: boolean;
  }
  interface FastifyInstance {
    /** Makes an app of one surface, to which this app hands requests over once it has judged their host. */
    appOf(surface: Surface): FastifyInstance;
  }
}

/** The one HTTP server, with every surface on it. */
export function createHttpApp(options: HttpOptions): FastifyInstance {
  const budget = createBodyBudget();
  const app = newApp(options, budget);
  limitPipelining(app.server);
  endConnectionsAtStop(app, options.stopWithinMilliseconds ?? STOP_WITHIN_MILLISECONDS);
  if (options.admit !== undefined) admitRequests(app, options.admit);
  refuseOtherHosts(app, options.isOwnHost);
  insistOnTls(app);
  for (const surface of options.surfaces) app.register(surface);
  return app;
}

/** Before everything else, because nothing of an app that was replaced may judge a request. */
function admitRequests(app: FastifyInstance, admit: Admission): void {
  app.addHook("onRequest", (request, reply, done) => {
    admit(request.raw, reply.raw, (other) => {
      if (other === undefined) done();
      else handOver(request, reply, other);
    });
  });
}

/** An app with the limits and answers that hold for every surface. */
function newApp(options: HttpOptions, budget: BodyBudget): FastifyInstance {
  const { trustProxy, tls } = options;
  const timeouts = {
    connectionsCheckingInterval: LOOK_FOR_TIMEOUTS_EVERY_MILLISECONDS,
    // Left at Node's own 60 seconds, it would be taken for the time of a whole request, being the longer of the two.
    headersTimeout: REQUEST_TIMEOUT_MILLISECONDS,
  };
  const app: FastifyInstance = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    clientErrorHandler: refuseUnreadable,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    connectionTimeout: CONNECTION_TIMEOUT_MILLISECONDS,
    // One hop: a proxy adds to what its client sent it, so that only the last address is from the proxy itself.
    trustProxy: trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    exposeHeadRoutes: true,
    rewriteUrl: ({ url = "/" }) => withDecodablePath(url),
    // Signatures cover the path as it was sent.
    routerOptions: { ignoreTrailingSlash: false },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    ...(tls === undefined
      ? { http: timeouts }
      : {
          https: {
            ...timeouts,
            cert: Buffer.from(tls.cert),
            key: Buffer.from(tls.key),
            ciphers: TLS_CIPHERS,
          },
        }),
  });
  readBodiesAsBytes(app, budget);
  decorateWithReceivedRequest(app, trustProxy);
  app.decorateRequest("isHandedOver", false);
  answerErrorsAsJson(app, options.log);
  if (options.onAnswered !== undefined) tellAnswers(app, options.onAnswered);
  app.decorate("appOf", (surface: Surface) => {
    const part = newApp({ ...options, tls: undefined }, budget);
    insistOnTls(part);
    part.register(surface);
    return part;
  });
  return app;
}

/**
 * Escapes the percent signs of a path that cannot be decoded, so that a surface answers as for any other unknown path. Fastify
 * would answer in a form of its own, before the host is judged.
 */
function withDecodablePath(url: string): string {
  if (!url.includes("%")) return url;
  const [path = ""] = url.split("?", 1);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll("%", "%25") + url.slice(path.length);
  }
}

const SCHEMES: ReadonlySet<string> = new Set(["http", "https"]);

function refuseOtherHosts(app: FastifyInstance, lookup: HostLookup): void {
  // With callbacks, here and in the other hooks that every request passes: an async hook costs a turn of promises each.
  app.addHook("onRequest", (request, reply, done) => {
    const settle = (isOwn: boolean) => {
      if (isOwn) return done();
      const message = `This server does not answer to the name ${request.host}; see the setting hosts.`;
      reply.code(421).send({ message });
    };
    if (namesSeveralHosts(request.raw))
      return reply.code(400).send({ message: "The request names several hosts." });
    // Addresses in answers begin with it.
    if (!SCHEMES.has(request.protocol)) {
      return reply.code(400).send({ message: "X-Forwarded-Proto must be http or https." });
    }
    if (request.routeOptions.config.answersToAnyHost) return done();
    const isOwn = isOwnHost(request.host, lookup);
    if (typeof isOwn === "boolean") settle(isOwn);
    else isOwn.then(settle, done);
  });
}

/**
 * Tells browsers on TLS connections to use TLS for a year (RFC 6797). Not under loopback names, because other programs
 * of this machine use plain HTTP on other ports.
 */
function insistOnTls(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    if (request.protocol === "https" && !isLoopback(request.hostname)) {
      reply.header("strict-transport-security", "max-age=31536000");
    }
    done();
  });
}

function tellAnswers(app: FastifyInstance, onAnswered: (answered: Answered) => void): void {
  app.addHook("onResponse", (request, reply, done) => {
    if (!request.isHandedOver) {
      onAnswered({
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        seconds: reply.elapsedTime / 1000,
        request,
        reply,
      });
    }
    done();
  });
}

/** Whether the client closed the connection before all of its request had arrived. */
const isBrokenOff = ({ complete, destroyed }: IncomingMessage) => destroyed && !complete;

/** For errors that no surface answers in its own format. */
function answerErrorsAsJson(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 500 && !isBrokenOff(request.raw)) {
      // Without the query, in which codes, tokens and signatures travel.
      const path = request.url.replace(/\?.*/s, "");
      log.error({ err: error, requestId: request.id, path }, "A request failed unexpectedly");
    }
    return reply.code(status).send({ message: status === 500 ? "Internal server error" : error.message });
  });
  app.setNotFoundHandler(({ headers }, reply) => {
    const isCall = headers["x-amz-target"] !== undefined || headers.authorization?.startsWith("AWS4-");
    const message = isCall ? API_ELSEWHERE : "There is nothing here.";
    return reply.code(404).send({ message });
  });
}

/** SDKs show it. A signature covers the path, so that a proxy cannot put the APIs under another one. */
const API_ELSEWHERE =
  "There is nothing here. The endpoint must be the root of this server's URL: give the client one without a path.";

/** No route has a JSON schema; saying so keeps Fastify from loading its compilers for them at every start. */
function noSchemas(): never {
  throw new Error("Routes have no JSON schemas here.");
}
