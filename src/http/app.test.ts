import { type AddressInfo, connect, type Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import type { ReceivedRequest } from "../aws/sigv4/index.ts";
import { silentLog } from "../log.ts";
import { createHttpApp, type HttpOptions, type Surfaces } from "./app.ts";

const answer = { status: 200, headers: {}, body: "" };

function appWith(aws: Surfaces["aws"], more: Partial<HttpOptions> = {}): FastifyInstance {
  return createHttpApp({
    log: silentLog,
    ownHosts: new Set(["login.example.com"]),
    trustProxy: false,
    surfaces: {
      aws,
      jwks: async () => answer,
      discovery: async () => answer,
      control: async () => ({ status: 200, body: {} }),
      console: () => undefined,
    },
    ...more,
  });
}

/** What the AWS surface is given of a request that arrives with some headers. */
async function receivedOf(headers: Record<string, string>, trustProxy: boolean): Promise<ReceivedRequest> {
  let seen: ReceivedRequest | undefined;
  const aws = async (request: ReceivedRequest) => {
    seen = request;
    return answer;
  };
  const app = appWith(aws, { trustProxy });
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

describe("where a request comes from", () => {
  const forwarded = {
    host: "localhost",
    "x-forwarded-for": "6.6.6.6, 203.0.113.7",
    "x-forwarded-host": "evil.example, login.example.com",
    "x-forwarded-proto": "http, https",
  };
  const hostOf = ({ rawHeaders }: ReceivedRequest) =>
    rawHeaders.find(([name]) => name.toLowerCase() === "host")?.[1];

  it("is what the proxy says, not what its client told the proxy", async () => {
    const request = await receivedOf(forwarded, true);
    expect([request.sourceIp, hostOf(request), request.isSecure]).toEqual([
      "203.0.113.7",
      "login.example.com",
      true,
    ]);
  });

  it("is the connection where no proxy is trusted", async () => {
    const request = await receivedOf(forwarded, false);
    expect([request.sourceIp, hostOf(request), request.isSecure]).toEqual(["10.0.0.2", "localhost", false]);
  });
});

describe("connections", () => {
  it("have 30 seconds for a request: Node takes the longer of its two times for that", async () => {
    const app = appWith(async () => answer);
    expect([app.server.requestTimeout, app.server.headersTimeout]).toEqual([30_000, 30_000]);
    await app.close();
  });

  it("may send some requests ahead of the answers, and end when they send very many", async () => {
    const app = appWith(async () => answer);
    await listen(app);
    const request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
    const some = await connectTo(app);
    const answered = new Promise<void>((done) =>
      some.socket.on("data", () => {
        if (some.text().split("HTTP/1.1 200 OK").length === 65) done();
      }),
    );
    some.socket.write(request.repeat(64));
    await answered;
    const many = await connectTo(app);
    many.socket.write(request.repeat(65));
    await many.closed;
    some.socket.destroy();
    await app.close();
  });
});

describe("stopping", () => {
  it("answers what is under way", async () => {
    let finish: () => void = () => undefined;
    let arrived: () => void = () => undefined;
    const underWay = new Promise<void>((done) => {
      arrived = done;
    });
    const app = appWith(() => {
      arrived();
      return new Promise((done) => {
        finish = () => done({ ...answer, body: "done" });
      });
    });
    await listen(app);
    const client = await connectTo(app);
    client.socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    await underWay;
    const stopped = app.close();
    finish();
    await stopped;
    await client.closed;
    expect(client.text()).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*done$/);
  });

  it("does not wait for clients that never finish a request, or send none", async () => {
    const app = appWith(async () => answer, { stopWithinMilliseconds: 20 });
    await listen(app);
    const slow = await connectTo(app);
    slow.socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx");
    const idle = await connectTo(app);
    await app.close();
    await Promise.all([slow.closed, idle.closed]);
  });
});
