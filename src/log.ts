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
