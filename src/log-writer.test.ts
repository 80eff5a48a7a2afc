import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";

/** Logs entries one after another, says on standard output that it is still running, and ends. */
const program = `
  import { fsync } from "node:fs";
  import { createLogWriter } from ${JSON.stringify(import.meta.resolve("./log-writer.ts"))};
  const log = await createLogWriter({ level: "info", isReadable: false });
  for (let entry = 1; entry <= 300; entry++) {
    log.info({ entry }, "x");
    // Work for the threads that also write the entries.
    await new Promise((done) => fsync(2, done));
  }
  process.stdout.write("still running");
`;

function run(standardError: "pipe" | number) {
  return spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", standardError],
  });
}

describe("the log of a server", () => {
  it("has every entry on a line of its own when the process ends", async () => {
    const child = run("pipe");
    if (child.stderr === null) throw new Error("Standard error cannot be read.");
    const lines = (await text(child.stderr)).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).entry)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  });

  // A file to which every write fails as on a full disk. Linux has it.
  it.skipIf(!existsSync("/dev/full"))("does not end the server when the disk is full", async () => {
    const full = openSync("/dev/full", "w");
    const child = run(full);
    closeSync(full);
    if (child.stdout === null) throw new Error("Standard output cannot be read.");
    const [said, [status]] = await Promise.all([text(child.stdout), once(child, "exit")]);
    expect([said, status]).toEqual(["still running", 0]);
  });
});
