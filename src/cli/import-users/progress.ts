/** Shows the progress of an import: a bar on a terminal, a line every ten seconds elsewhere. */
import { SingleBar } from "cli-progress";
import type { Outcome } from "./run.ts";

export interface Progress {
  show(bytes: number, total: Outcome): void;
  /** Ends the bar, so that other text can follow. */
  stop(): void;
}

const LINE_EVERY_MILLISECONDS = 10_000;

export function createProgress(totalBytes: number, from: number, stream: NodeJS.WriteStream): Progress {
  const startedAt = performance.now();
  const bar = new SingleBar({
    format: "{bar} {percentage} %  {records} records, {rate}/s  {problems}{left}",
    barsize: 30,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    stream,
    noTTYOutput: true,
    notTTYSchedule: LINE_EVERY_MILLISECONDS,
    // The command handles the signals itself: Ctrl-C ends the import after the batch that is under way.
    gracefulExit: false,
  });
  const payload = (
    bytes: number,
    { records, skipped, failed }: Pick<Outcome, "records" | "skipped" | "failed">,
  ) => {
    const seconds = (performance.now() - startedAt) / 1000;
    const rate = (records - from) / Math.max(seconds, 0.001);
    const share = bytes / Math.max(totalBytes, 1);
    const left = share > 0.01 && rate > 0 ? (records / share - records) / rate : undefined;
    return {
      records: records.toLocaleString("en"),
      rate: Math.round(rate).toLocaleString("en"),
      problems: `${skipped + failed > 0 ? `${skipped} skipped, ${failed} failed  ` : ""}`,
      left: left === undefined ? "" : `${Math.ceil(left)} s left`,
    };
  };
  bar.start(Math.max(totalBytes, 1), 0, payload(0, { records: from, skipped: 0, failed: 0 }));
  return {
    show: (bytes, total) => bar.update(bytes, payload(bytes, total)),
    stop: () => bar.stop(),
  };
}
