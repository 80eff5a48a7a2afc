import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createProgress } from "./progress.ts";

const TOTAL = { imported: 4997, skipped: 2, failed: 1, isFinished: false };

/** What is written of half a source that began at a record. */
async function shown({ isTerminal, from }: { isTerminal: boolean; from: number }) {
  const stream = Object.assign(new PassThrough(), { isTTY: isTerminal, columns: 200 });
  // A terminal as far as the bar uses one.
  const progress = createProgress(1000, from, stream as unknown as NodeJS.WriteStream);
  progress.show(500, { ...TOTAL, records: from + 5000 });
  progress.stop();
  stream.end();
  return text(stream);
}

describe("the progress of import-users", () => {
  it("is a bar on a terminal, with skipped and failed records and the time left", async () => {
    const output = await shown({ isTerminal: true, from: 0 });
    expect(output).toMatch(
      /█{15}░{15} 50 % {2}5,000 records, [\d,]+\/s {2}2 skipped, 1 failed {2}\d+ s left/,
    );
  });

  it("is a line without escape sequences where the output is no terminal", async () => {
    const output = await shown({ isTerminal: false, from: 0 });
    expect(output).toContain("50 %  5,000 records");
    expect(output).not.toContain("\u001b");
  });

  it("counts the rate from the record at which the import continues", async () => {
    const output = await shown({ isTerminal: true, from: 1_000_000 });
    const [first] = /0 % {2}1,000,000 records, 0\/s/.exec(output) ?? [];
    expect(first).toBeDefined();
    expect(output).toContain("50 %  1,005,000 records");
  });
});
