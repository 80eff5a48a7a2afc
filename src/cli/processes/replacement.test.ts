import { describe, expect, it } from "vitest";
import { replacementDelayMilliseconds } from "./replacement.ts";

describe("a process that was lost", () => {
  it.each([
    [1, 0],
    [2, 250],
    [3, 500],
    [6, 4_000],
    [9, 30_000],
    [2_000, 30_000],
  ])("%i times in a row is replaced after %i ms", (losses, milliseconds) => {
    expect(replacementDelayMilliseconds(losses)).toBe(milliseconds);
  });
});
