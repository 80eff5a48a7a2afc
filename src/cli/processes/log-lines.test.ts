import { once } from "node:events";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { forwardLines } from "./log-lines.ts";

/** Writes pieces one after another. @returns what was passed on */
async function forwarded(...pieces: readonly (string | Buffer)[]): Promise<string[]> {
  const source = new PassThrough();
  const lines: string[] = [];
  forwardLines(source, (text) => lines.push(text));
  for (const piece of pieces) source.write(piece);
  source.end();
  await once(source, "end");
  return lines;
}

describe("the lines of a process", () => {
  it("are passed on when they are whole", async () => {
    expect(await forwarded("one\ntw", "o", "\nthree\nfour\n")).toEqual(["one\n", "two\nthree\nfour\n"]);
  });

  it("are passed on with a line end that arrives by itself", async () => {
    expect(await forwarded("one", "\n", "two\n")).toEqual(["one\n", "two\n"]);
  });

  it("get a line end if the process ended within a line", async () => {
    expect(await forwarded("one\nkilled he")).toEqual(["one\n", "killed he\n"]);
  });

  it("keep characters whose bytes arrive apart", async () => {
    const bytes = Buffer.from("東京\n");
    expect(await forwarded(bytes.subarray(0, 2), bytes.subarray(2))).toEqual(["東京\n"]);
  });

  it("are cut after 1 MiB", async () => {
    const lines = await forwarded("x".repeat(1024 * 1024 + 1), "rest\n");
    expect(lines.map(({ length }) => length)).toEqual([1024 * 1024 + 2, 5]);
  });
});
