/** Networks of IP addresses, for what is counted or compared by the network that an address is in. */
import { isIP } from "node:net";

/** The address without the form that a socket for both families gives to IPv4, and without a zone. */
export function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
}

/** The first groups of an IPv6 address, without leading zeros: `2001:db8:0`. */
export function firstGroups(address: string, count: number): string {
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...zeros, ...right]
    .slice(0, count)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/**
 * The smallest network that one client has to itself: an IPv4 address, and the /64 of IPv6, in which a client takes any address
 * that it likes. Limits by address count by it.
 *
 * @see RFC 4291 §2.5.4; RFC 8981, on temporary addresses
 */
export function clientNetwork(address: string): string {
  const plain = withoutMapping(address);
  return isIP(plain) === 6 ? `${firstGroups(plain, 4)}::/64` : plain;
}
