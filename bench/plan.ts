import { parseArgs } from "node:util";
import { type ScenarioName, scenarios } from "./load/scenarios.ts";

export interface Plan {
  readonly sizes: readonly number[];
  readonly scenarios: readonly ScenarioName[];
  readonly connections: number;
  /** Each figure is the median of so many measurements, taken in turn with all others. */
  readonly rounds: number;
  readonly warmUpMilliseconds: number;
  readonly measureMilliseconds: number;
  readonly starts: number;
  /** The largest pool that cognito-local is given: it writes the whole pool anew for every change. */
  readonly largestForCognitoLocal: number;
  /** The run is aborted after this time. */
  readonly limitMinutes: number;
  /** Whether docs/performance.md is brought up to date. */
  readonly writesDocument: boolean;
  /** The folder for CPU profiles of Cognate. */
  readonly profileFolder: string | undefined;
}

export const usage = `npm run bench -- [--quick] [--write] [--only SCENARIO,…] [--sizes N,…] [--alone] [--profile DIR]

  --quick     less of everything, at 1,000 and 10,000 users, in under two minutes
  --write     bring the figures in docs/performance.md up to date
  --only      some scenarios: ${Object.keys(scenarios).join(", ")}
  --sizes     users on disk; 100,1000,10000,100000 unless given, or quick
  --alone     without cognito-local
  --profile   have the server write CPU profiles to this folder
  --import    only how fast cognate import-users is; [--users N] [--only cognito-csv|keycloak]; fails below 10,000 users/s or
              above 200 MiB
  --stalls    only how long one request can keep others waiting; fails above 50 ms
`;

const full = {
  sizes: "100,1000,10000,100000",
  rounds: 3,
  warmUpMilliseconds: 700,
  measureMilliseconds: 1500,
  starts: 9,
  largestForCognitoLocal: 100_000,
  limitMinutes: 30,
};

const quick: typeof full = {
  sizes: "1000,10000",
  rounds: 1,
  warmUpMilliseconds: 200,
  measureMilliseconds: 500,
  starts: 3,
  largestForCognitoLocal: 10_000,
  limitMinutes: 4,
};

/** @throws TypeError an argument is not understood */
export function readPlan(args: readonly string[]): Plan {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      only: { type: "string", default: Object.keys(scenarios).join() },
      sizes: { type: "string" },
      alone: { type: "boolean", default: false },
      profile: { type: "string" },
    },
  });
  const chosen = values.quick ? quick : full;
  return {
    ...chosen,
    largestForCognitoLocal: values.alone ? 0 : chosen.largestForCognitoLocal,
    sizes: (values.sizes ?? chosen.sizes).split(",").map(readSize),
    scenarios: values.only.split(",").map(readScenario),
    connections: 16,
    writesDocument: values.write,
    profileFolder: values.profile,
  };
}

function readSize(text: string): number {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 2 || size % 2 !== 0) {
    throw new TypeError(`${text} is not an even number of users.`);
  }
  return size;
}

/** @throws TypeError there is no such scenario */
export function readScenario(name: string): ScenarioName {
  if (!Object.hasOwn(scenarios, name)) throw new TypeError(`There is no scenario ${name}.`);
  return name as ScenarioName;
}
