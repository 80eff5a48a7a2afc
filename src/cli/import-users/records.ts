/** What the readers of exports have in common: records of a source, and texts and flags of parsed JSON. */
import { isJsonObject, type JsonObject } from "../../json.ts";

/** A user in the words of Cognito. Names of attributes that Cognito has no word for are the source's own. */
export interface SourceUser {
  readonly id?: string | undefined;
  /** The `sub` that the user keeps. */
  readonly sub?: string | undefined;
  readonly status?: "UNCONFIRMED" | "FORCE_CHANGE_PASSWORD" | undefined;
  readonly username?: string | undefined;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly enabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
  /** Why the user's password cannot be checked here; set in place of the hash. */
  readonly hashProblem?: string | undefined;
  readonly mfaEnabled?: string | undefined;
  /** In milliseconds. */
  readonly createdAt?: number | undefined;
  readonly lastModifiedAt?: number | undefined;
}

/** A record as it is in the source, before its form is checked. */
export interface RawRecord {
  /** For example `users.csv line 7`. */
  readonly where: string;
  /** Of all files together, up to the end of this record. */
  readonly bytes: number;
  /** @throws RecordProblem the record cannot be read */
  readonly read: () => SourceUser;
}

/** Why a record is no user. */
export class RecordProblem extends Error {
  readonly username: string | undefined;
  constructor(message: string, username?: string) {
    super(message);
    this.username = username;
  }
}

/** The file does not have the given format, and cannot be read to its end. */
export class SourceProblem extends Error {}

/** @throws RecordProblem it is no object */
export function asObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new RecordProblem("The record is not a JSON object.");
  return value;
}

/** A text, or undefined where there is none. @throws RecordProblem it is something else */
export function textOf(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw new RecordProblem(`${name} is not a text.`);
  return value;
}

export function flagOf(object: JsonObject, name: string): boolean {
  return object[name] === true;
}

/** Values that are texts, numbers or truth values, as texts: what an attribute can hold. */
export function simpleValues(value: unknown): Record<string, string> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      ["string", "number", "boolean"].includes(typeof one) && one !== "" ? [[name, String(one)]] : [],
    ),
  );
}

/** `email_verified` and its like go with their address alone. */
export function verifiedFlag(address: string | undefined, isVerified: boolean): string | undefined {
  return address === undefined ? undefined : String(isVerified);
}
