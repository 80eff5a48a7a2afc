/** Reports about imports: only types, which the console shares. */

/** A record that was not imported, by its position in the source. */
export interface ImportProblem {
  readonly position: number;
  readonly username?: string | undefined;
  readonly reason: string;
}

/** How far an import into a pool by `cognate import-users` has come. */
export interface BulkImport {
  readonly id: string;
  readonly source: string;
  /** Records of the source that are done. */
  readonly position: number;
  /** Of the source's bytes, for a progress bar. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly isFinished: boolean;
  /** The last ones; all of the last batch are among them. */
  readonly problems: readonly ImportProblem[];
}

/** Facts about the imports into a pool that the API's operations do not return. */
export interface UserImports {
  /** Users whose password is a hash of another system, because they have not signed in with it yet: they cannot use SRP. */
  readonly importedPasswords: number;
  /** The last imports in bulk, the newest first. */
  readonly bulk: readonly BulkImport[];
}

/** A part of the log of an import job. */
export interface JobLog {
  readonly lines: readonly string[];
  readonly part: number;
  readonly parts: number;
  /** The parts with rows that were skipped or failed. */
  readonly problemParts: readonly number[];
  /** How far the job has come in its file. */
  readonly bytes: number;
  readonly totalBytes: number;
}
