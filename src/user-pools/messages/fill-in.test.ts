import { describe, expect, it } from "vitest";
import { asHtml, fillIn, fillInLink, hasLinkPlaceholder } from "./fill-in.ts";

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

  it.each([
    ["{##Verify##}", '<a href="/x">Verify</a>'],
    ["{##a{##b##} ##}", '<a href="/x">a{##b</a> ##}'],
    ["{####} {##}", '<a href="/x"></a> {##}'],
    ["{##a\nb##} {##c##}", '{##a\nb##} <a href="/x">c</a>'],
    ["{##a", undefined],
    ["{##} {##a\r\nb##}", undefined],
  ])("has a link for each pair of marks in one line: %j", (template, filled) => {
    expect(hasLinkPlaceholder(template)).toBe(filled !== undefined);
    expect(fillInLink(template, "/x")).toBe(filled ?? template);
  });

  it("is searched once, however many links begin in it and do not end", () => {
    const template = "{##".repeat(1_000_000);
    expect(hasLinkPlaceholder(template)).toBe(false);
    expect(fillInLink(template, "/x")).toBe(template);
  });

  it("has values with HTML escapes in an HTML message", () =>
    expect(asHtml(`<b>"A"&'B'</b>`)).toBe("&lt;b&gt;&quot;A&quot;&amp;&#39;B&#39;&lt;/b&gt;"));
});
