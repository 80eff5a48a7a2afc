import { describe, expect, it } from "vitest";
import type { AuthEventRecord } from "../../storage/index.ts";
import type { Origin } from "./origin.ts";
import { assess, RULES, type RuleName } from "./rules.ts";

const NOW = Date.UTC(2026, 0, 10);
const MINUTE = 60_000;
const HOME: Origin = {
  ipAddress: "203.0.113.9",
  agent: "Chrome, Windows",
  deviceId: "home",
  hasContextData: true,
  isForged: false,
};

/** A sign-in from home an hour ago, unless told otherwise. */
function signIn({
  type = "SignIn",
  response = "Pass",
  ipAddress = HOME.ipAddress,
  agent = "Chrome, Windows",
  deviceId = "home",
  minutesAgo = 24 * 60,
  feedback,
}: {
  type?: "SignIn" | "PasswordChange";
  response?: "Pass" | "Fail";
  /** Null: none. */
  ipAddress?: string | null | undefined;
  agent?: string;
  /** Null: none. */
  deviceId?: string | null;
  minutesAgo?: number;
  feedback?: "Valid" | "Invalid";
} = {}): AuthEventRecord {
  return {
    poolId: "us-east-1_Pool",
    sub: "sub",
    id: "event",
    event: {
      EventType: type,
      EventResponse: response,
      EventContextData: { IpAddress: ipAddress ?? undefined },
      ...(feedback && { EventFeedback: { FeedbackValue: feedback, Provider: "User" } }),
    },
    signals: { agent, ...(deviceId !== null && { deviceId }) },
    createdAt: NOW - minutesAgo * MINUTE,
  };
}

const failure = (minutesAgo: number) => signIn({ response: "Fail", minutesAgo });
type Parts = { readonly [Name in keyof Origin]?: Origin[Name] | undefined };
const reasons = (origin: Parts, ...history: AuthEventRecord[]) =>
  assess({ ...HOME, ...origin } as Origin, history, NOW, true).reasons;

