import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Settings } from "../config/index.ts";
import { CannotOpen, MasterKeyError } from "../crypto/index.ts";
import { namesOf } from "../data-directory.ts";
import { messageOf } from "../message-of.ts";
import { CannotOpenDatabase, DatabaseInUse, isCertificateError, OtherSchema } from "../storage/index.ts";
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
  return (
    (await listenFailure(error, settings, findCognate)) ??
    (await folderFailure(error, settings, findCognate)) ??
    schemaFailure(error, settings) ??
    masterKeyFailure(error, settings) ??
    certificateFailure(error, settings) ??
    postgresFailure(error, settings) ??
    sqliteFailure(error, settings) ??
    fileFailure(error, settings) ??
    messageOf(error)
  );
}

async function listenFailure(
  error: unknown,
  { host, port }: Settings,
  findCognate: FindCognate,
): Promise<string | undefined> {
  const {
    code,
    hostname,
    message,
    port: asked = port,
    syscall,
  } = error as NodeJS.ErrnoException & {
    port?: number;
    hostname?: string;
  };
  if (code === "EADDRINUSE") {
    const flag = asked === port ? "--port" : "--tls-port";
    const running = await findCognate(`http://${host.includes(":") ? `[${host}]` : host}:${asked}`);
    return running === undefined
      ? `${host}:${asked} is taken; stop what listens there, or give another ${flag} (0 takes a free one).`
      : `Cognate is running already, at ${running}. Use that one, stop it, or give another ${flag} and --data-dir.`;
  }
  if (syscall === "getaddrinfo" && hostname === host)
    return `There is no address for the name ${host} (${code}). Give another --host.`;
  // One of several processes reports "bind" where a single one reports "listen".
  if (syscall === "listen" || syscall === "bind" || code === "EADDRNOTAVAIL")
    return `Listening on ${host}:${asked} is not possible here: ${message}`;
  return undefined;
}

async function folderFailure(
  error: unknown,
  { dataDir }: Settings,
  findCognate: FindCognate,
): Promise<string | undefined> {
  if (!(error instanceof DatabaseInUse)) return undefined;
  const { config } = namesOf(dataDir);
  const endpoint = endpointIn(config);
  const running = endpoint === undefined ? undefined : await findCognate(endpoint);
  const where = running === undefined ? "" : `, at ${running}`;
  return `Cognate is running already with the data folder ${resolve(dataDir)}${where}. Use that one, stop it, or give another --data-dir.`;
}

function schemaFailure(error: unknown, { dataDir, databaseUrl }: Settings): string | undefined {
  if (!(error instanceof OtherSchema)) return undefined;
  const remedy =
    databaseUrl === undefined
      ? `Remove the data folder ${resolve(dataDir)}, or give another --data-dir.`
      : "Give an empty database.";
  return `${error.message} ${remedy}`;
}

function masterKeyFailure(error: unknown, { dataDir, masterKey }: Settings): string | undefined {
  const file = namesOf(dataDir).masterKey;
  if (error instanceof CannotOpen) {
    const key = masterKey === undefined ? file : "of the setting masterKey";
    return `The master key ${key} is not the one that sealed this database. Put the right one in its place; without it the database is useless.`;
  }
  if (error instanceof MasterKeyError && masterKey === undefined && !error.message.includes(file))
    return `${file} holds no master key. Put a backup in its place; without the key that it held, the database is useless.`;
  return undefined;
}

function certificateFailure(error: unknown, { tlsCertificate, tlsKey }: Settings): string | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  if (tlsCertificate === undefined || code?.startsWith("ERR_OSSL_") !== true) return undefined;
  // OpenSSL's messages end with the reason, behind numbers and names of routines.
  const reason = message.split(":").at(-1);
  return `The certificate ${tlsCertificate} and the key ${tlsKey} cannot be used (${reason}). Give a certificate and its own key, both in PEM and the key without a password.`;
}

function postgresFailure(error: unknown, { databaseUrl }: Settings): string | undefined {
  if (databaseUrl === undefined) return undefined;
  const isUnavailable = error instanceof CannotOpenDatabase && error.cause !== undefined;
  const { code } = (isUnavailable ? error.cause : error) as NodeJS.ErrnoException;
  const remedy = postgresRemedy(code) ?? (isUnavailable ? CHECK_SERVER : undefined);
  // Without Node's advice to its own users.
  return remedy && `${messageOf(error).replace(/\.$|; if the root CA is .*/, "")}. ${remedy}`;
}

function sqliteFailure(error: unknown, { dataDir }: Settings): string | undefined {
  const fault = sqliteFault(error);
  if (fault === undefined) return undefined;
  const { database } = namesOf(dataDir);
  switch (fault.result) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return `The database ${database} is damaged, or no database of Cognate (${fault.message}). Put a backup in its place, or give another --data-dir.`;
    case SQLITE_FULL:
      return noSpace(dataDir);
    case SQLITE_CANTOPEN:
      return cannotOpen(database);
    case SQLITE_READONLY:
      return `The database ${database} cannot be written. Start the server as its owner, make the file and its folder writable, or give another --data-dir.`;
    default:
      return `The database ${database} cannot be used: ${fault.message}.`;
  }
}

/** For errors of the operating system. */
function fileFailure(error: unknown, { dataDir }: Settings): string | undefined {
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  // Such as the certificate of --tls-certificate.
  const isElsewhere =
    path !== undefined && path !== dataDir && dirname(path) !== dataDir && syscall !== "mkdir";
  // Files have other names while they are made.
  const isKnown =
    path !== undefined && (Object.values(namesOf(dataDir)).includes(path) || dirname(path) !== dataDir);
  const what = isKnown ? path : resolve(dataDir);
  switch (code) {
    case "EACCES":
    case "EPERM":
      if (isElsewhere)
        return `This user may not use ${path} (${code}). Let it read the file, or name another.`;
      return `This user may not use ${what} (${code}). Start the server as its owner, or give another --data-dir.`;
    case "EISDIR": {
      const folder = dest ?? path;
      // Node names no path when it opened the folder and fails to read it.
      if (folder === undefined)
        return "A setting that should name a file, such as --tls-certificate, names a folder.";
      return `${folder} is a folder, and should be a file. Remove it, or give another name.`;
    }
    case "EROFS":
      return `${what} cannot be written: its file system is read-only. Give another --data-dir.`;
    case "EEXIST":
    case "ENOTDIR":
      return `${what} is not a folder. Give another --data-dir.`;
    case "ENOENT":
      // Node reports a folder on a read-only file system in this way.
      if (syscall === "mkdir") return `${what} cannot be created. Give another --data-dir.`;
      return isElsewhere ? `There is no file ${path}.` : undefined;
    case "ENOSPC":
    case "EDQUOT":
      return noSpace(dataDir);
    case "ENAMETOOLONG":
      return `The path of the data folder, ${resolve(dataDir)}, is too long. Give another --data-dir.`;
    default:
      return undefined;
  }
}

const TRUST_CERTIFICATE =
  "Name its authority in the setting databaseUrl, by sslrootcert=FILE, and the host that the certificate names.";
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
      return code !== undefined && isCertificateError(code) ? TRUST_CERTIFICATE : undefined;
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
