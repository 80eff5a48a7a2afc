import { link, mkdir, open, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import type { Random } from "../random.ts";

/** A master key that cannot be used; the message tells why, and holds nothing of it. */
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
 * The master keys of a file, which is made with a new key when there is none.
 *
 * @throws MasterKeyError others than its owner can use the file, or what it holds is no key
 */
export async function masterKeysOfFile(file: string, random: Random): Promise<Uint8Array[]> {
  const kept = await readKeyFile(file);
  if (kept !== undefined) return kept;
  await writeKeyFile(file, `${Buffer.from(random.bytes(KEY_BYTES)).toString("base64")}\n`, random);
  const made = await readKeyFile(file);
  if (made === undefined) throw new MasterKeyError(`${file} went away while it was made.`);
  return made;
}

/** The file's keys; undefined when there is no such file. */
async function readKeyFile(file: string): Promise<Uint8Array[] | undefined> {
  const handle = await open(file, "r").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    // Asked of the open file, so that what is read is what was looked at.
    const { mode } = await handle.stat();
    // Windows has no such bits.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new MasterKeyError(`Others than its owner can use ${file}: run chmod 600 on it.`);
    }
    return parseMasterKeys((await handle.readFile("utf8")).trim());
  } finally {
    await handle.close();
  }
}

/**
 * Written aside and linked into place, so that nobody reads half a key, and of two servers that start at once the first one's
 * key stays. On the disk before it is used: what is sealed under a lost key is lost.
 */
async function writeKeyFile(file: string, content: string, random: Random): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const aside = `${file}.${Buffer.from(random.bytes(8)).toString("hex")}`;
  const handle = await open(aside, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
    await link(aside, file);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    await handle.close();
    await unlink(aside);
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
