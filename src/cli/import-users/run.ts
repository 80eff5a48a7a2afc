/**
 * An import from its first batch, or from the position where it stopped, to its end. The server stores the position in
 * the transactions that write the users, so either program can be killed at any time.
 */
import { type Batch, batchesOf, MAX_USERS, type Place } from "./batches.ts";
import type { Mapper } from "./mapping.ts";
import type { Progress } from "./progress.ts";
import { openReport, type ReportLine } from "./report.ts";
import type { BatchAnswer, ImportHeader, ImportServer, ImportState, Problem } from "./server.ts";
import { recordsOf, type Source } from "./source.ts";

export interface Run {
  readonly header: ImportHeader;
  readonly source: Source;
  readonly mapper: Mapper;
  readonly server: ImportServer;
  /** The state of an import of the same source that goes on; undefined for a new one. */
  readonly former: ImportState | undefined;
  readonly reportFile: string;
  readonly progress: Progress;
  /** Whether to stop after the batch that is under way. */
  readonly isInterrupted: () => boolean;
}

export interface Outcome {
  readonly records: number;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
  readonly isFinished: boolean;
}

/** @throws SourceProblem | ImportRefused | ServerGone what is done by then is kept */
export async function runImport(run: Run): Promise<Outcome> {
  const { header, source, mapper, server, former, progress } = run;
  const report = openReport(run.reportFile, former !== undefined);
  const from = former?.position ?? 0;
  // Of the last batch: it may be missing in the report, if this program ended before it had the answer.
  const latest = new Map(
    (former?.problems ?? [])
      .filter(({ position }) => position >= from - MAX_USERS)
      .map((problem) => [problem.position, problem]),
  );
  const { imported = 0, skipped = 0, failed = 0 } = former ?? {};
  const total = { records: from, imported, skipped, failed, isFinished: false };

  const take = (batch: Batch, { state, problems }: BatchAnswer) => {
    const lines = problems.flatMap((problem) => {
      const place = batch.places[problem.position - batch.position];
      return place ? [lineOf(problem, place)] : [];
    });
    report.add(lines.toSorted((a, b) => a.record - b.record));
    total.records = batch.position + batch.places.length;
    total.isFinished = batch.isLast;
    // A dry run has no state: each answer is of its batch alone.
    for (const count of ["imported", "skipped", "failed"] as const)
      total[count] = header.isDryRun ? total[count] + state[count] : state[count];
    progress.show(batch.bytes, total);
  };

  const batches = batchesOf(recordsOf(source), mapper, {
    count: from,
    reportedFrom: Math.min(from, ...latest.keys()),
    report(position, place) {
      const problem = latest.get(position);
      if (problem && !report.has(place.number)) report.add([lineOf(problem, place)]);
    },
  });
  // While the server writes a batch, the next one is made.
  let underWay: Promise<void> | undefined;
  try {
    for await (const batch of batches) {
      await underWay;
      underWay = undefined;
      if (run.isInterrupted()) return total;
      underWay = server.send(header, batch).then((answer) => take(batch, answer));
      // A failure is thrown where it is waited for.
      underWay.catch(() => undefined);
    }
    await underWay;
  } catch (error) {
    await underWay?.catch(() => undefined);
    throw error;
  }
  return total;
}

function lineOf({ username, reason }: Problem, { number, where }: Place): ReportLine {
  return { record: number, where, username, reason };
}
