import { link, mkdir, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Random } from "../random.ts";

/** A master key that cannot be used; the message tells why, and holds nothing of it. */
export class MasterKeyError extends Error {}

const KEY_BYTES = 32;

/**
 * Reads master keys in base64, separated by commas: the first seals, all open.
 *
 * @throws MasterKeyError one of them is not 32 bytes in base64
 */
export function parseMasterKeys(text: string): Uint8Array[] {
  return text.split(",").map((part, index) => {
    const key = Buffer.from(part.trim(), "base64");
    if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(part.trim())) {
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
 * @throws MasterKeyError others than its owner can read the file, or what it holds is no key
 */
export async function masterKeysOfFile(file: string, random: Random): Promise<Uint8Array[]> {
  await mkdir(dirname(file), { recursive: true });
  try {
    return await readKeyFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  // Written aside and linked into place, so that nobody reads half a key, and of two servers that start one wins.
  const aside = `${file}.${Buffer.from(random.bytes(8)).toString("hex")}`;
  await writeFile(aside, `${Buffer.from(random.bytes(KEY_BYTES)).toString("base64")}\n`, {
    mode: 0o600,
    flag: "wx",
  });
  try {
    await link(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await unlink(aside);
  }
  return readKeyFile(file);
}

async function readKeyFile(file: string): Promise<Uint8Array[]> {
  const { mode } = await stat(file);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new MasterKeyError(`Others than its owner can read ${file}: chmod 600 it.`);
  }
  return parseMasterKeys((await readFile(file, "utf8")).trim());
}
