import { closeSync, fstatSync, fsyncSync, openSync, readFileSync } from "node:fs";
import { link, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Random } from "../random.ts";

/** The master key cannot be used. The message gives the reason and no part of the key. */
export class MasterKeyError extends Error {}

const KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Reads master keys in base64, separated by commas: the first seals, all open.
 *
 * @throws MasterKeyError one of them is not 32 bytes in base64
 */
export function parseMasterKeys(text: string): Uint8Array[] {
  return text.split(",").map((part, index) => {
    const encoded = part.trim();
    const key = Buffer.from(encoded, "base64");
    if (key.length !== KEY_BYTES || !BASE64.test(encoded)) {
      throw new MasterKeyError(
        `Master key ${index + 1} is not 32 bytes in base64; make one with: openssl rand -base64 32`,
      );
    }
    return key;
  });
}

/**
 * Reads the master keys of a file. Creates the file with a new key if there is none.
 *
 * @throws MasterKeyError other users can read the file, or it holds no key
 */
export async function masterKeysOfFile(file: string, random: Random): Promise<Uint8Array[]> {
  const kept = readKeyFile(file);
  if (kept !== undefined) return kept;
  await writeKeyFile(file, `${Buffer.from(random.bytes(KEY_BYTES)).toString("base64")}\n`, random);
  const made = readKeyFile(file);
  if (made === undefined) throw new MasterKeyError(`${file} went away while it was made.`);
  return made;
}

/** The file's keys; undefined when there is no such file. Not by promises: at each start, and waiting takes longer than reading. */
function readKeyFile(file: string): Uint8Array[] | undefined {
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
    return openSync(file, "r");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/**
 * Writes a temporary file and links it into place, so that no process reads half a key. If two servers start at once,
 * the first key stays. The key is flushed to disk before its first use, because data sealed under a lost key is lost.
 *
 * Without file handles of `node:fs/promises`: those of Yarn's Plug'n'Play have no `sync`.
 */
async function writeKeyFile(file: string, content: string, random: Random): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const aside = `${file}.${Buffer.from(random.bytes(8)).toString("hex")}`;
  try {
    await writeFile(aside, content, { flag: "wx", mode: 0o600, flush: true });
    await link(aside, file);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    await rm(aside, { force: true });
  }
  flushFolder(folder);
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

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
