/**
 * How often one address may send what costs the server or a pool something. The domain limits the attempts for one user. Each node counts
 * for itself, and all its processes together. Loopback is not limited: it is this machine, or a proxy that does not name its client.
 */
import { LRUCache } from "lru-cache";
import { clientNetwork } from "../ip-networks.ts";
import { isLoopback } from "../loopback.ts";

interface Limit {
  readonly max: number;
  readonly windowMilliseconds: number;
}

/** More forms than an office behind one address needs, and too few to try names and codes of many users. */
const FORMS: Limit = { max: 300, windowMilliseconds: 60_000 };

/** Of clients that register without a token, of which a pool has room for 900. Each application registers once. */
const REGISTRATIONS: Limit = { max: 60, windowMilliseconds: 60 * 60_000 };

/** So many that an attacker with many addresses cannot push out another's count cheaply. */
const REMEMBERED_ADDRESSES = 20_000;

interface Window {
  readonly beganAt: number;
  count: number;
}

/** Whether one more request from an address is taken. */
export type AddressLimit = (address: string, now: number) => boolean | Promise<boolean>;

export const createFormLimit = () => createAddressLimit(FORMS);
export const createRegistrationLimit = () => createAddressLimit(REGISTRATIONS);

function createAddressLimit({ max, windowMilliseconds }: Limit) {
  const windows = new LRUCache<string, Window>({ max: REMEMBERED_ADDRESSES });
  return (address: string, now: number): boolean => {
    if (isLoopback(address)) return true;
    const network = clientNetwork(address);
    const known = windows.get(network);
    // A clock that was put back begins a new window too.
    if (known === undefined || Math.abs(now - known.beganAt) >= windowMilliseconds) {
      windows.set(network, { beganAt: now, count: 1 });
      return true;
    }
    known.count += 1;
    return known.count <= max;
  };
}
