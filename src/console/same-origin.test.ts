import { describe, expect, it } from "vitest";
import { foreignReason, isLocal } from "./same-origin.ts";

const ownOrigin = "https://id.example.com";
const ownPage = {
  "x-cognate-console": "1",
  origin: ownOrigin,
  "sec-fetch-site": "same-origin",
  "content-type": "application/json",
};

function source(method: string, headers: Record<string, string | undefined>, origin = ownOrigin) {
  return { method, ownOrigin: origin, header: (name: string) => headers[name] };
}

describe("a request to the session API", () => {
  it.each(["GET", "POST", "DELETE"])("is accepted from the console's own page: %s", (method) => {
    expect(foreignReason(source(method, ownPage))).toBeUndefined();
  });

  it.each([
    ["a form, which cannot set headers", "POST", { ...ownPage, "x-cognate-console": undefined }],
    ["a page of another origin", "POST", { ...ownPage, origin: "https://example.com" }],
    ["a page without an origin", "POST", { ...ownPage, origin: "null" }],
    ["the same host over plain HTTP", "GET", { ...ownPage, origin: "http://id.example.com" }],
    ["the same site but another host", "GET", { ...ownPage, "sec-fetch-site": "same-site" }],
    ["an unknown origin", "DELETE", { ...ownPage, origin: undefined }],
    ["a page that sends text for JSON", "POST", { ...ownPage, "content-type": "text/plain" }],
  ])("is rejected from %s", (_from, method, headers) => {
    expect(foreignReason(source(method, headers))).toBeDefined();
  });
});

describe("access to cognate dev without a sign-in", () => {
  it.each(["http://localhost:9229", "http://127.0.0.1:9229", "http://[::1]:9229"])(
    "is allowed at %s",
    (origin) => expect(isLocal(source("GET", {}, origin))).toBe(true),
  );
  it.each(["http://192.168.1.2:9229", "http://localhost.example.com"])("is refused at %s", (origin) =>
    expect(isLocal(source("GET", {}, origin))).toBe(false),
  );
});
