/** The errors of a Postgres server and of the connection to it, as the store sees them. SQLSTATE codes: PostgreSQL, Appendix A. */
import { codeOf } from "../../code-of.ts";
import { ConstraintViolation } from "../engine.ts";
import { DatabaseUnavailable } from "../errors.ts";

const UNIQUE_VIOLATION = "23505";
const DUPLICATE_TABLE = "42P07";
const DUPLICATE_OBJECT = "42710";
const FOREIGN_KEY_VIOLATION = "23503";
const NOT_NULL_VIOLATION = "23502";

/** serialization_failure, which CockroachDB and YugabyteDB give too, and deadlock_detected. */
const CONFLICTS: ReadonlySet<unknown> = new Set(["40001", "40P01"]);

/** A replica, or a primary that became one: another connection may lead to the primary. */
export const READ_ONLY = "25006";

/** idle_in_transaction_session_timeout and transaction_timeout: the server has ended the connection of a node that stood still. */
const TIMED_OUT: ReadonlySet<string> = new Set(["25P03", "25P04"]);

/** Classes of SQLSTATE: connection exception, insufficient resources, operator intervention. */
const UNAVAILABLE_CLASSES: ReadonlySet<string> = new Set(["08", "53", "57"]);

/** Whether the transaction lost against another one, and may win when it runs again. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error));
}

/** The store's own error for one of the server's or the connection's; others as they are. */
export function asStoreError(error: unknown): unknown {
  const code = codeOf(error);
  switch (code) {
    case UNIQUE_VIOLATION:
    // Two concurrent statements that create the same table, both with "if not exists": the later gets any of the three.
    case DUPLICATE_TABLE:
    case DUPLICATE_OBJECT:
      return new ConstraintViolation("unique", error);
    case FOREIGN_KEY_VIOLATION:
      return new ConstraintViolation("reference", error);
    case NOT_NULL_VIOLATION:
      return new ConstraintViolation("required", error);
    case READ_ONLY:
      return new DatabaseUnavailable("The database is read-only.", { cause: error });
    default:
      return isUnavailable(error, code)
        ? new DatabaseUnavailable("The database does not answer.", { cause: error })
        : error;
  }
}

/** Codes of Node and of the operating system: ECONNRESET, EPIPE. Names of exceptions of the API begin with an E too. */
const SYSTEM_ERROR = /^E[A-Z0-9_]+$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Whether a code is one of Node or OpenSSL for a certificate that is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT, CERT_HAS_EXPIRED. */
export function isCertificateError(code: string): boolean {
  return /CERT|^UNABLE_TO_/.test(code);
}

function isUnavailable(error: unknown, code: unknown): boolean {
  if (typeof code === "string") {
    if (SYSTEM_ERROR.test(code) || isCertificateError(code) || TIMED_OUT.has(code)) return true;
    return SQLSTATE.test(code) && UNAVAILABLE_CLASSES.has(code.slice(0, 2));
  }
  // The client's own errors about a connection that ended, or was not made in time, have no code.
  return error instanceof Error && /connection|timeout/i.test(error.message);
}
