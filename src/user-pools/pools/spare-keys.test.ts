import { describe, expect, it } from "vitest";
import { testContext } from "../testing.ts";
import { replenishSpareKeys } from "./spare-keys.ts";

describe("the stock of spare keys", () => {
  it("is filled up to its size, with keys of different names", async () => {
    const context = await testContext();
    await replenishSpareKeys(context, 2);
    await replenishSpareKeys(context, 3);
    await replenishSpareKeys(context, 3);
    const keys = await context.store.signingKeys.takeSpares(10);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(3);
  });
});
