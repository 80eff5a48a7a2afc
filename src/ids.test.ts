import { describe, expect, it } from "vitest";
import { newClientId, newClientSecret, newCode, newPoolId, newSub, randomText } from "./ids.ts";
import { seededRandom, systemRandom } from "./random.ts";

describe("ids", () => {
  it.each([
    ["a user pool's id", () => newPoolId(systemRandom, "eu-west-1"), /^eu-west-1_[0-9A-Za-z]{9}$/],
    ["an app client's id", () => newClientId(systemRandom), /^[a-z0-9]{26}$/],
    ["an app client's secret", () => newClientSecret(systemRandom), /^[a-z0-9]{51}$/],
    [
      "a user's sub",
      () => newSub(systemRandom),
      /^[0-9a-f]{8}-[0-9a-f]{4}-70[0-9a-f]{2}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ],
    ["a confirmation code", () => newCode(systemRandom, 6), /^\d{6}$/],
  ])("have Cognito's form: %s", (_, make, form) => {
    for (let count = 0; count < 50; count++) expect(make()).toMatch(form);
  });

  it("differ from one another", () => {
    const made = Array.from({ length: 100 }, () => newPoolId(systemRandom, "eu-west-1"));
    expect(new Set(made).size).toBe(100);
  });

  it("use every character about equally often", () => {
    const counts = new Map<string, number>();
    for (const character of randomText(seededRandom("even"), "0123456789", 20_000)) {
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(counts.size).toBe(10);
    // Five standard deviations of 2,000.
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(215);
  });

  it("are equal for the same seed", () => {
    expect(newPoolId(seededRandom("a"), "us-east-1")).toBe(newPoolId(seededRandom("a"), "us-east-1"));
    expect(newSub(seededRandom("a"))).not.toBe(newSub(seededRandom("b")));
  });
});
