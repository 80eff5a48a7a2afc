import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import type { Settings } from "../../config/index.ts";
import type { DataDirectory } from "../../data-directory.ts";
import type { Log } from "../../log.ts";
import { claimFiles, type Limits, limitsOfProgram, type ProgramCalls } from "../../server/index.ts";
import { writeToStandardError } from "../../standard-error.ts";
import { untilAskedToStop } from "../server-process.ts";
import { startFailure } from "../start-failure.ts";
import { serveWelcome } from "../welcome.ts";
import type { ProcessCalls, StartFailure, StartOutcome } from "./calls.ts";
import { type Channel, openChannel } from "./channel.ts";
import { closeUntakenConnection } from "./handed-connections.ts";
import { forwardLines } from "./log-lines.ts";
import { createMetricsOfAll } from "./metrics-of-all.ts";
import { MAX_LOSSES, replacementDelayMilliseconds, STEADY_MILLISECONDS } from "./replacement.ts";

/** Runs a server of several processes until it is asked to stop. @returns the status that the program ends with */
export async function runProcesses(settings: Settings, count: number, log: Log): Promise<number> {
  const fail = (failure: string) => {
    writeToStandardError(`cognate serve: ${failure}\n`);
    return 1;
  };
  const claimed = await claimFiles(settings).catch((error: unknown) => ({ error }));
  if ("error" in claimed) return fail(await startFailure(claimed.error, settings));
  const processes = new Processes(settings, count, claimed.files, log, await limitsOfProgram());
  try {
    const started = await processes.start();
    if ("failure" in started) return fail(started.failure);
    const asked = untilAskedToStop();
    // A script that waits for this line may close the pipe once it has read it.
    process.stdout.on("error", () => undefined);
    process.stdout.write(`Cognate is ready at ${started.url}\n`);
    process.stdout.write(serveWelcome({ ...started, files: claimed.files }, settings, count));
    const failure = await Promise.race([asked, processes.failure]);
    return failure === undefined ? 0 : fail(failure);
  } finally {
    await processes.stop();
    await claimed.release();
  }
}

type Started = Exclude<StartOutcome, StartFailure>;

/** A process that was started. */
interface Member {
  readonly worker: Worker;
  readonly channel: Channel<ProcessCalls>;
  /** When it began to answer requests; undefined while it starts. */
  runsSince: number | undefined;
  /** How it ended. */
  readonly end: Promise<Ended>;
}

const isRunning = ({ runsSince }: Member) => runsSince !== undefined;

interface Ended {
  readonly pid: number | undefined;
  readonly status: number | null;
  readonly signal: string | null;
}

class Processes {
  /** Resolves with the reason when no process is left and none can be started. */
  readonly failure: Promise<string>;
  readonly #settings: Settings;
  readonly #count: number;
  readonly #files: DataDirectory;
  readonly #log: Log;
  /** To what the processes ask. */
  readonly #answers: ProgramCalls;
  readonly #metrics = createMetricsOfAll();
  readonly #members = new Set<Member>();
  readonly #stopping = new AbortController();
  readonly #giveUp: (failure: string) => void;
  #url = "";

