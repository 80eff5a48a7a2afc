import { extname } from "node:path";
import helmet from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Surface } from "../http/index.ts";

/** File names that the build makes. */
const FILE_NAME = /^(?:assets\/)?[\w-][\w.-]*$/;
const FILE_TYPES = new Set([".css", ".html", ".js", ".svg", ".txt", ".woff2"]);

/**
 * The console's files. Assets have a hash of their content in their name and can be cached without limit. Every other
 * path is a page of the application, for which index.html is sent. The build stores compressed copies beside each file.
 */
export function consolePages(folder: string): Surface {
  return async (app) => {
    await app.register(helmet, {
      // Everything from this origin, nothing from elsewhere, no inline script or style, never in a frame.
      // See OWASP ASVS 5.0 3.4.3, 3.4.6.
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", "data:"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      frameguard: { action: "deny" },
      // The HTTP server sends it, for every surface.
      strictTransportSecurity: false,
    });
    // Helmet has none of these.
    app.addHook("onRequest", async (_request, reply) => {
      reply.header("permissions-policy", "camera=(), geolocation=(), microphone=()");
    });
    await app.register(fastifyStatic, {
      root: folder,
      serve: false,
      preCompressed: true,
      cacheControl: false,
      lastModified: false,
    });
    app.setNotFoundHandler((request, reply) =>
      isFile(pathOf(request)) || request.method !== "GET"
        ? reply.code(404).type("text/plain; charset=utf-8").send("There is no such file.")
        : sayNotBuilt(reply),
    );
    app.get("/*", (request, reply) => {
      const path = pathOf(request);
      if (!isFile(path)) return reply.header("cache-control", "no-cache").sendFile("index.html");
      const isHashed = path.startsWith("assets/");
      return reply
        .header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache")
        .sendFile(path);
    });
  };
}

function pathOf(request: FastifyRequest): string {
  return (request.params as { "*"?: string })["*"] ?? "";
}

function isFile(path: string): boolean {
  return FILE_NAME.test(path) && FILE_TYPES.has(extname(path));
}

function sayNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .headers({ "cache-control": "no-store", "retry-after": "3" })
    .type("text/html; charset=utf-8")
    .send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="3">
<title>Cognate console</title>
<h1>The console is not built yet</h1>
<p>If <code>npm start</code> is building it now, this page shows it in a moment. Otherwise run <code>npm run build:console</code>.</p>
`);
}
