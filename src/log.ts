/**
 * The log port. Entries are structured and never hold a password, secret, code, Session or token.
 */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Keeps nothing, for tests of pure parts. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Functions can give long reasons. */
const MAX_REASON_CHARACTERS = 500;

interface Refusal {
  readonly error: string;
  readonly reason: string | undefined;
}

/**
 * Makes the entry of a call that was refused, for those who ask why.
 *
 * @see docs/decisions/0325-entries-for-refused-calls.md
 */
export function logRefusedCall<Fields extends Refusal>(log: Log, { reason, ...refused }: Fields): void {
  log.info({ ...refused, reason: reason?.slice(0, MAX_REASON_CHARACTERS) }, "A call was refused");
}

/** A log whose entries name the request that led to them. */
export function logOfRequest(log: Log, requestId: string): Log {
  return new RequestLog(log, requestId);
}

/** A class, because one is made for each request, and hardly any of them logs. */
class RequestLog implements Log {
  readonly #log: Log;
  readonly #requestId: string;

  constructor(log: Log, requestId: string) {
    this.#log = log;
    this.#requestId = requestId;
  }

  debug(fields: object, message: string): void {
    this.#log.debug({ requestId: this.#requestId, ...fields }, message);
  }

  info(fields: object, message: string): void {
    this.#log.info({ requestId: this.#requestId, ...fields }, message);
  }

  warn(fields: object, message: string): void {
    this.#log.warn({ requestId: this.#requestId, ...fields }, message);
  }

  error(fields: object, message: string): void {
    this.#log.error({ requestId: this.#requestId, ...fields }, message);
  }
}
