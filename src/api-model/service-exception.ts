import type { ErrorName } from "./operations.generated.ts";

/** Members that an exception may have beside its message. */
export interface ServiceExceptionOptions extends ErrorOptions {
  /** Members of the exception's body beside `message`, as on the wire: `{ reasonCode: "…" }`. */
  readonly members?: Readonly<Record<string, string>>;
}

/**
 * An answer that is an exception of the service, thrown where the rule is and written to the wire in one place.
 *
 * The classes that extend it are generated, one for each exception of the API model.
 */
export abstract class ServiceException extends Error {
  abstract readonly code: ErrorName;
  readonly members: Readonly<Record<string, string>>;

  /** @param message the text that the caller sees; part of the wire, since clients match on it */
  constructor(message: string, options: ServiceExceptionOptions = {}) {
    super(message, options);
    this.name = new.target.name;
    this.members = options.members ?? {};
  }
}
