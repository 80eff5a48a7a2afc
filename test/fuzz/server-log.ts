/** What servers of this process write into their log, on standard error. */
import fs from "node:fs";
import { vi } from "vitest";

const STANDARD_ERROR = 2;

export interface ServerLog {
  text(): string;
  release(): void;
}

/** Keeps the log to be looked at in place of showing it, until it is released. */
export function captureServerLog(): ServerLog {
  const write = fs.writeSync;
  const lines: string[] = [];
  const spy = vi.spyOn(fs, "writeSync").mockImplementation((...args: unknown[]) => {
    const [descriptor, content] = args;
    if (descriptor !== STANDARD_ERROR) return Reflect.apply(write, fs, args);
    lines.push(String(content));
    return Buffer.byteLength(String(content));
  });
  return { text: () => lines.join(""), release: () => spy.mockRestore() };
}
