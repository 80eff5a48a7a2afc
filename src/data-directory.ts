// At a start alone, where waiting for a thread takes longer than the work.
import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return namesOf(folder);
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
