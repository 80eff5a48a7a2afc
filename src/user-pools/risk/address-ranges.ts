import { BlockList, isIP } from "node:net";

/** Whether a text is an address range such as `192.0.2.0/24` or `2001:db8::/32`. */
export function isAddressRange(text: string): boolean {
  const [address = "", bits = "", ...rest] = text.split("/");
  const family = isIP(address);
  return (
    family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
  );
}

/** Whether an address is in one of the ranges. */
export function isInRanges(address: string | undefined, ranges: readonly string[] | undefined): boolean {
  const plain = plainAddress(address);
  if (plain === undefined || ranges === undefined || ranges.length === 0) return false;
  const list = new BlockList();
  for (const range of ranges.filter(isAddressRange)) {
    const [network = "", bits] = range.split("/");
    list.addSubnet(network, Number(bits), isIP(network) === 4 ? "ipv4" : "ipv6");
  }
  return list.check(plain, isIP(plain) === 4 ? "ipv4" : "ipv6");
}

/** The address without the form that a socket for both families gives to IPv4; undefined for what is no address. */
export function plainAddress(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  return plain !== undefined && isIP(plain) !== 0 ? plain : undefined;
}

/** The network of an address: the /24 of IPv4, the /48 of IPv6, which a household or a small site has. */
export function networkOf(address: string): string {
  if (isIP(address) === 4) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = [...left, ...zeros, ...right]
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(":")}::/48`;
}
