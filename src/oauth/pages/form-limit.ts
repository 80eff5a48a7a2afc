/**
 * How many forms one address may send in a minute: more than an office behind one address needs, and too few to try
 * names and codes of many users. The domain limits the attempts for one user. Each node counts for itself, and all its
 * processes together. Loopback is not limited: it is this machine, or a proxy that does not name its client.
 */
import { LRUCache } from "lru-cache";
import { clientNetwork } from "../../ip-networks.ts";
import { isLoopback } from "../../loopback.ts";

const MAX_FORMS = 300;
const WINDOW_MILLISECONDS = 60_000;
/** So many that an attacker with many addresses cannot push out another's count cheaply. */
const REMEMBERED_ADDRESSES = 20_000;

interface Window {
  readonly beganAt: number;
  count: number;
}

/** Whether one more form from an address is taken. */
export type TakesForm = (address: string, now: number) => boolean | Promise<boolean>;

export function createFormLimit() {
  const windows = new LRUCache<string, Window>({ max: REMEMBERED_ADDRESSES });
  return (address: string, now: number): boolean => {
    if (isLoopback(address)) return true;
    const network = clientNetwork(address);
    const known = windows.get(network);
    // A clock that was put back begins a new window too.
    if (known === undefined || Math.abs(now - known.beganAt) >= WINDOW_MILLISECONDS) {
      windows.set(network, { beganAt: now, count: 1 });
      return true;
    }
    known.count += 1;
    return known.count <= MAX_FORMS;
  };
}
