import { expect, it } from "vitest";
import { holdsAtMost } from "./json.ts";

it.each([
  ["a text", "text", 0],
  ["null", null, 0],
  ["a list", [1, 2, 3], 3],
  ["members and what is in them", { a: { b: 1, c: [] }, d: "" }, 4],
])("counts the values in %s", (_, value, count) => {
  expect(holdsAtMost(count, value)).toBe(true);
  expect(holdsAtMost(count - 1, value)).toBe(count === 0);
});

it("counts the values of deep nesting", () => {
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  expect([holdsAtMost(99_999, deep), holdsAtMost(99_998, deep)]).toEqual([true, false]);
});
