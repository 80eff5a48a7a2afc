// At a start alone, where waiting for a thread takes longer than the work.
import { chmodSync, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where a server keeps its files; see "Command line and files" in docs/architecture.md. */
export interface DataDirectory {
  readonly database: string;
  readonly masterKey: string;
  readonly credentials: string;
  readonly config: string;
  /** The certificate of the local authority, which clients of `--tls local` have to trust. */
  readonly tlsAuthority: string;
  readonly tlsAuthorityKey: string;
}

export function openDataDirectory(folder: string): DataDirectory {
  makeFolder(folder);
  return namesOf(folder);
}

/**
 * Makes the folder and those above it, also if another server makes them at the same time. Node's own option for this never
 * returns where nothing can be made, as in /proc.
 */
function makeFolder(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) throw error;
  }
}

/** The files that a data folder holds, or will. */
export function namesOf(folder: string): DataDirectory {
  return {
    database: join(folder, "cognate.db"),
    masterKey: join(folder, "master.key"),
    credentials: join(folder, "credentials"),
    config: join(folder, "config"),
    tlsAuthority: join(folder, "tls-authority.pem"),
    tlsAuthorityKey: join(folder, "tls-authority.key"),
  };
}

/** Writes a file that only its owner may read, all of it or none. */
export function writePrivateFile(file: string, text: string): void {
  const aside = `${file}.new`;
  writeFileSync(aside, text, { mode: 0o600 });
  // The mode counts only when the file is made; one left from a run that was cut short keeps its own.
  chmodSync(aside, 0o600);
  renameSync(aside, file);
}
