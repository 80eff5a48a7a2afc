import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { text } from "node:stream/consumers";
import timers from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
const { setTimeout } = timers;
beforeAll(async () => {
  // The five seconds in which a restore waits for requests never pass, so that one that waits for itself is not answered. Not by
  // vi.mock(): the files of a worker share the modules of the server, so that a mock would stay for those that follow.
  timers.setTimeout = (milliseconds, ...rest) =>
    milliseconds === 5_000 ? new Promise(() => undefined) : setTimeout(milliseconds, ...rest);
  syncBuiltinESMExports();
  server = await startTestServer();
});
afterAll(async () => {
  await server.stop();
  timers.setTimeout = setTimeout;
  syncBuiltinESMExports();
});

/** Sends the path as it is. `fetch` would shorten it. */
async function send(method: string, path: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const headers = { "x-cognate-console": "1", origin: server.url, "content-type": "application/json" };
  const sent = request({ hostname, port, method, path, headers }).end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return `${answer.statusCode} ${await text(answer)}`;
}

it.each([
  ["its usual path", "/_cognate/snapshots/base/restore"],
  ["a path that is shortened", "/_cognate/x/../snapshots/base/restore"],
  ["encoded dots in its path", "/_cognate/x/%2e%2e/snapshots/base/restore"],
  ["the console's path", "/console/api/snapshots/base/restore"],
  ["an encoded letter in the console's path", "/console/api/%73napshots/base/restore"],
])("a request for a restore with %s does not wait for itself", async (_, path) => {
  expect(await send("PUT", "/_cognate/snapshots/base?replace=true")).toMatch(/^200 /);
  expect(await send("POST", path)).toBe("200 {}");
});

it("a restore does not wait for a request about snapshots that waits for it", async () => {
  expect(await send("PUT", "/_cognate/snapshots/base?replace=true")).toMatch(/^200 /);
  const answers = await Promise.all([
    send("POST", "/_cognate/snapshots/base/restore"),
    send("GET", "/_cognate/x/../snapshots"),
    send("POST", "/_cognate/x/../snapshots/base/restore"),
    send("GET", "/console/api/%73napshots"),
  ]);
  expect(answers.map((answer) => answer.slice(0, 3))).toEqual(["200", "200", "200", "200"]);
});
