/** Errors of the store. */
import type { SignInNameKind } from "./records.ts";

export class InvalidPagePosition extends Error {}

/** The database cannot be opened as it is; the message says why, for the administrator who starts the server. */
export class CannotOpenDatabase extends Error {}

/** Another process has the SQLite database. */
export class DatabaseInUse extends CannotOpenDatabase {}

/** The schema is of a program from before the first release, and cannot be migrated. */
export class OtherSchema extends CannotOpenDatabase {
  constructor() {
    super("The database has the schema of an unreleased version of Cognate, and cannot be migrated.");
  }
}

/** The database does not answer. Nothing was lost that was acknowledged; whether a write that was under way was kept is unknown. */
export class DatabaseUnavailable extends Error {}

/** The pool, user or app client that the row belongs to is gone. */
export class OwnerMissing extends Error {
  constructor(owner: string) {
    super(`There is no such ${owner}.`);
  }
}

/** A text that is to be kept holds U+0000, which not every engine can keep. */
export class UnstorableText extends Error {
  constructor() {
    super("A text that is to be kept holds the character U+0000.");
  }
}

/** A row with the same key is there already. */
export class AlreadyExists extends Error {}

/** Another user of the pool holds one of the sign-in names. */
export class SignInNameTaken extends Error {
  readonly kind: SignInNameKind;
  constructor(kind: SignInNameKind) {
    super(`Another user of the pool has this ${kind}.`);
    this.kind = kind;
  }
}
