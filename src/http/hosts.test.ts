import { describe, expect, it } from "vitest";
import { isLoopback } from "../loopback.ts";
import { isLoopbackOrigin, isOwnHost } from "./hosts.ts";

describe("isOwnHost", () => {
  const own = (name: string) => name === "login.example.com";

  it.each(["localhost", "LOCALHOST:9229", "127.0.0.1:80", "[::1]:9229", "[::1]", "login.example.com:443"])(
    "accepts %s",
    (host) => expect(isOwnHost(host, own)).toBe(true),
  );

  it.each([
    undefined,
    "",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "[::1]evil.example",
    "localhost@evil.example",
    "evil.example:localhost",
    "localhost:80:80",
    "0.0.0.0",
    "login.example.com.evil.example",
  ])("rejects %s", (host) => expect(isOwnHost(host, own)).toBe(false));
});

describe("isLoopbackOrigin", () => {
  it.each([undefined, "http://localhost:3000", "http://[::1]:3", "http://127.0.0.1", "http://app.localhost"])(
    "accepts the origin %s",
    (origin) => expect(isLoopbackOrigin(origin)).toBe(true),
  );

  it.each([
    "null",
    "",
    "http://localhost.evil.example",
    "http://evil.example",
    "http://0.0.0.0",
    "localhost",
  ])("rejects %j", (origin) => expect(isLoopbackOrigin(origin)).toBe(false));
});

describe("loopback host", () => {
  it.each(["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "demo.localhost"])("is %s", (host) =>
    expect(isLoopback(host)).toBe(true),
  );
  it.each(["0.0.0.0", "192.168.1.2", "::", "example.com", "localhost.example.com", "127.0.0.1.example.com"])(
    "is not %s",
    (host) => expect(isLoopback(host)).toBe(false),
  );
});
