import { scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Overloaded } from "../../thread.ts";
import { scryptInThread } from "./slow-hashes.ts";

const cost = { N: 2 ** 14, r: 8, p: 1 };
const salt = Buffer.from("salt");

describe("slow hashes", () => {
  it("are the hashes of Node's scrypt", async () => {
    expect(await scryptInThread("Passwort-ä", salt, 32, cost)).toEqual(
      scryptSync("Passwort-ä", salt, 32, cost),
    );
  });

  it("are equal for all Unicode compositions of one password", async () => {
    expect(await scryptInThread("a\u0308", salt, 32, cost)).toEqual(
      await scryptInThread("\u00e4", salt, 32, cost),
    );
  });

  it("run two at a time at most, and refuse a third immediately", async () => {
    const first = scryptInThread("one", salt, 32, cost);
    const second = scryptInThread("two", salt, 32, cost);
    await expect(scryptInThread("three", salt, 32, cost)).rejects.toThrow(Overloaded);
    await Promise.all([first, second]);
    expect(await scryptInThread("three", salt, 32, cost)).toHaveLength(32);
  });

  it("fail with a cost that scrypt rejects, and the next hash succeeds", async () => {
    await expect(scryptInThread("x", salt, 32, { ...cost, N: 3 })).rejects.toThrow("slow hashes failed");
    expect(await scryptInThread("x", salt, 32, cost)).toHaveLength(32);
  });
});
