import { describe, expect, it } from "vitest";
import { asHtml, fillIn } from "./fill-in.ts";

describe("a message's template", () => {
  it("has each value at every occurrence of its placeholder", () =>
    expect(fillIn("{username}: {####} ({####})", { username: "jane", "####": "Secret-1" })).toBe(
      "jane: Secret-1 (Secret-1)",
    ));

  it("has values literally, even if they look like placeholders or replacement patterns", () =>
    expect(fillIn("{username} {####}", { username: "{####}", "####": "$& $1 {username}" })).toBe(
      "{####} $& $1 {username}",
    ));

  it("keeps unknown placeholders", () =>
    expect(fillIn("{name} {##Verify##} {toString}", { username: "jane" })).toBe(
      "{name} {##Verify##} {toString}",
    ));

  it("has values with HTML escapes in an HTML message", () =>
    expect(asHtml(`<b>"A"&'B'</b>`)).toBe("&lt;b&gt;&quot;A&quot;&amp;&#39;B&#39;&lt;/b&gt;"));
});
