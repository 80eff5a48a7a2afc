/**
 * Messages that are sent after their request has been answered, so that neither the time of the answer nor a failure
 * reveals whether a user exists.
 */
import type { Log } from "../log.ts";
import { messageOf } from "../message-of.ts";

export interface Outbox {
  /**
   * Runs `send` soon, and again after a while if it throws.
   *
   * @param about fields of the log line if it is given up; no code and no address
   */
  enqueue(send: () => Promise<void>, about: object): void;
  /** Resolves when nothing is under way and nothing waits, retries included. */
  idle(): Promise<void>;
  /** Waits for the messages under way, and gives up those that wait for another attempt. @param reason for the log */
  close(reason?: string): Promise<void>;
}

export interface OutboxOptions {
  readonly log: Log;
  /** How many are sent at a time. */
  readonly concurrency?: number;
  /** How many may wait; further messages are given up at once. */
  readonly capacity?: number;
  /** The pause after each failed attempt. After one more failure than it has members, a message is given up. */
  readonly retryAfterMilliseconds?: readonly number[];
}

interface Job {
  readonly send: () => Promise<void>;
  readonly about: object;
  failures: number;
}

export function createOutbox({
  log,
  concurrency = 5,
  capacity = 1_000,
  retryAfterMilliseconds = [1_000, 10_000, 60_000],
}: OutboxOptions): Outbox {
  const waiting: Job[] = [];
  const retries = new Map<Job, NodeJS.Timeout>();
  const idleListeners: (() => void)[] = [];
  let underWay = 0;
  let closedBecause: string | undefined;

  const giveUp = ({ about, failures }: Job, reason: string) =>
    log.error({ ...about, failures, reason }, "A message was dropped after its last attempt");

  function next(): void {
    while (underWay < concurrency) {
      const job = waiting.shift();
      if (job === undefined) break;
      underWay += 1;
      void run(job);
    }
    if (underWay > 0 || waiting.length > 0 || retries.size > 0) return;
    for (const listener of idleListeners.splice(0)) listener();
  }

  async function run(job: Job): Promise<void> {
    try {
      await job.send();
    } catch (error) {
      fail(job, error);
    }
    underWay -= 1;
    next();
  }

  function fail(job: Job, error: unknown): void {
    const pause = retryAfterMilliseconds[job.failures];
    job.failures += 1;
    if (pause === undefined || closedBecause !== undefined) {
      giveUp(job, messageOf(error));
      return;
    }
    const timer = setTimeout(() => {
      retries.delete(job);
      waiting.push(job);
      next();
    }, pause);
    timer.unref();
    retries.set(job, timer);
  }

  const idle = () =>
    new Promise<void>((resolve) => {
      idleListeners.push(resolve);
      next();
    });

  return {
    enqueue(send, about) {
      const job: Job = { send, about, failures: 0 };
      if (closedBecause !== undefined) return giveUp(job, closedBecause);
      if (waiting.length + retries.size >= capacity) return giveUp(job, "Too many messages wait.");
      waiting.push(job);
      next();
    },
    idle,
    async close(reason = "The server stops.") {
      closedBecause = reason;
      for (const [job, timer] of retries) {
        clearTimeout(timer);
        giveUp(job, reason);
      }
      retries.clear();
      await idle();
    },
  };
}
