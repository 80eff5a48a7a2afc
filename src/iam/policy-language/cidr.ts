import { BlockList, isIP } from "node:net";
import { withoutMapping } from "../../ip-networks.ts";

/**
 * Whether an address range (`10.0.0.0/8`, `2001:db8::/32`, or one address) contains an address.
 *
 * @returns false when either is malformed
 */
export function cidrContains(range: string, address: string): boolean {
  const [network = "", prefix] = range.split("/");
  const family = isIP(network);
  const plainAddress = withoutMapping(address);
  if (family === 0 || isIP(plainAddress) !== family) return false;
  const bits = family === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (!Number.isInteger(length) || length < 0 || length > bits || prefix === "") return false;
  const version = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, length, version);
  return list.check(plainAddress, version);
}
