import { describe, expect, it } from "vitest";
import { claimsAsText } from "./claims.ts";

describe("claims as text", () => {
  it("are lists in brackets, objects as JSON, and no null values", () => {
    expect(
      claimsAsText({ name: "Ada", count: 1, groups: ["a b", "c"], address: { a: 1 }, none: null }),
    ).toEqual({
      name: "Ada",
      count: "1",
      groups: "[a+b, c]",
      address: '{"a":1}',
    });
  });

  it("omit a list that is nested too deeply", () => {
    const list: unknown = JSON.parse("[".repeat(50_000) + "]".repeat(50_000));
    expect(claimsAsText({ name: "Ada", list })).toEqual({ name: "Ada" });
  });

  it("keep the others beside an object that is nested too deeply for some engines", () => {
    const list: unknown = JSON.parse("[".repeat(50_000) + "]".repeat(50_000));
    expect(claimsAsText({ name: "Ada", object: { list } })).toMatchObject({ name: "Ada" });
  });
});
