import type { Log } from "../log.ts";
import { messageOf } from "../message-of.ts";
import type { LogRecord, LogTarget } from "./index.ts";
import { deliverBatch } from "./targets.ts";

/** The most records that one delivery takes. */
const BATCH = 500;

interface LogQueueOptions {
  readonly arn: string;
  readonly target: LogTarget;
  readonly log: Log;
  readonly capacity: number;
  readonly retryAfterMilliseconds: readonly number[];
}

/** The records that wait for one destination, in order. A destination that does not answer holds up no other. */
export class LogQueue {
  readonly #options: LogQueueOptions;
  #waiting: LogRecord[] = [];
  #underWay: Promise<void> | undefined;
  #isClosed = false;
  #isOverflowing = false;
  #endPause: () => void = () => undefined;
  delivered = 0;
  lost = 0;
  lastError: string | undefined;

  constructor(options: LogQueueOptions) {
    this.#options = options;
  }

  push(record: LogRecord): void {
    if (this.#waiting.length >= this.#options.capacity) {
      this.lost += 1;
      // Once for each time that it is full: the log must not grow as fast as the records come.
      if (!this.#isOverflowing) this.#complain("Log records are lost: too many wait for their destination");
      this.#isOverflowing = true;
      return;
    }
    this.#waiting.push(record);
    this.#underWay ??= this.#deliverAll();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endPause();
    await this.#underWay;
  }

  async #deliverAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#deliver(this.#waiting.splice(0, BATCH));
      this.#isOverflowing = false;
    }
    this.#underWay = undefined;
  }

  async #deliver(batch: readonly LogRecord[]): Promise<void> {
    const { arn, target, log, retryAfterMilliseconds } = this.#options;
    for (const pause of [...retryAfterMilliseconds, undefined]) {
      try {
        await deliverBatch(target, arn, batch, log);
        this.delivered += batch.length;
        this.lastError = undefined;
        return;
      } catch (error) {
        this.lastError = messageOf(error);
      }
      if (pause === undefined || this.#isClosed) break;
      await this.#pause(pause);
    }
    // Once closed, the server waits for one failed attempt, and not for one with each batch that is left.
    const rest = this.#isClosed ? this.#waiting.splice(0) : [];
    this.lost += batch.length + rest.length;
    this.#complain("Log records are lost: their destination did not take them");
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      timer.unref();
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #complain(message: string): void {
    const { arn, log } = this.#options;
    log.error({ destination: arn, lost: this.lost, reason: this.lastError }, message);
  }
}
