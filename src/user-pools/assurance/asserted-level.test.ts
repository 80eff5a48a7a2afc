import { describe, expect, it } from "vitest";
import { assertedLevel } from "./levels.ts";

const MAPPING = { Level1: "bronze", Level3: "silver", Level4: "gold" };

describe("the level that a provider asserts", () => {
  it.each([
    ["gold", 4],
    ["silver", 3],
    ["bronze", 1],
    ["unknown", 1],
    [undefined, 1],
    [["gold"], 1],
  ])("for the acr %j is %i", (acr, level) => {
    expect(assertedLevel({ acr }, MAPPING).level).toBe(level);
  });

  it("is 1 without a mapping", () => {
    expect(assertedLevel({ acr: "urn:cognito:loa:4" })).toEqual({ level: 1, amr: ["fed"] });
  });

  it.each([
    [
      ["pwd", "otp", "mfa"],
      ["pwd", "otp", "mfa"],
    ],
    [["face", "pwd", "pwd"], ["pwd"]],
    [["face"], ["fed"]],
    ["pwd", ["pwd"]],
    [undefined, ["fed"]],
    [{ pwd: true }, ["fed"]],
    [[["pwd"]], ["fed"]],
  ])("has of the methods %j the known ones: %j", (amr, known) => {
    expect(assertedLevel({ amr }).amr).toEqual(known);
  });
});
