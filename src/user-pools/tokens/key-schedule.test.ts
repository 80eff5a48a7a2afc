import { describe, expect, it } from "vitest";
import type { SigningKeyRecord } from "../../storage/index.ts";
import { isPublishedAt, retirement, signingKeyAt } from "./key-schedule.ts";

const DAY = 24 * 60 * 60 * 1000;
const rotatedAt = 100 * DAY;

const key = (kid: string, use: "id" | "access", createdAt: number, retiredAt?: number): SigningKeyRecord => ({
  kid,
  poolId: "us-east-1_Pool",
  use,
  privateKey: new Uint8Array(),
  createdAt,
  ...(retiredAt !== undefined && { retiredAt }),
});
const keys = [
  key("old-id", "id", 0, retirement(rotatedAt)),
  key("old-access", "access", 0, retirement(rotatedAt)),
  key("new-id", "id", rotatedAt),
  key("new-access", "access", rotatedAt),
];

describe("during a rotation of a pool's signing keys", () => {
  it("the old key continues to sign until the new one is published everywhere", () =>
    expect(signingKeyAt(keys, "id", rotatedAt)?.kid).toBe("old-id"));

  it("the new key signs after every cached key set contains it", () => {
    expect(signingKeyAt(keys, "id", retirement(rotatedAt))?.kid).toBe("new-id");
    expect(signingKeyAt(keys, "access", retirement(rotatedAt))?.kid).toBe("new-access");
  });

  it("the old key stays published for as long as its longest token lives", () => {
    const old = key("old", "id", 0, rotatedAt);
    expect(isPublishedAt(old, rotatedAt + DAY)).toBe(true);
    expect(isPublishedAt(old, rotatedAt + 2 * DAY)).toBe(false);
  });

  it("a key that signs is always published", () =>
    expect(isPublishedAt(key("k", "id", 0), 1000 * DAY)).toBe(true));
});
