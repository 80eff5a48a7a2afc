import { closeSync, constants, fstatSync, fsyncSync, openSync, readFileSync } from "node:fs";
import { link, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { codeOf } from "../code-of.ts";
import { decodeMasterKey, MASTER_KEY_BYTES, splitMasterKeys } from "../master-key-format.ts";
import type { Random } from "../random.ts";
import { deriveKey } from "./sealing.ts";

/** The master key cannot be used. The message gives the reason and no part of the key. */
export class MasterKeyError extends Error {}

/**
 * Reads master keys in base64, separated by commas: the first seals, all open.
 *
 * @throws MasterKeyError one of them is not 32 bytes in base64
 */
export function parseMasterKeys(text: string): Uint8Array[] {
  return splitMasterKeys(text).map((encoded, index) => {
    const key = decodeMasterKey(encoded);
    if (key === undefined) {
      throw new MasterKeyError(
        `Master key ${index + 1} is not 32 bytes in base64; make one with: openssl rand -base64 32`,
      );
    }
    return key;
  });
}

export function makeMasterKey(random: Random): Uint8Array {
  return random.bytes(MASTER_KEY_BYTES);
}

/** Names a master key without telling anything of it. */
export function fingerprintOf(masterKey: Uint8Array): string {
  return deriveKey(masterKey, "fingerprint").toString("base64url", 0, 12);
}

/**
 * Writes a new key to its file.
 *
 * @returns false if there is such a file already, which stays as it is
 */
export function keepMasterKey(file: string, key: Uint8Array, random: Random): Promise<boolean> {
  return writeKeyFile(file, `${Buffer.from(key).toString("base64")}\n`, random);
}

/**
 * The master keys of a file; undefined when there is no such file. Not by promises: at each start, and waiting takes longer than
 * reading.
 *
 * @throws MasterKeyError other users can read the file, or it holds no key
 */
export function readMasterKeys(file: string): Uint8Array[] | undefined {
  const descriptor = openIfThere(file);
  if (descriptor === undefined) return undefined;
  try {
    // The open file is checked, so that the file that is read is the one that was checked.
    const stats = fstatSync(descriptor);
    if (!stats.isFile())
      throw new MasterKeyError(`${file} is not a file. Put a backup of the key in its place.`);
    const { mode } = stats;
    // Windows has no permission bits.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new MasterKeyError(`Others than its owner can use ${file}: run chmod 600 on it.`);
    }
    return parseMasterKeys(readFileSync(descriptor, "utf8").trim());
  } finally {
    closeSync(descriptor);
  }
}

function openIfThere(file: string): number | undefined {
  try {
    // A named pipe that nobody writes is found to be no file, in place of a wait without end. Windows has neither.
    return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Writes a temporary file and links it into place, so that no process reads half a key. If two servers start at once,
 * the first key stays. The key is flushed to disk before its first use, because data sealed under a lost key is lost.
 *
 * Without file handles of `node:fs/promises`: those of Yarn's Plug'n'Play have no `sync`.
 */
async function writeKeyFile(file: string, content: string, random: Random): Promise<boolean> {
  const folder = dirname(file);
  const aside = `${file}.${Buffer.from(random.bytes(8)).toString("hex")}`;
  try {
    await writeFile(aside, content, { flag: "wx", mode: 0o600, flush: true });
    await link(aside, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    return false;
  } finally {
    await rm(aside, { force: true });
  }
  flushFolder(folder);
  return true;
}

function flushFolder(folder: string): void {
  // Windows cannot open folders.
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
