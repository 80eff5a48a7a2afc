/**
 * Passwords that attackers know, from a list in the format of Have I Been Pwned. The list is one file with lines
 * `SHA-1[:count]`, or a folder of files by the first five digits of the hash, with lines `REST[:count]`.
 *
 * A folder and a sorted file are searched on disk, so that the whole list of a billion hashes takes no memory. A file
 * in another order, such as by prevalence, is read at the first use into a table of 8 bytes a hash, up to {@link
 * MAX_HASHES_IN_MEMORY}. All of this runs on a thread of its own.
 */
import { createHash } from "node:crypto";
import { createThread } from "../../thread.ts";

export interface BreachedPasswords {
  /** Whether the list has the password. @throws Error the list cannot be read */
  includes(password: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Of a file that is not sorted: 64 MiB. The rest is left out, and logged. */
const MAX_HASHES_IN_MEMORY = 8 * 1024 * 1024;

interface Question {
  /** SHA-1 in upper-case hex. */
  readonly hash: string;
}

export interface BreachedPasswordsOptions {
  /** The file or the folder. */
  readonly path: string;
  /** Called with the number of hashes of an unsorted file that are left out. */
  readonly onLeftOut: (count: number) => void;
  readonly maxInMemory?: number;
}

export function openBreachedPasswords({
  path,
  onLeftOut,
  maxInMemory = MAX_HASHES_IN_MEMORY,
}: BreachedPasswordsOptions): BreachedPasswords {
  const thread = createThread<Question, boolean>({
    name: "breached passwords",
    program: runThread,
    workerData: () => ({ path, maxInMemory }),
    onNotice: (notice) => onLeftOut((notice as { readonly leftOut: number }).leftOut),
  });
  return {
    includes: (password) =>
      thread.ask({ hash: createHash("sha1").update(password).digest("hex").toUpperCase() }),
    close: thread.close,
  };
}

function runThread(require: (name: string) => unknown): void {
  const fs = require("node:fs") as typeof import("node:fs");
  const { join } = require("node:path") as typeof import("node:path");
  const { parentPort, workerData } = require("node:worker_threads") as typeof import("node:worker_threads");
  const { path, maxInMemory } = workerData as { path: string; maxInMemory: number };

  const HASH = /^[0-9A-F]{40}$/;
  const SAMPLES = 256;
  let search: ((hash: string) => boolean) | undefined;

  parentPort?.on("message", ({ id, hash }: Question & { readonly id: number }) => {
    try {
      search ??= open();
      parentPort.postMessage({ id, result: search(hash) });
    } catch (error) {
      parentPort.postMessage({ id, failure: String(error) });
    }
  });

  function open(): (hash: string) => boolean {
    if (fs.statSync(path).isDirectory()) return searchFolder;
    const file = fs.openSync(path, "r");
    const size = fs.fstatSync(file).size;
    if (isSorted(file, size)) return (hash) => searchFile(file, size, hash);
    fs.closeSync(file);
    return searchTable(readTable());
  }

  function searchFolder(hash: string): boolean {
    const [prefix, rest] = [hash.slice(0, 5), hash.slice(5)];
    for (const name of [`${prefix}.txt`, prefix]) {
      const file = join(path, name);
      if (!fs.existsSync(file)) continue;
      return fs
        .readFileSync(file, "latin1")
        .split("\n")
        .some((line) => line.slice(0, rest.length).toUpperCase() === rest);
    }
    return false;
  }

  /** The first whole line at or after a position: its hash, and where the line after it begins. */
  function lineFrom(file: number, position: number): { hash: string; next: number } | undefined {
    // The position is inside of a line, unless the byte before it ends one.
    const start = Math.max(0, position - 1);
    const buffer = Buffer.alloc(256);
    const length = fs.readSync(file, buffer, 0, buffer.length, start);
    const text = buffer.toString("latin1", 0, length);
    const begin = position === 0 ? 0 : text.indexOf("\n") + 1;
    if (position > 0 && begin === 0) return undefined;
    const hash = text.slice(begin, begin + 40).toUpperCase();
    if (!HASH.test(hash)) return undefined;
    const end = text.indexOf("\n", begin);
    return { hash, next: start + (end === -1 ? length : end + 1) };
  }

  function isSorted(file: number, size: number): boolean {
    let last = "";
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const line = lineFrom(file, Math.floor((size * sample) / SAMPLES));
      if (line === undefined) continue;
      if (line.hash < last) return false;
      last = line.hash;
      const after = lineFrom(file, line.next);
      if (after !== undefined && after.hash < last) return false;
    }
    return last !== "";
  }

  function searchFile(file: number, size: number, hash: string): boolean {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const line = lineFrom(file, middle);
      if (line === undefined || line.hash > hash) high = middle;
      else if (line.hash === hash) return true;
      else low = Math.max(line.next, middle + 1);
    }
    return lineFrom(file, low)?.hash === hash;
  }

  function readTable(): BigUint64Array {
    let table = new BigUint64Array(1024);
    let count = 0;
    let leftOut = 0;
    const take = (line: string) => {
      const hash = line.slice(0, 40);
      if (!/^[0-9A-Fa-f]{40}$/.test(hash)) return;
      if (count === maxInMemory) {
        leftOut += 1;
        return;
      }
      if (count === table.length) {
        const larger = new BigUint64Array(Math.min(maxInMemory, count * 2));
        larger.set(table);
        table = larger;
      }
      table[count++] = BigInt(`0x${hash.slice(0, 16)}`);
    };
    const file = fs.openSync(path, "r");
    const chunk = Buffer.alloc(1 << 20);
    let rest = "";
    for (;;) {
      const length = fs.readSync(file, chunk);
      if (length === 0) break;
      const lines = (rest + chunk.toString("latin1", 0, length)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line);
    }
    take(rest);
    fs.closeSync(file);
    if (leftOut > 0) parentPort?.postMessage({ leftOut });
    return table.subarray(0, count).sort();
  }

  function searchTable(table: BigUint64Array): (hash: string) => boolean {
    return (hash) => {
      const wanted = BigInt(`0x${hash.slice(0, 16)}`);
      let low = 0;
      let high = table.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((table[middle] as bigint) < wanted) low = middle + 1;
        else high = middle;
      }
      return table[low] === wanted;
    };
  }
}
