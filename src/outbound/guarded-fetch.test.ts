import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressRule, createGuardedFetch, LOOPBACK_ADDRESSES } from "./index.ts";

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/redirect") response.writeHead(302, { location: "/" }).end();
    else if (request.url === "/long") response.end("x".repeat(2000));
    else if (request.url === "/stalled") response.writeHead(200).write("x");
    else if (request.url === "/reset") request.socket.destroy();
    else if (request.url === "/upgrade") {
      request.socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n");
    } else if (request.url?.startsWith("/status/")) {
      // Written as bytes, since Node's own server sends no status above 999.
      const status = request.url.slice("/status/".length);
      request.socket.end(`HTTP/1.1 ${status} Status\r\nContent-Length: 0\r\n\r\n`);
    } else if (request.url !== "/silent") response.end(`${request.method} ${request.headers.host}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const open = () =>
  createGuardedFetch({
    isAllowed: addressRule(LOOPBACK_ADDRESSES),
    maxBytes: 1000,
    timeoutMilliseconds: 300,
  });

describe("the addresses that requests can go to", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "fe80::1",
    "fd00:ec2::254",
    "::7f00:1",
    "2001:0:7f00:1::",
    "2002:7f00:1::",
    "2001:db8::1",
    "192.0.2.1",
    "not an address",
  ])("refuses %s unless it is allowed", (address) => expect(addressRule([])(address)).toBe(false));

  it.each(["93.184.216.34", "2606:2800:220:1::1"])("allows the public address %s", (address) =>
    expect(addressRule([])(address)).toBe(true),
  );

  it("allows only the addresses and ranges of the setting", () => {
    const isAllowed = addressRule(["10.1.0.0/16", "192.168.1.7"]);
    expect(["10.1.2.3", "192.168.1.7", "10.2.0.1", "192.168.1.8"].map(isAllowed)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("a guarded request", () => {
  const strict = createGuardedFetch({ isAllowed: addressRule([]) });

  it.each([
    "http://127.1",
    "http://0x7f000001",
    "http://[::1]",
    "http://[::ffff:127.0.0.1]",
    "http://localhost",
    "http://a.localhost",
  ])("does not connect to %s", async (host) => {
    const { port } = new URL(url);
    await expect(strict(`${host}:${port}/`)).rejects.toMatchObject({ kind: "refused address" });
  });

  it.each(["file:///etc/passwd", "ftp://example.com", "nothing"])("refuses the scheme of %s", (address) =>
    expect(strict(address)).rejects.toMatchObject({ kind: "not connected" }),
  );

  it("reaches an allowed address, also by a host name of this machine", async () => {
    expect(await (await open()(url)).text()).toContain("GET 127.0.0.1");
    const named = url.replace("127.0.0.1", "idp.localhost");
    expect(await (await open()(named, { method: "POST", body: "a=1" })).text()).toContain(
      "POST idp.localhost",
    );
  });

  it("does not follow a redirect", async () => {
    expect((await open()(`${url}/redirect`)).status).toBe(302);
  });

  it.each([204, 205, 304])("reads an answer of status %i without a body", async (status) => {
    const answer = await open()(`${url}/status/${status}`);
    expect([answer.status, await answer.text()]).toEqual([status, ""]);
  });

  it.each([
    ["/long", "too long"],
    ["/silent", "timed out"],
    ["/stalled", "read timed out"],
    ["/reset", "reset"],
    ["/upgrade", "not connected"],
    ["/status/600", "not connected"],
    ["/status/999", "not connected"],
  ])("fails for the answer at %s with: %s", async (path, kind) => {
    await expect(open()(url + path)).rejects.toMatchObject({ kind });
  });
});
