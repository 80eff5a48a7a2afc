import { describe, expect, it } from "vitest";
import { stoppedClock } from "../clock.ts";
import { createSignInLimits, waitSeconds } from "./sign-in-limits.ts";

function limitsAt(epochMilliseconds = 0) {
  const clock = stoppedClock(epochMilliseconds);
  const limits = createSignInLimits(clock);
  const fail = (times: number, name: string, address: string) => {
    for (let time = 0; time < times; time++) limits.failed(name, address);
  };
  return { clock, limits, fail };
}

describe("waiting time before the next attempt", () => {
  it.each([
    [4, 0],
    [5, 1],
    [6, 2],
    [10, 32],
    [60, 900],
  ])("is, after %i wrong passwords in a row, %i s", (failures, seconds) =>
    expect(waitSeconds(failures, 5)).toBe(seconds),
  );
});

describe("wrong passwords at the console", () => {
  it("delay a user name from one address, but not from others", () => {
    const { limits, fail } = limitsAt();
    fail(5, "alice", "192.0.2.1");
    expect(limits.waitSeconds("alice", "192.0.2.1")).toBe(1);
    expect(limits.waitSeconds("alice", "192.0.2.2")).toBe(0);
    expect(limits.waitSeconds("bob", "192.0.2.1")).toBe(0);
  });

  it("delay all addresses of an IPv6 network together", () => {
    const { limits } = limitsAt();
    for (let host = 1; host <= 5; host++) limits.failed("alice", `2001:db8:0:1::${host}`);
    expect(limits.waitSeconds("alice", "2001:db8:0:1:ffff::1")).toBe(1);
    expect(limits.waitSeconds("alice", "2001:db8:0:2::1")).toBe(0);
  });

  it("delay an address that tries many user names", () => {
    const { limits } = limitsAt();
    for (let name = 0; name < 20; name++) limits.failed(`user-${name}`, "192.0.2.1");
    expect(limits.waitSeconds("other", "192.0.2.1")).toBe(1);
  });

  it("delay a user name that many addresses try", () => {
    const { limits } = limitsAt();
    for (let address = 0; address < 100; address++) limits.failed("alice", `192.0.2.${address}`);
    expect(limits.waitSeconds("alice", "198.51.100.1")).toBe(1);
  });

  it("allow an attempt after the waiting time", () => {
    const { clock, limits, fail } = limitsAt();
    fail(8, "alice", "192.0.2.1");
    expect(limits.waitSeconds("alice", "192.0.2.1")).toBe(8);
    clock.advance(8000);
    expect(limits.waitSeconds("alice", "192.0.2.1")).toBe(0);
  });

  it("count from the current time when the clock is moved back", () => {
    const { clock, limits, fail } = limitsAt(3600 * 1000);
    fail(1, "alice", "192.0.2.1");
    fail(6, "bob", "192.0.2.9");
    clock.set(0);
    expect(limits.waitSeconds("alice", "192.0.2.1")).toBe(0);
    expect(limits.waitSeconds("bob", "192.0.2.9")).toBe(2);
  });

  it("are forgotten after a correct password and after an hour", () => {
    const { clock, limits, fail } = limitsAt();
    fail(6, "alice", "192.0.2.1");
    limits.succeeded("alice", "192.0.2.1");
    expect(limits.waitSeconds("alice", "192.0.2.1")).toBe(0);
    fail(19, "bob", "192.0.2.9");
    clock.advance(3600 * 1000);
    limits.failed("bob", "192.0.2.9");
    expect(limits.waitSeconds("bob", "192.0.2.9")).toBe(0);
  });
});
