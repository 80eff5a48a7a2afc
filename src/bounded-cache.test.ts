import { expect, it } from "vitest";
import { BoundedCache } from "./bounded-cache.ts";

it("drops the entry that has gone unused the longest when it is full", () => {
  const cache = new BoundedCache<string, number>(2);
  cache.set("a", 1);
  cache.set("b", 2);
  cache.get("a");
  cache.set("c", 3);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
});

it("holds one value for a key, the newest", () => {
  const cache = new BoundedCache<string, number>(2);
  cache.set("a", 1);
  cache.set("a", 2);
  cache.set("b", 3);
  expect([cache.get("a"), cache.get("b")]).toEqual([2, 3]);
});
