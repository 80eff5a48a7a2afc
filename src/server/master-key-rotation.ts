/**
 * Keeps in the database which master keys it needs while one replaces another. A server seals everything under the new key after its start;
 * until that is done, a part of the database opens with one key and the rest with the other.
 */
import { fingerprintOf, MasterKeyError } from "../crypto/index.ts";
import type { Store } from "../storage/index.ts";

type Ports = Pick<Store, "installation">;

/** Its value: the fingerprints of the keys, separated by commas; empty after a rotation. */
const UNFINISHED = "unfinished-master-key-rotation";

/**
 * To be called at each start, before anything is sealed.
 *
 * @param place names where the keys are given
 * @throws MasterKeyError a rotation was cut short, and one of its keys is not given
 */
export async function continueRotation(
  { installation }: Ports,
  masterKeys: readonly Uint8Array[],
  place: string,
): Promise<void> {
  const given = masterKeys.map(fingerprintOf);
  const needed = (await installation.get(UNFINISHED)) || undefined;
  if (needed?.split(",").some((fingerprint) => !given.includes(fingerprint))) {
    throw new MasterKeyError(
      `The last server that ran here had not yet sealed everything under its new master key, and ${place} lacks one of the keys that it had. Give all of them, until the log says that the others can be removed.`,
    );
  }
  if (given.length > 1) await installation.set(UNFINISHED, given.join());
}

/** To be called once everything is sealed under the first key. */
export async function endRotation({ installation }: Ports): Promise<void> {
  await installation.set(UNFINISHED, "");
}
