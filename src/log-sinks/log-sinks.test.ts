import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openFilesBelow } from "../../test/support/open-files.ts";
import type { Log } from "../log.ts";
import {
  createLogSinks,
  type LogRecord,
  type LogSinks,
  type LogSinksOptions,
  requireUsableTargets,
} from "./index.ts";

const ARN = "arn:aws:logs:us-east-1:123456789012:log-group:errors";

const record = (number: number, overrides: Partial<LogRecord> = {}): LogRecord => ({
  poolId: "us-east-1_Pool",
  at: Date.UTC(2026, 0, 1),
  level: "INFO",
  content: { number },
  ...overrides,
});

/** @returns 0 if it fails */
function attempt(read: () => number): number {
  try {
    return read();
  } catch {
    return 0;
  }
}

describe("log sinks", () => {
  let folder: string;
  let logged: [level: string, fields: object, message: string][];
  let log: Log;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-logs-"));
    logged = [];
    const at = (level: string) => (fields: object, message: string) => logged.push([level, fields, message]);
    log = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  });
  afterEach(() => rm(folder, { recursive: true }));

  const sinks = (
    destinations: LogSinksOptions["destinations"],
    options: Partial<LogSinksOptions> = {},
  ): LogSinks => createLogSinks({ destinations, log, retryAfterMilliseconds: [1, 1], ...options });
  const delivered = (made: LogSinks, count: number) =>
    expect.poll(() => made.stateOf(ARN).delivered).toBe(count);

  it("append JSON lines to a file that only its owner can read, and reopen it after it was moved", async () => {
    const file = join(folder, "new", "errors.jsonl");
    const made = sinks({ [ARN]: { file } });
    made.write(ARN, record(1));
    made.write(ARN, record(2));
    await delivered(made, 2);
    expect(await readFile(file, "utf8")).toBe('{"number":1}\n{"number":2}\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await rename(file, `${file}.1`);
    made.write(ARN, record(3));
    await made.close();
    expect(await readFile(file, "utf8")).toBe('{"number":3}\n');
    expect(made.stateOf(ARN)).toEqual({ target: { kind: "file", path: file }, delivered: 3, lost: 0 });
  });

  it("keep a file for each pool and day in a folder", async () => {
    const made = sinks({ [ARN]: { folder } });
    made.write(ARN, record(1));
    made.write(ARN, record(2, { at: Date.UTC(2026, 0, 2) }));
    made.write(ARN, record(3, { poolId: "us-east-1_Other" }));
    await made.close();
    const read = (path: string) => readFile(join(folder, path), "utf8");
    expect(await read("us-east-1_Pool/2026-01-01.jsonl")).toBe('{"number":1}\n');
    expect(await read("us-east-1_Pool/2026-01-02.jsonl")).toBe('{"number":2}\n');
    expect(await read("us-east-1_Other/2026-01-01.jsonl")).toBe('{"number":3}\n');
  });

  it("lose records for a named pipe that nobody reads, and end", async () => {
    const file = join(folder, "pipe");
    execFileSync("mkfifo", [file]);
    const made = sinks({ [ARN]: { file } });
    made.write(ARN, record(1));
    await expect
      .poll(() => made.stateOf(ARN))
      .toMatchObject({ lost: 1, lastError: expect.stringContaining("ENXIO") });
    await made.close();
  });

  it.skipIf(process.platform !== "linux")(
    "lose records at once for a disk that is full, and keep no file open",
    async () => {
      const made = sinks({ [ARN]: { file: "/dev/full" } }, { retryAfterMilliseconds: [] });
      for (const number of [1, 2, 3]) {
        made.write(ARN, record(number));
        await expect.poll(() => made.stateOf(ARN).lost).toBe(number);
      }
      expect(made.stateOf(ARN).lastError).toContain("ENOSPC");
      expect(openFilesBelow("/dev/full")).toEqual([]);
      await made.close();
    },
  );

  it("wait for the reader of a full pipe, and write each record once", async () => {
    const file = join(folder, "pipe");
    execFileSync("mkfifo", [file]);
    const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const made = sinks({ [ARN]: { file } });
    const text = "x".repeat(1000);
    for (let number = 1; number <= 300; number++)
      made.write(ARN, record(number, { content: { number, text } }));

    const part = Buffer.alloc(64 * 1024);
    let read = "";
    await expect
      .poll(() => {
        // Nothing in it, while the writer has it open, is an error.
        const length = attempt(() => readSync(reader, part));
        read += part.toString("utf8", 0, length);
        return read.split("\n").length - 1;
      })
      .toBe(300);
    closeSync(reader);
    await delivered(made, 300);
    await made.close();
    const numbers = read
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).number);
    expect(numbers).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  });

  it("cannot have a folder as a file, or a file as a folder", async () => {
    const file = join(folder, "errors.jsonl");
    await writeFile(file, "");
    expect(() => requireUsableTargets({ logDestinations: { [ARN]: { file: folder } } })).toThrow(
      `The setting logDestinations names ${folder} as the file of ${ARN}, and it is a folder. Give { folder } or another path.`,
    );
    expect(() => requireUsableTargets({ logDestinations: { [ARN]: { folder: file } } })).toThrow(
      `${file} as the folder of ${ARN}`,
    );
    expect(() => requireUsableTargets({ logDestinations: {}, auditLog: { file: folder } })).toThrow(
      `The setting auditLog names ${folder} as a file, and it is a folder. Give { folder } or another path.`,
    );
    for (const target of [{ file }, { folder }, { file: join(folder, "new") }, "log"] as const) {
      requireUsableTargets({ logDestinations: { [ARN]: target }, auditLog: target });
    }
  });

  it("do not have to be there at the start, whatever the reason", async () => {
    const file = join(folder, "loop");
    await symlink(file, file);
    requireUsableTargets({ logDestinations: { [ARN]: { file } }, auditLog: { file } });
    const made = sinks({ [ARN]: { file } });
    made.write(ARN, record(1));
    await made.close();
    expect(made.stateOf(ARN)).toMatchObject({ lost: 1, lastError: expect.stringContaining("ELOOP") });
  });

  it("write to the server's own log with the record's level", async () => {
    const made = sinks({ [ARN]: "log" });
    made.write(ARN, record(1));
    made.write(ARN, record(2, { level: "ERROR" }));
    await made.close();
    expect(logged).toEqual([
      ["info", { destination: ARN, record: { number: 1 } }, "A log record"],
      ["error", { destination: ARN, record: { number: 2 } }, "A log record"],
    ]);
  });

  it("choose a destination by its whole ARN first, then by the longest prefix", async () => {
    const made = sinks({
      "*": "log",
      "arn:aws:logs:*": { file: "/some" },
      "arn:aws:logs:us-east-1:*": { file: "/east" },
      [ARN]: { file: "/exact" },
    });
    const pathOf = (arn: string) => made.stateOf(arn).target;
    expect(pathOf(ARN)).toEqual({ kind: "file", path: "/exact" });
    expect(pathOf(`${ARN}2`)).toEqual({ kind: "file", path: "/east" });
    expect(pathOf("arn:aws:logs:eu-west-1:1:log-group:a")).toEqual({ kind: "file", path: "/some" });
    expect(pathOf("arn:aws:s3:::events")).toEqual({ kind: "log" });
  });

  it("load the code of a writer with the first record", async () => {
    vi.resetModules();
    const loaded: string[] = [];
    vi.doMock("./targets.ts", () => {
      loaded.push("targets");
      return { deliverBatch: async () => undefined };
    });
    const { createLogSinks: create } = await import("./index.ts");
    const made = create({ destinations: { [ARN]: "log" }, log });
    made.stateOf(ARN);
    made.write("arn:aws:s3:::unknown", record(1));
    await new Promise(setImmediate);
    expect(loaded).toEqual([]);
    made.write(ARN, record(1));
    await delivered(made, 1);
    expect(loaded).toEqual(["targets"]);
    vi.doUnmock("./targets.ts");
    vi.resetModules();
  });

  it("warn once about a destination without a setting", async () => {
    const made = sinks({});
    made.write(ARN, record(1));
    made.write(ARN, record(2));
    expect(logged).toEqual([
      ["warn", { destination: ARN }, "Log records are lost: logDestinations does not name their destination"],
    ]);
    expect(made.stateOf(ARN).target).toEqual({ kind: "nothing" });
    await made.close();
  });

  describe("to an HTTP address", () => {
    let server: Server;
    let url: string;
    let statuses: number[];
    let received: { headers: IncomingHttpHeaders; body: string }[];
    let answers: (() => void) | undefined;
    beforeEach(async () => {
      statuses = [];
      received = [];
      answers = undefined;
      server = createServer(async (request, response) => {
        let body = "";
        for await (const part of request) body += part;
        received.push({ headers: request.headers, body });
        if (answers !== undefined) await new Promise<void>((resolve) => (answers = resolve));
        response.writeHead(statuses.shift() ?? 204).end();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logs?key=secret`;
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    const target = () => ({ [ARN]: { url, headers: { authorization: "Bearer secret" } } });

    it("post lines with the headers of the setting, which the state does not show", async () => {
      const made = sinks(target());
      made.write(ARN, record(1));
      await delivered(made, 1);
      expect(received).toMatchObject([
        {
          body: '{"number":1}\n',
          headers: {
            authorization: "Bearer secret",
            "content-type": "application/x-ndjson",
            "x-cognate-log-destination": ARN,
          },
        },
      ]);
      expect(JSON.stringify(made.stateOf(ARN))).not.toContain("secret");
      await made.close();
    });

    it("retry failed records in order, and lose none", async () => {
      statuses = [503, 500];
      const made = sinks(target());
      made.write(ARN, record(1));
      await expect.poll(() => received.length).toBeGreaterThan(0);
      made.write(ARN, record(2));
      await delivered(made, 2);
      expect(received.map(({ body }) => body)).toEqual([
        ...Array(3).fill('{"number":1}\n'),
        '{"number":2}\n',
      ]);
      expect(made.stateOf(ARN)).toMatchObject({ lost: 0, lastError: undefined });
      await made.close();
    });

    it("drop records after the last attempt with a log line, and deliver later ones", async () => {
      statuses = [500, 500, 500];
      const made = sinks(target());
      made.write(ARN, record(1));
      await expect.poll(() => made.stateOf(ARN).lost).toBe(1);
      expect(made.stateOf(ARN).lastError).toBe("The sink answered with status 500.");
      expect(logged).toEqual([
        [
          "error",
          { destination: ARN, lost: 1, reason: "The sink answered with status 500." },
          "Log records are lost: their destination did not take them",
        ],
      ]);
      made.write(ARN, record(2));
      await delivered(made, 1);
      await made.close();
    });

    it("stop after one failed attempt once they are closed, however many records wait", async () => {
      answers = () => undefined;
      const made = sinks(target());
      made.write(ARN, record(0));
      await expect.poll(() => received).toHaveLength(1);
      for (let number = 1; number <= 1200; number += 1) made.write(ARN, record(number));
      statuses = [500, 500, 500, 500];
      const closing = made.close();
      await new Promise(setImmediate);
      const answer = answers;
      answers = undefined;
      answer();
      await closing;
      expect(received).toHaveLength(1);
      expect(made.stateOf(ARN)).toMatchObject({ delivered: 0, lost: 1201 });
      expect(logged).toHaveLength(1);
    });

    it("wait before they try again, and no longer once they are closed", async () => {
      statuses = [500, 500];
      const made = sinks(target(), { retryAfterMilliseconds: [3_600_000] });
      made.write(ARN, record(1));
      await expect.poll(() => made.stateOf(ARN).lastError).toBe("The sink answered with status 500.");
      expect([received.length, made.stateOf(ARN).lost]).toEqual([1, 0]);
      await made.close();
      expect([received.length, made.stateOf(ARN).lost]).toEqual([2, 1]);
    });

    it("log again that records are lost when the address has taken some in between", async () => {
      answers = () => undefined;
      const made = sinks(target(), { capacity: 1 });
      for (const time of [1, 2]) {
        made.write(ARN, record(0));
        await expect.poll(() => received).toHaveLength(2 * time - 1);
        for (const number of [1, 2, 3]) made.write(ARN, record(number));
        await expect.poll(() => made.stateOf(ARN).lost).toBe(2 * time);
        expect(logged).toHaveLength(time);
        answers();
        await expect.poll(() => received).toHaveLength(2 * time);
        answers();
        await delivered(made, 2 * time);
      }
      await made.close();
    });

    it("keep a limited number of records for an address that does not answer, and do not delay others", async () => {
      answers = () => undefined;
      const file = join(folder, "other.jsonl");
      const made = sinks({ ...target(), other: { file } }, { capacity: 2 });
      made.write(ARN, record(0));
      await expect.poll(() => received).toHaveLength(1);
      for (const number of [1, 2, 3, 4]) made.write(ARN, record(number));
      made.write("other", record(9));
      await expect.poll(() => made.stateOf("other").delivered).toBe(1);
      expect(made.stateOf(ARN)).toMatchObject({ delivered: 0, lost: 2 });
      expect(logged).toHaveLength(1);
      answers();
      await expect.poll(() => received).toHaveLength(2);
      answers();
      await delivered(made, 3);
      expect(received.at(-1)?.body).toBe('{"number":1}\n{"number":2}\n');
      await made.close();
    });
  });
});
