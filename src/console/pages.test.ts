import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttpApp } from "../http/index.ts";
import { silentLog } from "../log.ts";
import { consolePages } from "./pages.ts";

function appOf(folder: string): FastifyInstance {
  return createHttpApp({
    log: silentLog,
    isOwnHost: () => false,
    trustProxy: false,
    surfaces: [
      async (app) => {
        await app.register(consolePages(folder), { prefix: "/console" });
      },
    ],
  });
}

describe("the console's files", () => {
  let parent: string;
  let app: FastifyInstance;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), "cognate-console-"));
    const folder = join(parent, "console");
    await mkdir(join(folder, "assets"), { recursive: true });
    await writeFile(join(folder, "index.html"), "<!doctype html>");
    await writeFile(join(folder, "assets", "index-abc.js"), "export {}");
    await writeFile(join(folder, "assets", "index-abc.js.br"), "brotli");
    await writeFile(join(folder, "assets", "index-abc.js.gz"), "gzip");
    await writeFile(join(parent, "secret.js"), "secret");
    app = appOf(folder);
  });
  afterAll(async () => {
    await app.close();
    await rm(parent, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    app.inject({ url: `/console/${path}`, headers: { host: "localhost", ...headers } });

  it.each(["", "user-pools", "user-pools/us-east-1_abc/users/detail/jane.doe"])(
    "answers the application's address /console/%s with the page",
    async (path) => {
      const file = await get(path);
      expect(file.statusCode).toBe(200);
      expect(file.headers).toMatchObject({
        "cache-control": "no-cache",
        "content-type": "text/html; charset=utf-8",
        "content-security-policy":
          "default-src 'self';img-src 'self' data:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
      expect(file.body).toBe("<!doctype html>");
    },
  );

  it("lets clients cache files with a hash in their name without limit", async () => {
    const { headers } = await get("assets/index-abc.js");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers["content-type"]).toMatch(/^(text|application)\/javascript; charset=utf-8$/);
  });

  it.each([
    ["br, gzip", "brotli", "br"],
    ["gzip, br;q=0", "gzip", "gzip"],
    ["identity", "export {}", undefined],
  ])("answers in the encoding that the client accepts: %s", async (accepted, body, encoding) => {
    const file = await get("assets/index-abc.js", { "accept-encoding": accepted });
    expect(file.body).toBe(body);
    expect(file.headers["content-encoding"]).toBe(encoding);
  });

  it("answers 304 to a client that has the file", async () => {
    const { headers } = await get("");
    const again = await get("", { "if-none-match": String(headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
  });

  it.each([
    ["../secret.js", 404],
    ["assets/../../secret.js", 404],
    ["assets/..\\secret.js", 404],
    // For the router this is one name, and so an address of the application.
    ["..%2fsecret.js", 200],
  ])("sends no file outside of the folder for %s", async (path, status) => {
    const { statusCode, body } = await get(path);
    expect(statusCode).toBe(status);
    expect(body).not.toContain("secret");
  });

  it("answers 404 for a missing file", async () => {
    expect((await get("assets/gone-123.js")).statusCode).toBe(404);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const)(
    "answers 404 to the method %s",
    async (method) => {
      const answer = await app.inject({ method, url: "/console/user-pools", headers: { host: "localhost" } });
      expect(answer.statusCode).toBe(404);
    },
  );

  it("shows the build command when the console is not built", async () => {
    const empty = appOf(join(parent, "nowhere"));
    const page = await empty.inject({ url: "/console/", headers: { host: "localhost" } });
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain("npm run build:console");
    await empty.close();
  });
});