  constructor(settings: Settings, count: number, files: DataDirectory, log: Log, limits: Limits) {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.failure = promise;
    this.#giveUp = resolve;
    this.#settings = settings;
    this.#count = count;
    this.#files = files;
    this.#log = log;
    this.#answers = {
      ...limits,
      metrics: () => this.#metrics.text([...this.#members].filter(isRunning).map(({ channel }) => channel)),
      processes: () => ({ running: [...this.#members].filter(isRunning).length, wanted: count }),
    };
    // Each process gets connections in turn. Where processes accept connections themselves, one of them gets most.
    cluster.schedulingPolicy = cluster.SCHED_RR;
    cluster.setupPrimary({ args: ["serve-process"], stdio: ["ignore", "inherit", "pipe", "ipc"] });
  }

  /** Starts the first process, which prepares the database and its content, and then the others. */
  async start(): Promise<StartOutcome> {
    const first = await this.#start(1, true);
    if ("failure" in first) return first;
    this.#url = first.started.url;
    const numbers = Array.from({ length: this.#count - 1 }, (_, index) => index + 2);
    const others = await Promise.all(numbers.map((number) => this.#start(number, false)));
    const failed = others.find((other) => "failure" in other);
    if (failed !== undefined) return failed;
    for (const [index, process] of [first, ...others].entries())
      if ("member" in process) void this.#keepRunning(index + 1, process.member);
    return first.started;
  }

  /** Ends all processes. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const ends = [...this.#members].map((member) => {
      if (member.runsSince === undefined) member.worker.process.kill("SIGTERM");
      else member.channel.ask("stop").catch(() => undefined);
      return member.end;
    });
    await Promise.all(ends);
  }

  /** Replaces a process, and then its replacement, whenever it ends. */
  async #keepRunning(number: number, first: Member): Promise<void> {
    let member = first;
    let losses = 0;
    for (;;) {
      const { pid, status, signal } = await member.end;
      if (this.#stopping.signal.aborted) return;
      const ranMilliseconds = performance.now() - (member.runsSince ?? 0);
      losses = ranMilliseconds >= STEADY_MILLISECONDS ? 1 : losses + 1;
      const fields = { process: number, pid, ...(signal === null ? { status } : { signal }) };
      this.#log.error(fields, "A process ended, and is replaced");
      if (losses > MAX_LOSSES && !this.#isAnyRunning())
        return this.#giveUp(
          `Its processes end soon after their start, the last one ${reasonOf(status, signal)}.`,
        );
      const replacement = await this.#replace(number, losses);
      if (replacement === undefined) return;
      member = replacement;
    }
  }

  /** @returns undefined if the program stops */
  async #replace(number: number, losses: number): Promise<Member | undefined> {
    for (let failures = losses; ; failures += 1) {
      const { signal } = this.#stopping;
      await wait(replacementDelayMilliseconds(failures), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
      const replacement = await this.#start(number, false);
      if (signal.aborted) return undefined;
      if ("failure" in replacement) {
        this.#log.error({ process: number, reason: replacement.failure }, "A process could not be replaced");
        if (!this.#isAnyRunning()) this.#giveUp(replacement.failure);
      } else {
        // With port 0, when all processes had ended at once.
        if (replacement.started.url !== this.#url) this.#giveUp(`The port of ${this.#url} was lost.`);
        return replacement.member;
      }
    }
  }

  #isAnyRunning(): boolean {
    return [...this.#members].some(isRunning);
  }

  async #start(
    number: number,
    prepares: boolean,
  ): Promise<StartFailure | { readonly member: Member; readonly started: Started }> {
    const worker = cluster.fork(this.#environment());
    if (worker.process.stderr !== null) forwardLines(worker.process.stderr, writeToStandardError);
    closeUntakenConnection(worker.process);
    const end = endOf(worker);
    const channel = openChannel<ProcessCalls>(worker.process, this.#answers);
    const member: Member = { worker, channel, runsSince: undefined, end };
    this.#members.add(member);
    void end.then(() => {
      this.#members.delete(member);
      this.#metrics.ended(channel);
    });
    const outcome = await channel
      .ask("start", { settings: this.#settings, number, count: this.#count, prepares, files: this.#files })
      .catch(async () => {
        const { status, signal } = await end;
        return { failure: `A process ended at its start ${reasonOf(status, signal)}.` };
      });
    if ("failure" in outcome) {
      channel.ask("stop").catch(() => undefined);
      await end;
      return outcome;
    }
    member.runsSince = performance.now();
    this.#log.info({ process: number, pid: worker.process.pid }, "A process answers requests");
    return { member, started: outcome };
  }

  /** Of a process that is started. Together they have as many threads as one process would have. */
  #environment(): { UV_THREADPOOL_SIZE?: string } {
    const cores = availableParallelism();
    // Where the operator has not set another number: see bin/cognate.mjs.
    if (process.env.UV_THREADPOOL_SIZE !== String(Math.max(2, cores))) return {};
    return { UV_THREADPOOL_SIZE: String(Math.max(2, Math.ceil(cores / this.#count))) };
  }
}

/** Waits until a process has ended and all that it wrote was read. */
async function endOf({ process: child }: Worker): Promise<Ended> {
  const exit = once(child, "exit");
  const allRead = once(child, "close");
  const [status, signal] = await exit;
  // A process that a function of a trigger started may still hold the pipe.
  await Promise.race([allRead, wait(MAX_READING_MILLISECONDS, undefined, { ref: false })]);
  return { pid: child.pid, status, signal };
}

const MAX_READING_MILLISECONDS = 1000;

function reasonOf(status: number | null, signal: string | null): string {
  return signal === null ? `with status ${status}` : `by ${signal}`;
}
