import { describe, expect, it } from "vitest";
import type { ReceivedRequest } from "../aws/sigv4/index.ts";
import { silentLog } from "../log.ts";
import { createHttpApp } from "./app.ts";

/** What the AWS surface is given of a request that arrives with some headers. */
async function receivedOf(headers: Record<string, string>, trustProxy: boolean): Promise<ReceivedRequest> {
  let seen: ReceivedRequest | undefined;
  const answer = { status: 200, headers: {}, body: "" };
  const app = createHttpApp({
    log: silentLog,
    ownHosts: new Set(["login.example.com"]),
    trustProxy,
    surfaces: {
      aws: async (request) => {
        seen = request;
        return answer;
      },
      jwks: async () => answer,
      discovery: async () => answer,
      control: async () => ({ status: 200, body: {} }),
      console: () => undefined,
    },
  });
  await app.inject({ method: "POST", url: "/", headers, remoteAddress: "10.0.0.2" });
  await app.close();
  if (seen === undefined) throw new Error("The request did not arrive.");
  return seen;
}

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
