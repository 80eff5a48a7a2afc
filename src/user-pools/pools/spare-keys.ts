import type { Environment } from "../environment.ts";

/** How many generated keys a server keeps ready: two pools' worth. */
const SPARE_KEYS = 4;

/**
 * Fills the stock of keys that new pools take, so that CreateUserPool does not wait for RSA. It takes its time: to be run
 * in the background, at start and after pools have been made.
 *
 * @param wanted how many keys the stock shall hold
 */
export async function replenishSpareKeys(
  { store, crypto }: Pick<Environment, "store" | "crypto">,
  wanted: number = SPARE_KEYS,
): Promise<void> {
  // Counted each time, because pools use keys meanwhile and other nodes add them.
  while ((await store.signingKeys.countSpares()) < wanted) {
    await store.signingKeys.addSpare(await crypto.generateSigningKey());
  }
}
