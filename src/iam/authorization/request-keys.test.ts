import { expect, it } from "vitest";
import { requestKeys } from "./request-keys.ts";

it.each(["aws:useragent", "aws:referer"])(
  "%s is absent if the header has more than 2,048 characters",
  (key) => {
    const keyOf = (text: string) =>
      requestKeys({ at: 0, isSecure: true, userAgent: text, referer: text }, undefined)(key);
    expect(keyOf("a".repeat(2048))).toBe("a".repeat(2048));
    expect(keyOf("a".repeat(2049))).toBeUndefined();
  },
);
