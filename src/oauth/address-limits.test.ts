import { expect, it } from "vitest";
import { type AddressLimit, createFormLimit, createRegistrationLimit } from "./address-limits.ts";

function sent(count: number, address: string, takes: AddressLimit, now: number) {
  return Array.from({ length: count }, () => takes(address, now)).filter(Boolean).length;
}

it("accepts 300 forms a minute from an address, and as many again in the next minute", () => {
  const takes = createFormLimit();
  expect(sent(400, "198.51.100.1", takes, 1000)).toBe(300);
  expect(sent(400, "198.51.100.2", takes, 1000)).toBe(300);
  expect(sent(1, "198.51.100.1", takes, 60_999)).toBe(0);
  expect(sent(400, "198.51.100.1", takes, 61_000)).toBe(300);
});

it("counts the addresses of one IPv6 network together, because a client takes any of them", () => {
  const takes = createFormLimit();
  expect(sent(200, "2001:db8:0:1::1", takes, 0)).toBe(200);
  expect(sent(200, "2001:db8:0:1:ffff::2", takes, 0)).toBe(100);
  expect(sent(1, "2001:db8:0:2::1", takes, 0)).toBe(1);
});

it("does not limit loopback addresses, because a proxy there can serve many browsers", () => {
  expect(sent(1000, "127.0.0.1", createFormLimit(), 0)).toBe(1000);
  expect(sent(1000, "::1", createFormLimit(), 0)).toBe(1000);
});

it("accepts 60 registrations an hour from an address", () => {
  const takes = createRegistrationLimit();
  expect(sent(61, "198.51.100.1", takes, 0)).toBe(60);
  expect(sent(1, "198.51.100.2", takes, 0)).toBe(1);
  expect(sent(1, "198.51.100.1", takes, 3_599_999)).toBe(0);
  expect(sent(1, "198.51.100.1", takes, 3_600_000)).toBe(1);
});
