import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { openBreachedPasswords } from "./breached-passwords.ts";

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex").toUpperCase();
const KNOWN = Array.from({ length: 3000 }, (_, index) => `password-${index}`);

async function findings(path: string, maxInMemory?: number) {
  const leftOut: number[] = [];
  const list = openBreachedPasswords({
    path,
    onLeftOut: (count) => leftOut.push(count),
    ...(maxInMemory !== undefined && { maxInMemory }),
  });
  const found = await Promise.all(KNOWN.map((password) => list.includes(password)));
  const unknown = await Promise.all(KNOWN.map((password) => list.includes(`not ${password}`)));
  await list.close();
  return { found: found.filter(Boolean).length, unknown: unknown.filter(Boolean).length, leftOut };
}

describe("a list of breached passwords", () => {
  it.each([
    ["\n", "with counts", (hash: string, index: number) => `${hash}:${index}`],
    ["\r\n", "without counts", (hash: string) => hash],
  ])("is searched in a sorted file with line ends %j, %s", async (end, _, line) => {
    const path = join(temporaryFolder(), "sorted.txt");
    writeFileSync(path, KNOWN.map(sha1).sort().map(line).join(end));
    expect(await findings(path)).toEqual({ found: 3000, unknown: 0, leftOut: [] });
  });

  it("is read into memory if the file has another order, up to a size limit", async () => {
    const path = join(temporaryFolder(), "unsorted.txt");
    writeFileSync(path, KNOWN.map((password, index) => `${sha1(password)}:${index}\n`).join(""));
    expect(await findings(path)).toEqual({ found: 3000, unknown: 0, leftOut: [] });
    expect(await findings(path, 2000)).toEqual({ found: 2000, unknown: 0, leftOut: [1000] });
  });

  it("is searched in a folder of range files", async () => {
    const path = temporaryFolder();
    mkdirSync(path, { recursive: true });
    const ranges = Map.groupBy(KNOWN.map(sha1), (hash) => hash.slice(0, 5));
    for (const [prefix, hashes] of ranges) {
      writeFileSync(join(path, `${prefix}.txt`), hashes.map((hash) => `${hash.slice(5)}:3\r\n`).join(""));
    }
    expect(await findings(path)).toEqual({ found: 3000, unknown: 0, leftOut: [] });
  });

  it("fails only the query if the file is missing", async () => {
    const list = openBreachedPasswords({ path: "/nonexistent/list", onLeftOut: () => undefined });
    await expect(list.includes("a")).rejects.toThrow("ENOENT");
    await list.close();
  });
});
