/**
 * How risky a sign-in is: each rule that fits adds its points, and the sum makes the level. docs/threat-protection.md
 * explains the rules to operators.
 */
import type { RiskLevelType } from "../../api-model/index.ts";
import type { AuthEventRecord } from "../../storage/index.ts";
import { networkOf } from "./address-ranges.ts";
import type { Origin } from "./origin.ts";

export type RuleName =
  | "newDevice"
  | "newAddress"
  | "newNetwork"
  | "newAgent"
  | "fastTravel"
  | "recentFailures"
  | "reportedByUser"
  | "forgedDeviceData";

interface Assessment {
  /** Undefined: no risk. */
  readonly level: RiskLevelType | undefined;
  readonly points: number;
  /** The rules that fit, in the order of {@link RULES}. */
  readonly reasons: readonly RuleName[];
}

interface Situation {
  readonly origin: Origin;
  /** Successful sign-ins, newest first. */
  readonly successes: readonly AuthEventRecord[];
  /** Failed sign-ins, and those that were reported, newest first. */
  readonly failures: readonly AuthEventRecord[];
  readonly now: number;
}

interface Rule {
  readonly name: RuleName;
  readonly points: number;
  readonly fits: (situation: Situation) => boolean;
}

const MINUTE = 60_000;

/** No user reaches another network on another device in less time, except with two devices. */
const TRAVEL_MILLISECONDS = 10 * MINUTE;

/** How far back failures count, and how many are many. */
const FAILURE_WINDOW_MILLISECONDS = 60 * MINUTE;
const MANY_FAILURES = 3;

export const RULES: readonly Rule[] = [
  {
    name: "newDevice",
    points: 25,
    // Without device data a device is its browser and system.
    fits: ({ origin, successes }) =>
      origin.deviceId === undefined
        ? origin.agent !== undefined && !successes.some(({ signals }) => signals?.agent === origin.agent)
        : !successes.some(({ signals }) => signals?.deviceId === origin.deviceId),
  },
  {
    name: "newAddress",
    points: 10,
    fits: ({ origin: { ipAddress }, successes }) =>
      ipAddress !== undefined && !successes.some((event) => addressOf(event) === ipAddress),
  },
  {
    name: "newNetwork",
    points: 20,
    fits: ({ origin: { ipAddress }, successes }) =>
      ipAddress !== undefined && !successes.some((event) => isSameNetwork(addressOf(event), ipAddress)),
  },
  {
    name: "newAgent",
    points: 10,
    fits: ({ origin: { agent }, successes }) =>
      agent !== undefined && !successes.some(({ signals }) => signals?.agent === agent),
  },
  {
    name: "fastTravel",
    points: 30,
    fits: ({ origin, successes: [last], now }) =>
      last !== undefined &&
      origin.ipAddress !== undefined &&
      now - last.createdAt < TRAVEL_MILLISECONDS &&
      addressOf(last) !== undefined &&
      !isSameNetwork(addressOf(last), origin.ipAddress) &&
      !isSameDevice(last, origin),
  },
  {
    name: "recentFailures",
    points: 20,
    fits: ({ failures, now }) =>
      failures.filter(({ createdAt }) => now - createdAt < FAILURE_WINDOW_MILLISECONDS).length >=
      MANY_FAILURES,
  },
  {
    name: "reportedByUser",
    points: 50,
    fits: ({ origin, failures }) =>
      failures.some(
        (event) => event.event.EventFeedback?.FeedbackValue === "Invalid" && isSameOrigin(event, origin),
      ),
  },
  { name: "forgedDeviceData", points: 30, fits: ({ origin }) => origin.isForged },
];

/** The least points of each level. */
const LEVELS: readonly (readonly [RiskLevelType, number])[] = [
  ["High", 80],
  ["Medium", 50],
  ["Low", 30],
];

const NO_RISK: Assessment = { level: undefined, points: 0, reasons: [] };

/**
 * Assesses a sign-in by what the user did before. The first sign-in of a user has nothing to differ from.
 *
 * @param history the user's newest events, newest first
 * @param isComplete whether there are no older ones
 */
export function assess(
  origin: Origin,
  history: readonly AuthEventRecord[],
  now: number,
  isComplete: boolean,
): Assessment {
  const signIns = history.filter(({ event }) => event.EventType === "SignIn");
  const successes = signIns.filter(
    ({ event }) => event.EventResponse === "Pass" && event.EventFeedback?.FeedbackValue !== "Invalid",
  );
  const reported = signIns.filter(({ event }) => event.EventFeedback?.FeedbackValue === "Invalid");
  const failures = signIns.filter(
    (event) => event.event.EventResponse === "Fail" || reported.includes(event),
  );
  if (successes.length === 0 && reported.length === 0 && isComplete) return NO_RISK;
  const fitting = RULES.filter(({ fits }) => fits({ origin, successes, failures, now }));
  const points = fitting.reduce((sum, rule) => sum + rule.points, 0);
  const [level] = LEVELS.find(([, least]) => points >= least) ?? [undefined];
  return { level, points, reasons: fitting.map(({ name }) => name) };
}

const addressOf = ({ event }: AuthEventRecord) => event.EventContextData?.IpAddress;

function isSameNetwork(one: string | undefined, other: string): boolean {
  return one !== undefined && networkOf(one) === networkOf(other);
}

function isSameDevice({ signals }: AuthEventRecord, { deviceId, agent }: Origin): boolean {
  if (deviceId !== undefined && signals?.deviceId !== undefined) return deviceId === signals.deviceId;
  return agent !== undefined && agent === signals?.agent;
}

function isSameOrigin(event: AuthEventRecord, origin: Origin): boolean {
  const hasSameDeviceId = origin.deviceId !== undefined && event.signals?.deviceId === origin.deviceId;
  const address = addressOf(event);
  return hasSameDeviceId || (address !== undefined && address === origin.ipAddress);
}
