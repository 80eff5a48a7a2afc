import { BlockList, isIP } from "node:net";

/** Addresses of this machine, of private networks and of no single host. @see IANA special-purpose address registries */
const NOT_PUBLIC = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "::1/128",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "2002::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];

/** What `dev` allows beside public addresses. */
export const LOOPBACK_ADDRESSES = ["127.0.0.0/8", "::1/128"];

export type AddressRule = (address: string) => boolean;

/**
 * Whether requests may go to an address: a public one, or one of the ranges given.
 *
 * @param allowed addresses, or ranges in CIDR notation
 */
export function addressRule(allowed: readonly string[]): AddressRule {
  let lists: { readonly refused: BlockList; readonly excepted: BlockList } | undefined;
  return (address) => {
    // Made when the first request goes out, because many servers send none.
    lists ??= { refused: listOf(NOT_PUBLIC), excepted: listOf(allowed) };
    const { refused, excepted } = lists;
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    return isIP(address) !== 0 && (excepted.check(address, family) || !refused.check(address, family));
  };
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", prefix] = range.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
