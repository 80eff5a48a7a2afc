import { describe, expect, it } from "vitest";
import { rememberOpened } from "./sealing.ts";
import { transparentSealer } from "./testing.ts";

describe("a sealer that remembers opened values", () => {
  function counting() {
    let opened = 0;
    const sealer = rememberOpened({
      seal: transparentSealer.seal,
      open(sealed, context) {
        opened += 1;
        return transparentSealer.open(sealed, context);
      },
    });
    return { sealer, opened: () => opened };
  }

  it("decrypts a value once", () => {
    const { sealer, opened } = counting();
    const sealed = sealer.seal(Buffer.from("secret"), "here");
    for (let read = 0; read < 3; read++)
      expect(Buffer.from(sealer.open(sealed, "here")).toString()).toBe("secret");
    expect(opened()).toBe(1);
  });

  it("decrypts a large value each time", () => {
    const { sealer, opened } = counting();
    const sealed = sealer.seal(Buffer.alloc(256 * 1024), "here");
    for (let read = 0; read < 3; read++) expect(sealer.open(sealed, "here")).toHaveLength(256 * 1024);
    expect(opened()).toBe(3);
  });

  it("rejects a remembered value under another context or with a changed byte", () => {
    const { sealer } = counting();
    // Longer than the part by which a value is found.
    const sealed = sealer.seal(Buffer.alloc(64), "here");
    sealer.open(sealed, "here");
    expect(() => sealer.open(sealed, "there")).toThrow();
    const changed = Uint8Array.from(sealed);
    changed[0] = (changed[0] ?? 0) ^ 1;
    expect(() => sealer.open(changed, "here")).toThrow();
  });
});
