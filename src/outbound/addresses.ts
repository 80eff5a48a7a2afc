import { isIP } from "node:net";
import { addressMatcher } from "../ip-networks.ts";

/**
 * Addresses of this machine, of private networks, of documentation and of no single host, and IPv6 addresses that hold an
 * IPv4 address, which a tunnel or a translator would reach.
 *
 * @see IANA IPv4 and IPv6 Special-Purpose Address Registries
 */
const NOT_PUBLIC = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
  "5f00::/16",
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
  let rules: { readonly isRefused: AddressRule; readonly isExcepted: AddressRule } | undefined;
  return (address) => {
    // Made when the first request goes out, because many servers send none.
    rules ??= { isRefused: addressMatcher(NOT_PUBLIC), isExcepted: addressMatcher(allowed) };
    return isIP(address) !== 0 && (rules.isExcepted(address) || !rules.isRefused(address));
  };
}
