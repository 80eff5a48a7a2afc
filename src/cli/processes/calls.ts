import type { Settings } from "../../config/index.ts";
import type { Samples } from "../../metrics/index.ts";
import type { ProcessOfSeveral, RunningServer } from "../../server/index.ts";

/** What the program asks of a process. */
export type ProcessCalls = {
  /** Starts the server of the process. */
  start(order: StartOrder): Promise<StartOutcome>;
  /** What the process has counted; undefined without the setting metricsToken. */
  metrics(): Promise<Samples | undefined>;
  /** The samples without those of pools and app clients that are there no more. */
  withoutDeleted(samples: Samples): Promise<Samples>;
  /** Answers what is under way, then ends. */
  stop(): void;
};

export interface StartOrder extends Pick<ProcessOfSeveral, "number" | "count" | "prepares" | "files"> {
  readonly settings: Settings;
}

export type StartOutcome = Pick<RunningServer, "url" | "tls"> | StartFailure;

/** Why a server could not start, for the person who started it. */
export interface StartFailure {
  readonly failure: string;
}
