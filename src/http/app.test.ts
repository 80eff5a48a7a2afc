import type { IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { silentLog } from "../log.ts";
import { createHttpApp, type HttpOptions } from "./app.ts";
import type { ReceivedRequest } from "./received-request.ts";

/** An app with one surface that answers `POST /`. */
function appWith(
  answer: (request: ReceivedRequest) => Promise<string>,
  more: Partial<HttpOptions> = {},
): FastifyInstance {
  return createHttpApp({
    log: silentLog,
    isOwnHost: (name) => name === "login.example.com",
    trustProxy: false,
    surfaces: [
      async (app) => {
        app.post("/", (request) => answer(request.received()));
      },
    ],
    ...more,
  });
}

/** The request that a surface is given when one arrives with some headers. */
async function receivedOf(headers: Record<string, string>, trustProxy: boolean): Promise<ReceivedRequest> {
  let seen: ReceivedRequest | undefined;
  const app = appWith(
    async (request) => {
      seen = request;
      return "";
    },
    { trustProxy },
  );
  await app.inject({ method: "POST", url: "/", headers, remoteAddress: "10.0.0.2" });
  await app.close();
  if (seen === undefined) throw new Error("The request did not arrive.");
  return seen;
}

async function connectTo(
  app: FastifyInstance,
): Promise<{ socket: Socket; text: () => string; closed: Promise<void> }> {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  socket.on("error", () => undefined);
  const closed = new Promise<void>((done) => socket.on("close", () => done()));
  await new Promise<void>((connected) => socket.on("connect", () => connected()));
  return { socket, text: () => text, closed };
}
const listen = (app: FastifyInstance) => app.listen({ host: "127.0.0.1", port: 0 });

describe("address of a client", () => {
  const forwarded = {
    host: "localhost",
    "x-forwarded-for": "6.6.6.6, 203.0.113.7",
    "x-forwarded-host": "evil.example, login.example.com",
    "x-forwarded-proto": "http, https",
  };
  const hostOf = ({ rawHeaders }: ReceivedRequest) =>
    rawHeaders.find(([name]) => name.toLowerCase() === "host")?.[1];

  it("is taken from the proxy, not from the header of the proxy's client", async () => {
    const request = await receivedOf(forwarded, true);
    expect([request.sourceIp, hostOf(request), request.isSecure]).toEqual([
      "203.0.113.7",
      "login.example.com",
      true,
    ]);
  });

  it.each(["javascript", "https://evil.example/", "HTTP"])("cannot have the scheme %s", async (scheme) => {
    const app = appWith(async () => "ok", { trustProxy: true });
    const headers = { ...forwarded, "x-forwarded-proto": scheme };
    expect((await app.inject({ method: "POST", url: "/", headers })).statusCode).toBe(400);
    await app.close();
  });

  it("is the connection's address when no proxy is trusted", async () => {
    const request = await receivedOf(forwarded, false);
    expect([request.sourceIp, hostOf(request), request.isSecure]).toEqual(["10.0.0.2", "localhost", false]);
  });
});

describe("Strict-Transport-Security", () => {
  it.each([
    ["is sent over TLS", "login.example.com", "https", "max-age=31536000"],
    ["is not sent over plain HTTP", "login.example.com", "http", undefined],
    [
      "is not sent under a loopback name, because its other ports use plain HTTP",
      "localhost",
      "https",
      undefined,
    ],
  ])("%s", async (_, host, protocol, expected) => {
    const app = appWith(async () => "ok", { trustProxy: true, isOwnHost: () => true });
    const headers = { host, "x-forwarded-proto": protocol };
    const answer = await app.inject({ method: "POST", url: "/", headers });
    expect(answer.headers["strict-transport-security"]).toBe(expected);
    await app.close();
  });
});

describe("a call of the APIs below a path", () => {
  it.each([
    { "x-amz-target": "AWSCognitoIdentityProviderService.ListUserPools" },
    { authorization: "AWS4-HMAC-SHA256 …" },
  ])("is told where the APIs are, with %j", async (headers) => {
    const app = appWith(async () => "ok");
    const answer = await app.inject({ method: "POST", url: "/prefix/", headers });
    expect([answer.statusCode, answer.json()]).toEqual([
      404,
      {
        message:
          "There is nothing here. The endpoint must be the root of this server's URL: give the client one without a path.",
      },
    ]);
    await app.close();
  });
});

describe("a path that cannot be decoded", () => {
  const target = "/%zz%2F?code=%zz";

  it("is answered as any other path that a surface does not know", async () => {
    const app = appWith(async () => "ok");
    const answer = await app.inject({ method: "POST", url: target });
    expect([answer.statusCode, answer.json()]).toEqual([404, { message: "There is nothing here." }]);
    await app.close();
  });

  it("reaches a surface that takes it for a parameter, its percent signs as characters", async () => {
    const app = appWith(async () => "", {
      surfaces: [
        async (app) => {
          app.get("/:poolId", ({ params, query }) => ({ params, query }));
        },
      ],
    });
    const answer = await app.inject({ url: target });
    expect(answer.json()).toEqual({ params: { poolId: "%zz%2F" }, query: { code: "%zz" } });
    await app.close();
  });

  it("tells nothing to another host", async () => {
    const app = appWith(async () => "ok");
    const answer = await app.inject({ url: target, headers: { host: "evil.example" } });
    expect(answer.statusCode).toBe(421);
    await app.close();
  });
});

describe("host names of a server", () => {
  it("can be added while it runs", async () => {
    const names = new Set<string>();
    const app = appWith(async () => "ok", { isOwnHost: async (name) => names.has(name) });
    const post = () => app.inject({ method: "POST", url: "/", headers: { host: "auth.example.com:9229" } });
    expect((await post()).statusCode).toBe(421);
    names.add("auth.example.com");
    expect((await post()).statusCode).toBe(200);
    await app.close();
  });

  it.each([
    ["a request with two Host headers", 400, "POST /", "Host: localhost\r\nHost: login.example.com"],
    ["a request with the same Host header twice", 400, "POST /", "Host: localhost\r\nhost: localhost"],
    ["a target with another host than the Host header", 400, "POST http://evil.example/", "Host: localhost"],
    ["a target with another port than the Host header", 400, "POST http://localhost:1/", "Host: localhost"],
    ["a target with the host of the Host header", 200, "POST http://LOCALHOST/", "Host: localhost"],
  ])("gets for %s status %i", async (_, status, line, hosts) => {
    const app = appWith(async () => "");
    await listen(app);
    const client = await connectTo(app);
    client.socket.write(`${line} HTTP/1.1\r\n${hosts}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    await client.closed;
    expect(client.text()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await app.close();
  });
});

describe("bodies", () => {
  const post = async (payload: Buffer<ArrayBuffer>, headers = {}) => {
    const app = appWith(async ({ body }) => String(body.byteLength));
    await listen(app);
    const { port } = app.server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: payload, headers });
    const seen = [answer.status, await answer.text()];
    await app.close();
    return seen;
  };

  it("are read up to 1 MiB with any content type", async () => {
    expect(await post(Buffer.alloc(1024 * 1024), { "content-type": "text/x-own" })).toEqual([200, "1048576"]);
  });

  it("are rejected above 1 MiB with an answer that the client can read", async () => {
    expect(await post(Buffer.alloc(3 * 1024 * 1024))).toEqual([
      413,
      '{"message":"Request size exceeded 1048576 bytes"}',
    ]);
  });

  it("are read up to 2 MiB for operations that upload images of a managed login style", async () => {
    const target = { "x-amz-target": "AWSCognitoIdentityProviderService.CreateManagedLoginBranding" };
    expect(await post(Buffer.alloc(2 * 1024 * 1024), target)).toEqual([200, "2097152"]);
    expect((await post(Buffer.alloc(2 * 1024 * 1024 + 1), target))[0]).toBe(413);
    const other = { "x-amz-target": "AWSCognitoIdentityProviderService.SignUp" };
    expect((await post(Buffer.alloc(2 * 1024 * 1024), other))[0]).toBe(413);
  });

  it("cause no error in the log if the client ends the connection within one", async () => {
    const logged: unknown[] = [];
    const noticed = Promise.withResolvers<number>();
    const app = appWith(async () => "ok", {
      log: { ...silentLog, error: (...entry: unknown[]) => void logged.push(entry) },
    });
    app.addHook("onError", async (_request, _reply, error) => noticed.resolve(error.statusCode ?? 500));
    await listen(app);
    const { socket } = await connectTo(app);
    socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf");
    app.server.once("request", () => socket.destroy());
    expect(await noticed.promise).toBe(413);
    await app.close();
    expect(logged).toEqual([]);
  });

  it("take 64 MiB together while they arrive, and the largest is refused for more", async () => {
    const app = appWith(async () => "ok");
    await listen(app);
    let arrived = 0;
    app.server.on("request", (request: IncomingMessage) =>
      request.on("data", ({ length }: Buffer) => {
        arrived += length;
      }),
    );
    const head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\n\r\n";
    const megabyte = "a".repeat(1024 * 1024);
    const unfinished = await Promise.all(Array.from({ length: 64 }, () => connectTo(app)));
    const [largest, ...others] = unfinished;
    largest?.socket.write(head + megabyte.slice(1));
    for (const { socket } of others) socket.write(head + megabyte.slice(2));
    await expect.poll(() => arrived).toBe(64 * 1024 * 1024 - 1 - 63 * 2);

    const { port } = app.server.address() as AddressInfo;
    const small = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "a".repeat(4096) });
    expect(small.status).toBe(200);
    for (const { socket } of unfinished) socket.write("a");
    await expect.poll(() => largest?.text()).toMatch(/^HTTP\/1.1 503 /);
    for (const { socket } of unfinished) socket.destroy();
    await app.close();
  });
});

describe("connections", () => {
  it("have 30 seconds for a request, because Node uses the longer of its two timeouts", async () => {
    const app = appWith(async () => "");
    expect([app.server.requestTimeout, app.server.headersTimeout]).toEqual([30_000, 30_000]);
    await app.close();
  });

  it("are closed when no byte has moved for two minutes, also while a client does not read its answer", async () => {
    const app = appWith(async () => "");
    expect(app.server.timeout).toBe(120_000);
    await app.close();
  });

  it("may pipeline 16 requests, and are closed when they pipeline more", async () => {
    const app = appWith(async () => "");
    await listen(app);
    const request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
    const some = await connectTo(app);
    const answered = new Promise<void>((done) =>
      some.socket.on("data", () => {
        if (some.text().split("HTTP/1.1 200 OK").length === 17) done();
      }),
    );
    some.socket.write(request.repeat(16));
    await answered;
    const many = await connectTo(app);
    many.socket.write(request.repeat(17));
    await many.closed;
    some.socket.destroy();
    await app.close();
  });
});

describe("a request that cannot be parsed", () => {
  it.each([
    [
      431,
      "headers of more than 16 KiB",
      `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`,
    ],
    [
      400,
      "two Content-Length headers",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    ],
    [400, "the start of a TLS handshake", "\u0016\u0003\u0001\u0002\u0000\u0001"],
  ])("gets status %i and Connection: close for %s", async (status, _, bytes) => {
    const app = appWith(async () => "");
    await listen(app);
    const client = await connectTo(app);
    client.socket.write(Buffer.from(bytes, "latin1"));
    await client.closed;
    expect(client.text()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*\\r\\nConnection: close\\r\\n`));
    await app.close();
  });
});

