/** The files of an import, as one sequence of records. Nothing of them is held but the part that is being read. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { csvLines, splitRow } from "../../csv-lines.ts";
import { parseJson } from "../../json.ts";
import { auth0User } from "./auth0.ts";
import { cognitoCsvUser } from "./cognito-csv.ts";
import { cognitoJsonUser } from "./cognito-json.ts";
import { type FirebaseHashing, firebaseUser } from "./firebase.ts";
import { jsonElements } from "./json-elements.ts";
import { keycloakUser } from "./keycloak.ts";
import { logtoUser } from "./logto.ts";
import { type RawRecord, RecordProblem, SourceProblem, type SourceUser } from "./records.ts";

export const formats = ["keycloak", "auth0", "firebase", "logto", "cognito-json", "cognito-csv"] as const;
export type Format = (typeof formats)[number];

export interface Source {
  readonly files: readonly string[];
  readonly format: Format;
  readonly firebaseHashing: FirebaseHashing | undefined;
}

/** The records of this many bytes are read without a pause in which a batch could be sent. */
const READ_BYTES = 64 * 1024;

const chunksOf = (file: string): AsyncIterable<Buffer> =>
  createReadStream(file, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>;

/** Names the order in which records are sent: an import that was begun in another one cannot go on in this. */
const ORDER = "by username, in sections of 40,000";

/** The name of the source: files of the same content, read in the same way, are the same source. */
export async function fingerprintOf(source: Source, mapping: object): Promise<string> {
  const hash = createHash("sha256").update(
    JSON.stringify([ORDER, source.format, source.firebaseHashing, mapping]),
  );
  for (const file of source.files) for await (const chunk of chunksOf(file)) hash.update(chunk);
  return hash.digest("base64url").slice(0, 22);
}

export async function sizeOf({ files }: Source): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @throws SourceProblem a file cannot be read to its end */
export async function* recordsOf(source: Source): AsyncGenerator<RawRecord> {
  let before = 0;
  for (const file of source.files) {
    try {
      yield* recordsOfFile(file, source, before);
    } catch (error) {
      if (error instanceof SourceProblem) throw new SourceProblem(`${file} ${error.message}`);
      throw error;
    }
    before += (await stat(file)).size;
  }
}

function recordsOfFile(file: string, source: Source, before: number): AsyncGenerator<RawRecord> {
  switch (source.format) {
    case "keycloak":
      return inArray(file, before, "users", keycloakUser);
    case "firebase":
      return inArray(file, before, "users", (value) => firebaseUser(value, source.firebaseHashing));
    case "auth0":
      return inArrayOrLines(file, before, auth0User);
    case "logto":
      return inArrayOrLines(file, before, logtoUser);
    case "cognito-json":
      return inArray(file, before, "Users", cognitoJsonUser);
    case "cognito-csv":
      return inCsv(file, before);
  }
}

type JsonReader = (value: unknown) => SourceUser;

/** @param key of the outermost object, whose value is the array; the file may also be the array itself */
async function* inArray(
  file: string,
  before: number,
  key: string,
  read: JsonReader,
): AsyncGenerator<RawRecord> {
  let number = 0;
  for await (const { text, end } of jsonElements(chunksOf(file), key)) {
    number += 1;
    const where = `${basename(file)} user ${number}`;
    yield { where, bytes: before + end, read: () => read(parsed(text)) };
  }
}

async function* inArrayOrLines(file: string, before: number, read: JsonReader): AsyncGenerator<RawRecord> {
  if (await startsAsArray(file)) {
    yield* inArray(file, before, "users", read);
    return;
  }
  for await (const { text, ...place } of linesOf(file, before))
    yield { ...place, read: () => read(parsed(text)) };
}

/** The lines that are not blank, without a byte order mark. */
async function* linesOf(file: string, before: number) {
  let number = 0;
  let end = before;
  for await (const { text, bytes } of csvLines(chunksOf(file))) {
    number += 1;
    end += bytes;
    if (text?.trim() === "") continue;
    yield { text, where: `${basename(file)} line ${number}`, bytes: end };
  }
}

async function startsAsArray(file: string): Promise<boolean> {
  for await (const chunk of chunksOf(file)) {
    const first = /[^\s\uFEFF]/.exec(chunk.toString())?.[0];
    if (first !== undefined) return first === "[";
  }
  return false;
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) throw new RecordProblem("The record is not in UTF-8.");
  const value = parseJson(text);
  if (value === undefined) throw new RecordProblem("The record is no JSON.");
  return value;
}

async function* inCsv(file: string, before: number): AsyncGenerator<RawRecord> {
  let columns: readonly string[] | undefined;
  for await (const { text, ...place } of linesOf(file, before)) {
    if (columns === undefined) {
      columns = splitRow(text ?? "");
      if (!columns.includes("cognito:username"))
        throw new SourceProblem("has no column cognito:username in its first line.");
      continue;
    }
    const header = columns;
    yield { ...place, read: () => cognitoCsvUser(header, text) };
  }
  if (columns === undefined) throw new SourceProblem("is empty.");
}
