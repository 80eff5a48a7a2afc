/** The project's performance targets, as ratios of figures of one run. */
import { ceilingOf, medianRates } from "./ceiling.ts";
import type { ScenarioName } from "./load/scenarios.ts";
import { median } from "./median.ts";
import { FOOTPRINT_USERS, type Results } from "./results.ts";

export interface Verdict {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  readonly isMet: boolean;
}

interface RatioTarget {
  readonly scenario: ScenarioName;
  readonly users: number;
  readonly atLeast: number;
}

const timesCognitoLocal: readonly RatioTarget[] = [
  { scenario: "passwordSignIn", users: 1000, atLeast: 10 },
  { scenario: "passwordSignIn", users: 10_000, atLeast: 100 },
  { scenario: "refresh", users: 1000, atLeast: 6 },
  { scenario: "getUser", users: 1000, atLeast: 1.5 },
  { scenario: "adminCreateUser", users: 1000, atLeast: 10 },
  { scenario: "listUsersByEmail", users: 1000, atLeast: 2 },
  { scenario: "listUsersByEmail", users: 10_000, atLeast: 30 },
];

const ofTheCeiling: readonly RatioTarget[] = [
  { scenario: "passwordSignIn", users: 10_000, atLeast: 0.7 },
  { scenario: "srpSignIn", users: 10_000, atLeast: 0.7 },
  { scenario: "refresh", users: 10_000, atLeast: 0.7 },
  { scenario: "totpSignIn", users: 10_000, atLeast: 0.6 },
  { scenario: "quickstart", users: 10_000, atLeast: 0.5 },
  { scenario: "signUp", users: 10_000, atLeast: 0.6 },
  { scenario: "clientCredentials", users: 10_000, atLeast: 0.7 },
];

/** Of a Fastify route with nothing behind it; or so many in a second, whatever that route does. */
const USER_INFO = { users: 10_000, atLeast: 0.5, orPerSecond: 4000 };
const STEADY = { from: 100, to: 100_000, atLeast: 0.85 };
const MAX_START_MILLISECONDS = 150;
const MAX_IDLE_MIB = 90;
const MAX_LOADED_MIB = 150;
const MAX_CREATE_USER_POOL_MILLISECONDS = 10;
const MAX_INVOCATION_MILLISECONDS = 1;
/** Of sign-ins without a function. */
const MIN_FUNCTION_RATIO = 0.8;

/** Says of each target that this run has figures for whether it is met. */
export function judge(results: Results): Verdict[] {
  return [
    ...judgeCognitoLocal(results),
    ...judgeCeiling(results),
    ...judgeUserInfo(results),
    ...judgeSteadiness(results),
    ...judgeRest(results),
  ];
}

function judgeCognitoLocal({ cells }: Results): Verdict[] {
  return timesCognitoLocal.flatMap(({ scenario, users, atLeast }) => {
    const ratio = divide(
      cells.rate("Cognate", scenario, users),
      cells.rate("cognito-local", scenario, users),
    );
    return atLeastVerdict(`${scenario}, ${format(users)} users: times cognito-local`, ratio, atLeast);
  });
}

function judgeCeiling({ cells, ceilings }: Results): Verdict[] {
  const rates = medianRates(ceilings);
  return ofTheCeiling.flatMap(({ scenario, users, atLeast }) => {
    const ratio = divide(cells.rate("Cognate", scenario, users), ceilingOf(scenario, rates));
    return atLeastVerdict(`${scenario}, ${format(users)} users: of the ceiling`, ratio, atLeast);
  });
}

function judgeUserInfo({ cells }: Results): Verdict[] {
  const { users, atLeast, orPerSecond } = USER_INFO;
  const rate = cells.rate("Cognate", "userInfo", users);
  const ratio = divide(rate, cells.rate("Fastify alone", "userInfo", 0));
  if (rate === undefined || ratio === undefined) return [];
  return [
    {
      what: `userInfo, ${format(users)} users: of Fastify alone`,
      wanted: `≥ ${atLeast}, or ${format(orPerSecond)}/s`,
      found: `${formatRatio(ratio)}, ${format(rate)}/s`,
      isMet: ratio >= atLeast || rate >= orPerSecond,
    },
  ];
}

function judgeSteadiness({ cells, plan }: Results): Verdict[] {
  return plan.scenarios.flatMap((scenario) => {
    const [large, small] = [STEADY.to, STEADY.from].map((users) => cells.rate("Cognate", scenario, users));
    const what = `${scenario}: at ${format(STEADY.to)} users, of its rate at ${format(STEADY.from)}`;
    return atLeastVerdict(what, divide(large, small), STEADY.atLeast);
  });
}

function judgeRest({ footprints, createUserPool, invocations, functionRatios }: Results): Verdict[] {
  const footprint = footprints.get("Cognate");
  const users = `${format(FOOTPRINT_USERS)} users`;
  return [
    ...atMostVerdict(`start with ${users}`, median(footprint?.starts ?? []), MAX_START_MILLISECONDS, "ms"),
    ...atMostVerdict(`memory idle, ${users}`, footprint?.idleMiB, MAX_IDLE_MIB, "MiB"),
    ...atMostVerdict(`memory after load, ${users}`, footprint?.loadedMiB, MAX_LOADED_MIB, "MiB"),
    ...atMostVerdict("CreateUserPool", median(createUserPool), MAX_CREATE_USER_POOL_MILLISECONDS, "ms"),
    ...atMostVerdict("warm invocation of a function", median(invocations), MAX_INVOCATION_MILLISECONDS, "ms"),
    ...atLeastVerdict(
      "functionSignIn: of passwordSignIn on the same server",
      median(functionRatios),
      MIN_FUNCTION_RATIO,
    ),
  ];
}

function atLeastVerdict(what: string, found: number | undefined, atLeast: number): Verdict[] {
  if (found === undefined) return [];
  return [{ what, wanted: `≥ ${atLeast}`, found: formatRatio(found), isMet: found >= atLeast }];
}

function atMostVerdict(what: string, found: number | undefined, atMost: number, unit: string): Verdict[] {
  if (found === undefined) return [];
  return [
    { what, wanted: `≤ ${atMost} ${unit}`, found: `${found.toFixed(1)} ${unit}`, isMet: found <= atMost },
  ];
}

export function divide(dividend: number | undefined, divisor: number | undefined): number | undefined {
  return dividend === undefined || !divisor ? undefined : dividend / divisor;
}

export function format(number: number): string {
  return number.toLocaleString("en-US", { maximumFractionDigits: number < 10 ? 1 : 0 });
}

export function formatRatio(ratio: number): string {
  return ratio >= 10 ? format(ratio) : ratio.toFixed(2);
}
