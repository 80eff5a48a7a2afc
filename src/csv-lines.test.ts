import { describe, expect, it } from "vitest";
import { type CsvLine, csvLines, isoDate, splitRow } from "./csv-lines.ts";

async function* cutInto(size: number, bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function linesOf(content: Buffer | string, size = 4, maxBytes?: number): Promise<CsvLine[]> {
  const lines: CsvLine[] = [];
  for await (const line of csvLines(cutInto(size, Buffer.from(content)), maxBytes)) lines.push(line);
  return lines;
}
const line = (text: string | undefined, bytes: number, isTooLong = false) => ({ text, bytes, isTooLong });

describe("the lines of a file", () => {
  it.each([1, 2, 3, 7, 100])("do not depend on parts of %d bytes", async (size) => {
    expect(await linesOf("\uFEFFname,é\r\n\na,1\nb", size)).toEqual([
      line("name,é", 12),
      line("", 1),
      line("a,1", 4),
      line("b", 1),
    ]);
  });

  it("have no text where they are not UTF-8", async () => {
    expect(await linesOf(Buffer.from([0x61, 0xff, 0x0a, 0x62, 0x0a]))).toEqual([
      line(undefined, 3),
      line("b", 2),
    ]);
  });

  it("are none in an empty file", async () => expect(await linesOf("")).toEqual([]));

  it("can be as long as the file", async () => {
    const [longest, ...others] = await linesOf("a".repeat(1_000_000), 100);
    expect([longest?.bytes, longest?.text?.length, others]).toEqual([1_000_000, 1_000_000, []]);
  });

  it.each([1, 3, 100])("have no text beyond a limit, in parts of %d bytes", async (size) => {
    expect(await linesOf(`${"a".repeat(8)}\n${"b".repeat(9)}\n${"c".repeat(50)}`, size, 8)).toEqual([
      line("a".repeat(8), 9),
      line(undefined, 10, true),
      line(undefined, 50, true),
    ]);
  });
});

it.each([
  ["", [""]],
  ["a, b ,", ["a", "b", ""]],
  ["a\\,b,c", ["a,b", "c"]],
  ["a\\b", ["a\\b"]],
  ['"a,b","c""d"', ["a,b", 'c"d']],
  ['a"b"', ['a"b"']],
  [' "a" ,b', ["a", "b"]],
  ['"" "a"', ["a"]],
  ['"a\\,b",c', ["a\\,b", "c"]],
  ['"a', ["a"]],
  ["a\\", ["a\\"]],
])("splits the row %s", (row, values) => expect(splitRow(row)).toEqual(values));

it.each([
  ["12/31/1990", "1990-12-31"],
  ["1990-12-31", "1990-12-31"],
  ["1/2/1990", "1/2/1990"],
])("gives the birthdate %s as %s", (written, date) => expect(isoDate(written)).toBe(date));
