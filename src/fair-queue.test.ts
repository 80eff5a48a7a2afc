import { describe, expect, it } from "vitest";
import { createFairQueue, type FairQueue } from "./fair-queue.ts";

function taken(queue: FairQueue<string>): readonly string[] {
  const items: string[] = [];
  for (let item = queue.take(); item !== undefined; item = queue.take()) items.push(item);
  return items;
}

describe("a fair queue", () => {
  it("gives each asker a turn, and the items of one in their order", () => {
    const queue = createFairQueue<string>(10);
    for (const item of ["a1", "a2", "a3", "b1", "c1", "c2"]) queue.add(item.charAt(0), item);
    expect(taken(queue)).toEqual(["a1", "b1", "c1", "a2", "c2", "a3"]);
    expect(queue.take()).toBeUndefined();
  });

  it("refuses, when it is full, the newest item of the asker who has the most", () => {
    const queue = createFairQueue<string>(4);
    for (const item of ["a1", "a2", "a3", "a4"]) expect(queue.add("a", item)).toBeUndefined();
    expect(queue.add("a", "a5")).toBe("a5");
    expect(queue.add("b", "b1")).toBe("a4");
    expect(queue.add("b", "b2")).toBe("a3");
    expect(queue.add("b", "b3")).toBe("b3");
    expect(queue.add("c", "c1")).toBe("a2");
    expect(taken(queue)).toEqual(["a1", "b1", "c1", "b2"]);
  });

  it("gives no turn to an asker whose only item was refused", () => {
    const queue = createFairQueue<string>(2);
    queue.add("a", "a1");
    queue.add("b", "b1");
    expect(queue.add("c", "c1")).toBe("c1");
    expect(queue.take()).toBe("a1");
    queue.add("d", "d1");
    expect(taken(queue)).toEqual(["b1", "d1"]);
  });

  it("has room again for what was taken", () => {
    const queue = createFairQueue<string>(1);
    queue.add("a", "a1");
    expect(queue.add("b", "b1")).toBe("b1");
    expect(queue.take()).toBe("a1");
    expect(queue.add("b", "b2")).toBeUndefined();
    expect(taken(queue)).toEqual(["b2"]);
  });

  it("gives a cheap item before expensive ones of other askers, and of the same", () => {
    const queue = createFairQueue<string>(10);
    for (const item of ["a1", "b1", "c1"]) queue.add(item.charAt(0), item, 100);
    queue.add("a", "cheap of a", 2);
    queue.add("d", "cheap of d", 1);
    expect(taken(queue)).toEqual(["cheap of d", "cheap of a", "b1", "c1", "a1"]);
  });

  it("gives each fourth time the oldest item of the asker whose turn it is, so that cheap ones do not hold it back", () => {
    const queue = createFairQueue<string>(10);
    queue.add("a", "expensive", 100);
    for (const item of ["b", "c", "d", "e", "f"]) queue.add(item, item, 1);
    expect(taken(queue)).toEqual(["b", "c", "d", "expensive", "e", "f"]);
  });

  it("refuses, when it is full of expensive items of many askers, one of them and not a cheap one", () => {
    const queue = createFairQueue<string>(3);
    for (const item of ["a1", "b1", "c1"]) queue.add(item.charAt(0), item, 100);
    expect(queue.add("d", "d1", 1)).toBe("a1");
    expect(queue.add("e", "e1", 100)).toBe("e1");
    expect(taken(queue)).toEqual(["d1", "b1", "c1"]);
  });
});