describe("a server that is stopped", () => {
  it("answers the requests in progress", async () => {
    const { promise: underWay, resolve: arrived } = Promise.withResolvers<void>();
    const { promise: answer, resolve: finish } = Promise.withResolvers<string>();
    const app = appWith(() => {
      arrived();
      return answer;
    });
    await listen(app);
    const client = await connectTo(app);
    client.socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    await underWay;
    const stopped = app.close();
    finish("done");
    await stopped;
    await client.closed;
    expect(client.text()).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*done$/);
  });

  it("does not wait for clients that send no request or half of one", async () => {
    const app = appWith(async () => "", { stopWithinMilliseconds: 20 });
    await listen(app);
    const slow = await connectTo(app);
    slow.socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx");
    const idle = await connectTo(app);
    await app.close();
    await Promise.all([slow.closed, idle.closed]);
  });
});

describe("the log of requests that fail unexpectedly", () => {
  /** @param entries collects what is logged */
  const failing = (entries: object[], work: (app: FastifyInstance) => void) =>
    createHttpApp({
      log: { ...silentLog, error: (fields, message) => void entries.push({ ...fields, message }) },
      isOwnHost: () => true,
      trustProxy: false,
      surfaces: [async (app) => work(app)],
    });

  it("names the path without its query, which can hold secrets", async () => {
    const entries: object[] = [];
    const app = failing(entries, (surface) => {
      surface.get("/callback", async () => {
        throw new Error("A defect.");
      });
    });
    expect((await app.inject("/callback?code=secret")).statusCode).toBe(500);
    expect(entries).toMatchObject([{ path: "/callback", message: "A request failed unexpectedly" }]);
    await app.close();
  });

  it("contains no entry for a request whose client disconnects while it sends", async () => {
    const entries: object[] = [];
    const { promise: hasBegun, resolve: begun } = Promise.withResolvers<void>();
    const { promise: isOver, resolve: ended } = Promise.withResolvers<void>();
    const app = failing(entries, (surface) => {
      surface.removeAllContentTypeParsers();
      surface.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
      surface.put("/file", async (request) => {
        try {
          for await (const _chunk of request.body as AsyncIterable<Buffer>) begun();
        } finally {
          setImmediate(ended);
        }
      });
    });
    await listen(app);
    const { socket } = await connectTo(app);
    socket.write("PUT /file HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
    await hasBegun;
    socket.destroy();
    await isOver;
    await app.close();
    expect(entries).toEqual([]);
  });
});
