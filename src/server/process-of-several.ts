import type { DataDirectory } from "../data-directory.ts";

/** What a server gets from its program if it is one of several processes that answer on the same port. */
export interface ProcessOfSeveral {
  /** From 1 up. One that replaces another has its number. */
  readonly number: number;
  /** Whether it makes the content at the start and the files for AWS's clients: the first process, at the program's start. */
  readonly prepares: boolean;
  /** Those that the program has claimed. */
  readonly files: DataDirectory;
}
