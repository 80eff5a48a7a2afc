import { describe, expect, it } from "vitest";
import { type CsvLine, csvLines, isoDate, splitRow } from "./csv-lines.ts";

async function* cutInto(size: number, bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function linesOf(content: Buffer | string, size = 4): Promise<CsvLine[]> {
  const lines: CsvLine[] = [];
  for await (const line of csvLines(cutInto(size, Buffer.from(content)))) lines.push(line);
  return lines;
}

describe("the lines of a file", () => {
  it.each([1, 2, 3, 7, 100])("do not depend on parts of %d bytes", async (size) => {
    expect(await linesOf("\uFEFFname,é\r\n\na,1\nb", size)).toEqual([
      { text: "name,é", bytes: 12 },
      { text: "", bytes: 1 },
      { text: "a,1", bytes: 4 },
      { text: "b", bytes: 1 },
    ]);
  });

  it("have no text where they are not UTF-8", async () => {
    expect(await linesOf(Buffer.from([0x61, 0xff, 0x0a, 0x62, 0x0a]))).toEqual([
      { text: undefined, bytes: 3 },
      { text: "b", bytes: 2 },
    ]);
  });

  it("are none in an empty file", async () => expect(await linesOf("")).toEqual([]));

  it("can be as long as the file", async () => {
    const [line, ...others] = await linesOf("a".repeat(1_000_000), 100);
    expect([line?.bytes, line?.text?.length, others]).toEqual([1_000_000, 1_000_000, []]);
  });
});

it.each([
  ["", [""]],
  ["a, b ,", ["a", "b", ""]],
  ["a\\,b,c", ["a,b", "c"]],
  ["a\\b", ["a\\b"]],
  ['"a,b","c""d"', ["a,b", 'c"d']],
  ['a"b"', ['a"b"']],
])("splits the row %s", (row, values) => expect(splitRow(row)).toEqual(values));

it.each([
  ["12/31/1990", "1990-12-31"],
  ["1990-12-31", "1990-12-31"],
  ["1/2/1990", "1/2/1990"],
])("gives the birthdate %s as %s", (written, date) => expect(isoDate(written)).toBe(date));
