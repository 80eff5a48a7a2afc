import { expect, it } from "vitest";
import { addressMatcher, clientNetwork, parseAddressRange } from "./ip-networks.ts";

it.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:0:1:aaaa:bbbb:cccc:dddd", "2001:db8:0:1::/64"],
  ["2001:DB8:0000:0001::1", "2001:db8:0:1::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("the network of the client %s is %s", (address, network) => expect(clientNetwork(address)).toBe(network));

it.each([
  ["10.0.0.0/8", "10.1.2.3", true],
  ["10.0.0.0/8", "11.0.0.1", false],
  ["10.0.0.7", "10.0.0.7", true],
  ["10.0.0.0/8", "::ffff:10.1.2.3", true],
  ["10.0.0.0/8", "::ffff:0a01:0203", true],
  ["0.0.0.0/0", "2001:db8::1", false],
  ["2001:db8::/32", "2001:db8::1", true],
  ["fe80::/10", "fe80::1%eth0", true],
  ["10.0.0.0/8", "not an address", false],
  ["not a range", "10.1.2.3", false],
])("the range %s and the address %s match: %s", (range, address, expected) =>
  expect(addressMatcher([range])(address)).toBe(expected),
);

it.each([
  "",
  "10.0.0.0/33",
  "10.0.0.0/",
  "10.0.0.0/-1",
  "10.0.0.0/8/8",
  "2001:db8::/129",
  "fe80::%eth0/64",
  "10.0.0",
])("%j is no range of addresses", (text) => expect(parseAddressRange(text)).toBeUndefined());
