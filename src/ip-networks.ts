/** Networks of IP addresses, for what is counted or compared by the network that an address is in. */
import { BlockList, isIP } from "node:net";

interface AddressRange {
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
  /** Undefined for a text that is one address. */
  readonly prefix: number | undefined;
}

/** Reads a range in CIDR notation (`10.0.0.0/8`, `2001:db8::/32`), or one address; undefined for any other text. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [, address = "", prefix] = /^([^/%]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0 || Number(prefix ?? 0) > bitsOf(version)) return undefined;
  const family = version === 4 ? "ipv4" : "ipv6";
  return { address, family, prefix: prefix === undefined ? undefined : Number(prefix) };
}

function bitsOf(version: number): number {
  return version === 4 ? 32 : 128;
}

/** Makes the rule whether an address is in one of the ranges. Malformed ranges hold no address. */
export function addressMatcher(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const { address, family, prefix } = parseAddressRange(range) ?? {};
    if (address === undefined || family === undefined) continue;
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, prefix, family);
  }
  return (address) => {
    const plain = withoutMapping(address);
    return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 4 ? "ipv4" : "ipv6");
  };
}

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