describe("the rules of risk", () => {
  it("find nothing in a sign-in that resembles the previous one", () => {
    expect(assess(HOME, [signIn()], NOW, true)).toEqual({ level: undefined, points: 0, reasons: [] });
  });

  it("find nothing in the first sign-in of a user", () => {
    expect(assess({ ...HOME, isForged: true }, [], NOW, true).level).toBeUndefined();
    expect(assess(HOME, [failure(5), failure(4), failure(3)], NOW, true).level).toBeUndefined();
  });

  it("treat an unknown origin as new if older events were not loaded", () => {
    expect(assess(HOME, [failure(5)], NOW, false).reasons).toEqual([
      "newDevice",
      "newAddress",
      "newNetwork",
      "newAgent",
    ]);
  });

  it.each<[RuleName, number, Partial<Origin>, AuthEventRecord[]]>([
    ["newDevice", 25, { deviceId: "other" }, [signIn()]],
    ["newAddress", 10, { ipAddress: "203.0.113.200" }, [signIn()]],
    ["newAgent", 10, { agent: "Firefox, Linux" }, [signIn()]],
    ["recentFailures", 20, {}, [failure(10), failure(20), failure(59), signIn()]],
    ["reportedByUser", 50, {}, [signIn({ feedback: "Invalid" }), signIn()]],
    ["forgedDeviceData", 30, { isForged: true }, [signIn()]],
  ])("%s applies alone with %i points", (name, points, origin, history) => {
    expect(assess({ ...HOME, ...origin }, history, NOW, true)).toMatchObject({ points, reasons: [name] });
  });

  it("newNetwork adds 20 points to those of the new address", () => {
    const assessed = assess({ ...HOME, ipAddress: "198.51.100.7" }, [signIn()], NOW, true);
    expect(assessed).toMatchObject({ points: 30, reasons: ["newAddress", "newNetwork"] });
  });

  it("fastTravel adds 30 points to those of a new network and device", () => {
    const away = { ipAddress: "198.51.100.7", deviceId: "other" };
    const known = signIn({ ...away, minutesAgo: 100 * 60 });
    const assessed = assess({ ...HOME, ...away }, [signIn({ minutesAgo: 9 }), known], NOW, true);
    expect(assessed).toMatchObject({ points: 30, reasons: ["fastTravel"] });
    expect(reasons(away, signIn({ minutesAgo: 10 }), known)).toEqual([]);
  });

  it("fastTravel does not apply to the same device in another network, such as a phone that changes to mobile data", () => {
    expect(reasons({ ipAddress: "198.51.100.7" }, signIn({ minutesAgo: 1 }))).not.toContain("fastTravel");
  });

  it("fastTravel compares browser and system if one of the sign-ins has no device data", () => {
    const away = { ipAddress: "198.51.100.7" };
    const withData = signIn({ minutesAgo: 1 });
    const withoutData = signIn({ minutesAgo: 1, deviceId: null });
    expect(reasons({ ...away, deviceId: undefined }, withData)).not.toContain("fastTravel");
    expect(reasons(away, withoutData)).not.toContain("fastTravel");
    for (const agent of ["Firefox, Linux", undefined]) {
      expect(reasons({ ...away, deviceId: undefined, agent }, withoutData)).toContain("fastTravel");
    }
  });

  it("fastTravel applies in the same browser on another device, and not if an address is unknown", () => {
    const last = signIn({ minutesAgo: 1 });
    expect(reasons({ ipAddress: "198.51.100.7", deviceId: "other" }, last)).toContain("fastTravel");
    expect(reasons({ ipAddress: undefined, deviceId: "other" }, last)).toEqual(["newDevice"]);
    expect(reasons({ deviceId: "other" }, signIn({ minutesAgo: 1, ipAddress: null }))).not.toContain(
      "fastTravel",
    );
  });

  it("find nothing new in what a sign-in does not tell", () => {
    expect(reasons({ ipAddress: undefined, agent: undefined }, signIn())).toEqual([]);
    expect(reasons({ deviceId: undefined, agent: undefined }, signIn())).toEqual([]);
  });

  it("newNetwork compares the first three bytes of IPv4", () => {
    for (const ipAddress of ["204.0.113.9", "203.1.113.9", "203.0.114.9"]) {
      expect(reasons({ ipAddress }, signIn())).toEqual(["newAddress", "newNetwork"]);
    }
  });

  it("ignore events other than sign-ins, and successful sign-ins are no failures", () => {
    const change = signIn({ type: "PasswordChange", ipAddress: "198.51.100.7" });
    expect(reasons({ ipAddress: "198.51.100.7" }, change, signIn())).toEqual(["newAddress", "newNetwork"]);
    expect(reasons({}, ...[1, 2, 3].map((minutesAgo) => signIn({ minutesAgo })))).toEqual([]);
  });

  it("apply to a user whose only sign-in was reported", () => {
    expect(reasons({}, signIn({ feedback: "Invalid" }))).toContain("reportedByUser");
  });

  it("reportedByUser applies to the same device at another address, and to the same address on another device", () => {
    const reported = signIn({ ipAddress: "198.51.100.7", deviceId: "thief", feedback: "Invalid" });
    expect(reasons({ deviceId: "thief" }, reported, signIn())).toContain("reportedByUser");
    expect(reasons({ ipAddress: "198.51.100.7" }, reported, signIn())).toContain("reportedByUser");
    const unknown = signIn({ ipAddress: null, deviceId: null, feedback: "Invalid" });
    expect(reasons({ ipAddress: undefined, deviceId: undefined }, unknown, signIn())).not.toContain(
      "reportedByUser",
    );
  });

  it("newDevice compares browser and system if there is no device data", () => {
    const { deviceId: _none, ...without } = HOME;
    expect(assess(without, [signIn({ agent: "Firefox, Linux" }), signIn()], NOW, true).reasons).toEqual([]);
    const assessed = assess({ ...without, agent: "Firefox, Linux" }, [signIn()], NOW, true);
    expect(assessed.reasons).toEqual(["newDevice", "newAgent"]);
    expect(assess(without, [signIn()], NOW, true).reasons).toEqual([]);
  });

  it("newNetwork compares the /48 of IPv6", () => {
    const home = signIn({ ipAddress: "2001:db8:1:2::3" });
    expect(reasons({ ipAddress: "2001:db8:1:ffff::1" }, home)).toEqual(["newAddress"]);
    expect(reasons({ ipAddress: "2001:db8:2::1" }, home)).toEqual(["newAddress", "newNetwork"]);
  });

  it("recentFailures does not count failures that are an hour old", () => {
    expect(reasons({}, failure(10), failure(20), failure(60), signIn())).toEqual([]);
  });

  it("reportedByUser does not apply to other addresses and devices, nor to positive feedback", () => {
    const reported = signIn({ ipAddress: "198.51.100.7", deviceId: "thief", feedback: "Invalid" });
    expect(reasons({}, reported, signIn())).toEqual([]);
    expect(reasons({}, signIn({ feedback: "Valid" }))).toEqual([]);
  });

  it("ignore a reported sign-in in the history", () => {
    const reported = signIn({ ipAddress: "198.51.100.7", deviceId: "thief", feedback: "Invalid" });
    expect(reasons({ ipAddress: "198.51.100.7", deviceId: "thief" }, reported, signIn())).toEqual([
      "newDevice",
      "newAddress",
      "newNetwork",
      "reportedByUser",
    ]);
  });

  it("ignore failed sign-ins in the history", () => {
    const attack = signIn({ response: "Fail", ipAddress: "198.51.100.7", deviceId: "thief" });
    expect(reasons({ ipAddress: "198.51.100.7", deviceId: "thief" }, attack, signIn())).toEqual([
      "newDevice",
      "newAddress",
      "newNetwork",
    ]);
  });

  it.each([
    [25, undefined, { deviceId: "other" }],
    [30, "Low", { ipAddress: "198.51.100.7" }],
    [55, "Medium", { ipAddress: "198.51.100.7", deviceId: "other" }],
    [95, "High", { ipAddress: "198.51.100.7", deviceId: "other", agent: "Firefox, Linux", isForged: true }],
  ] as const)("of %i points together give the level %s", (points, level, origin) => {
    expect(assess({ ...HOME, ...origin }, [signIn()], NOW, true)).toMatchObject({ points, level });
  });

  it("are documented with their points", async () => {
    const { readFile } = await import("node:fs/promises");
    const page = await readFile("docs/threat-protection.md", "utf8");
    for (const { name, points } of RULES) expect(page).toContain(`| \`${name}\` | ${points} |`);
  });
});
