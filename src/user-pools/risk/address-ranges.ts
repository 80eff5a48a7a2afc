import { isIP } from "node:net";
import { addressMatcher, firstGroups, parseAddressRange, withoutMapping } from "../../ip-networks.ts";

/** Whether a text is an address range in CIDR notation, such as `192.0.2.0/24` or `2001:db8::/32`. */
export function isAddressRange(text: string): boolean {
  return parseAddressRange(text)?.prefix !== undefined;
}

/** Whether an address is in one of the ranges. */
export function isInRanges(address: string | undefined, ranges: readonly string[] | undefined): boolean {
  if (address === undefined || ranges === undefined || ranges.length === 0) return false;
  return addressMatcher(ranges)(address);
}

/** The address in its plain form; undefined for what is no address. */
export function plainAddress(address: string | undefined): string | undefined {
  const plain = address && withoutMapping(address);
  return plain !== undefined && isIP(plain) !== 0 ? plain : undefined;
}

/** The network of an address: the /24 of IPv4, the /48 of IPv6, which a household or a small site has. */
export function networkOf(address: string): string {
  if (isIP(address) === 4) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  return `${firstGroups(address, 3)}::/48`;
}
