import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Settings } from "../config/index.ts";
import { CannotOpen, MasterKeyError } from "../crypto/index.ts";
import { namesOf } from "../data-directory.ts";
import { CannotOpenDatabase, DatabaseInUse, OtherSchema } from "../storage/index.ts";
import { endpointIn } from "./data-dir.ts";

type FindCognate = (url: string) => Promise<string | undefined>;

/** @returns the URL, if a Cognate server answers there */
async function findRunningServer(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/_cognate/health`, { signal: AbortSignal.timeout(2000) });
    const { status } = (await response.json()) as { status?: unknown };
    return status === "ok" ? url : undefined;
  } catch {
    return undefined;
  }
}

/** SQLite's result codes, the low byte of `errcode`. @see SQLite, "Result and Error Codes" */
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** SQLite opens no file whose path is longer. */
const MAX_PATH_BYTES = 512;

/**
 * Why a server could not start, and what to do about it, as one sentence or two for the person who started it.
 *
 * @param findCognate the URL of the Cognate server that has the port or the data folder; undefined if it is another program
 */
export async function startFailure(
  error: unknown,
  settings: Settings,
  findCognate: FindCognate = findRunningServer,
): Promise<string> {
  const { host, port, dataDir, masterKey } = settings;
  const names = namesOf(dataDir);
  const { code, syscall, path, message } = error as NodeJS.ErrnoException;

  if (code === "EADDRINUSE") {
    const running = await findCognate(`http://${host.includes(":") ? `[${host}]` : host}:${port}`);
    return running === undefined
      ? `${host}:${port} is taken; stop what listens there, or give another --port (0 takes a free one).`
      : `Cognate is running already, at ${running}. Use that one, stop it, or give another --port and --data-dir.`;
  }
  if (error instanceof DatabaseInUse) {
    const endpoint = existsSync(names.config) ? endpointIn(names.config) : undefined;
    const running = endpoint === undefined ? undefined : await findCognate(endpoint);
    const where = running === undefined ? "" : `, at ${running}`;
    return `Cognate is running already with the data folder ${resolve(dataDir)}${where}. Use that one, stop it, or give another --data-dir.`;
  }
  if (error instanceof OtherSchema) {
    const remedy =
      settings.databaseUrl === undefined
        ? `Remove the data folder ${resolve(dataDir)}, or give another --data-dir.`
        : "Give an empty database.";
    return `${message} ${remedy}`;
  }
  if (syscall === "listen" || code === "EADDRNOTAVAIL")
    return `Listening on ${host}:${port} is not possible here: ${message}`;

  if (error instanceof CannotOpen) {
    const key = masterKey === undefined ? names.masterKey : "of the setting masterKey";
    return `The master key ${key} is not the one that sealed this database. Put the right one in its place; without it the database is useless.`;
  }
  if (error instanceof MasterKeyError && masterKey === undefined && !message.includes(names.masterKey))
    return `${names.masterKey} holds no master key. Put a backup in its place; without the key that it held, the database is useless.`;

  if (settings.databaseUrl !== undefined) {
    const isUnavailable = error instanceof CannotOpenDatabase && error.cause !== undefined;
    const sqlState = isUnavailable ? (error.cause as NodeJS.ErrnoException).code : code;
    const remedy = postgresRemedy(sqlState) ?? (isUnavailable ? CHECK_SERVER : undefined);
    if (remedy !== undefined) return `${message.replace(/\.$/, "")}. ${remedy}`;
  }

  const fault = sqliteFault(error);
  if (fault?.result === SQLITE_CORRUPT || fault?.result === SQLITE_NOTADB)
    return `The database ${names.database} is damaged, or no database of Cognate (${fault.message}). Put a backup in its place, or give another --data-dir.`;
  if (fault?.result === SQLITE_FULL) return noSpace(dataDir);
  if (fault?.result === SQLITE_CANTOPEN) return cannotOpen(names.database);
  if (fault?.result === SQLITE_READONLY)
    return `The database ${names.database} cannot be written. Start the server as its owner, make the file and its folder writable, or give another --data-dir.`;
  if (fault !== undefined) return `The database ${names.database} cannot be used: ${fault.message}.`;

  // Such as the certificate of --tls-certificate.
  const isElsewhere =
    path !== undefined && path !== dataDir && dirname(path) !== dataDir && syscall !== "mkdir";
  // Files have other names while they are made.
  const isKnown = path !== undefined && (Object.values(names).includes(path) || dirname(path) !== dataDir);
  const what = isKnown ? path : resolve(dataDir);
  switch (code) {
    case "EACCES":
    case "EPERM":
      if (isElsewhere)
        return `This user may not use ${path} (${code}). Let it read the file, or name another.`;
      return `This user may not use ${what} (${code}). Start the server as its owner, or give another --data-dir.`;
    case "EROFS":
      return `${what} cannot be written: its file system is read-only. Give another --data-dir.`;
    case "EEXIST":
    case "ENOTDIR":
      return `${what} is not a folder. Give another --data-dir.`;
    case "ENOENT":
      // Node reports a folder on a read-only file system in this way.
      if (syscall === "mkdir") return `${what} cannot be created. Give another --data-dir.`;
      return isElsewhere ? `There is no file ${path}.` : message;
    case "ENOSPC":
    case "EDQUOT":
      return noSpace(dataDir);
    case "ENAMETOOLONG":
      return `The path of the data folder, ${resolve(dataDir)}, is too long. Give another --data-dir.`;
    default:
      return message ?? String(error);
  }
}

const CHECK_SERVER = "Start it, or correct the setting databaseUrl.";

/** By SQLSTATE. @see PostgreSQL, "Appendix A. PostgreSQL Error Codes" */
function postgresRemedy(code: string | undefined): string | undefined {
  switch (code) {
    case "3D000":
      return "Create it, or correct the setting databaseUrl.";
    case "28000":
    case "28P01":
      return "Correct the user and the password in the setting databaseUrl, or let the server accept them (pg_hba.conf).";
    case "3F000":
    case "42501":
      return "Grant the user CREATE and USAGE on a schema of the database, or make it the database's owner.";
    case "25006":
      return "Give the address of the primary in the setting databaseUrl, or make the database writable.";
    case "53300":
      return "Close other connections, or raise max_connections of the server: a node takes up to 10, and one more at its start.";
    case "57P03":
      return "Start again when it is ready.";
    default:
      return undefined;
  }
}

function noSpace(dataDir: string): string {
  return `No space is left in ${resolve(dataDir)}. Make room, or give another --data-dir.`;
}

/** SQLite says no more than that it is "unable to open database file". */
function cannotOpen(database: string): string {
  const isFolder = statSync(database, { throwIfNoEntry: false })?.isDirectory() === true;
  const reason = isFolder
    ? "it is a folder"
    : Buffer.byteLength(resolve(database)) > MAX_PATH_BYTES
      ? `its path is longer than ${MAX_PATH_BYTES} bytes`
      : "this user may not read and write it, or make files beside it";
  return `The database ${database} cannot be opened: ${reason}. Give another --data-dir.`;
}

/** SQLite's error, which can be the cause of another error. */
function sqliteFault(error: unknown): { readonly result: number; readonly message: string } | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ("errcode" in each && typeof each.errcode === "number")
      return { result: each.errcode & 0xff, message: each.message };
  }
  return undefined;
}
