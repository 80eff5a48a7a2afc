import { systemClock } from "../clock.ts";
import type { DataDirectory } from "../data-directory.ts";
import type { Limits } from "./limits.ts";

/** What a server gets from its program if it is one of several processes that answer on the same port. */
export interface ProcessOfSeveral {
  /** From 1 up. One that replaces another has its number. */
  readonly number: number;
  /** How many there are, which share the cores. */
  readonly count: number;
  /** Whether it makes the content at the start and the files for AWS's clients: the first process, at the program's start. */
  readonly prepares: boolean;
  /** Those that the program has claimed. */
  readonly files: DataDirectory;
  /** Asks the program, which answers for all processes. */
  readonly ask: <Name extends keyof ProgramCalls & string>(
    name: Name,
    ...args: Parameters<ProgramCalls[Name]>
  ) => Promise<Awaited<ReturnType<ProgramCalls[Name]>>>;
}

/** What a process asks of its program. */
export type ProgramCalls = Limits & {
  /** The metrics of all processes, in the text format of Prometheus. */
  metrics(): Promise<string>;
  processes(): ProcessCount;
};

interface ProcessCount {
  /** How many answer requests. */
  readonly running: number;
  /** How many the settings ask for. */
  readonly wanted: number;
}

/** Counts the limits of a program. */
export async function limitsOfProgram(): Promise<Limits> {
  const { createLimits } = await import("./limits.ts");
  return createLimits(systemClock);
}
