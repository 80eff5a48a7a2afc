import type { AppClientRecord, AppClientSecret } from "../../storage/index.ts";

/** Active secrets of a client; a second one exists while the first is being replaced. */
export const MAX_CLIENT_SECRETS = 2;

/**
 * A secret to add to a client's, under an id of its own.
 *
 * @see API Reference, "ClientSecretDescriptorType": `{client id}--{time of creation}`
 */
export function newSecret(
  clientId: string,
  value: string,
  now: number,
  others: AppClientRecord["secrets"] = [],
): AppClientSecret {
  const isTaken = (at: number) => others.some(({ id }) => id === `${clientId}--${at}`);
  let at = now;
  while (isTaken(at)) at += 1;
  return { id: `${clientId}--${at}`, value, createdAt: now };
}
