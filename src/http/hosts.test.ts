import { describe, expect, it } from "vitest";
import { isLoopbackOrigin, isOwnHost } from "./hosts.ts";

describe("the names that a server answers to", () => {
  const own = new Set(["login.example.com"]);

  it.each(["localhost", "LOCALHOST:9229", "127.0.0.1:80", "[::1]:9229", "[::1]", "login.example.com:443"])(
    "%s is one",
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
  ])("%s is none", (host) => expect(isOwnHost(host, own)).toBe(false));
});

describe("pages of this machine", () => {
  it.each([undefined, "http://localhost:3000", "http://[::1]:3", "http://127.0.0.1", "http://app.localhost"])(
    "are behind the origin %s",
    (origin) => expect(isLoopbackOrigin(origin)).toBe(true),
  );

  it.each([
    "null",
    "",
    "http://localhost.evil.example",
    "http://evil.example",
    "http://0.0.0.0",
    "localhost",
  ])("are not behind %j", (origin) => expect(isLoopbackOrigin(origin)).toBe(false));
});
