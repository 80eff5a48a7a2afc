/** Parts of the scenarios: which users take part, the requests that are sent in turn, and the answers that count. */
import { shuffled } from "../subjects/population.ts";
import type { Target } from "../subjects/target.ts";
import type { Connection, Response } from "./connection.ts";

/** The unit that is counted: one sign-in, one quickstart or one read. `index` increases by one with each call. */
export type Step = (connection: Connection, index: number) => Promise<void>;

export interface Preparation {
  readonly target: Target;
  /** Different for every run, so that each takes other users. */
  readonly seed: number;
  /** For what has to be known before the measurement, such as tokens. */
  readonly connections: readonly Connection[];
}

export type Scenario = (preparation: Preparation) => Promise<Step> | Step;

/** How many different requests are written ahead; they are sent in turn. */
const MAX_REQUESTS = 4096;

export function pick(users: readonly number[], seed: number): number[] {
  return shuffled(users, seed).slice(0, MAX_REQUESTS);
}

export function sendInTurn<T>(
  items: readonly T[],
  isExpected: (response: Response) => boolean,
  write: (item: T) => Buffer,
): Step {
  const requests = items.map(write);
  return async (connection, index) => expect(isExpected, await connection.send(at(requests, index)));
}

/** The members of answers that the scenarios read. */
export interface Answer {
  readonly Session?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
  readonly AuthenticationResult?: { readonly AccessToken?: string; readonly RefreshToken?: string };
}

export function ok(response: Response): Answer {
  expect(isOk, response);
  return JSON.parse(response.body);
}

// Searched in the text, because parsing would take processor time from the server.
export const isOk = ({ status }: Response) => status === 200;
export const hasTokens = ({ status, body }: Response) => status === 200 && body.includes('"AccessToken":"ey');
export const namesUser = ({ status, body }: Response) => status === 200 && body.includes('"Username":"user-');

export function expect(isExpected: (response: Response) => boolean, response: Response): void {
  if (!isExpected(response))
    throw new Error(`Unexpected answer ${response.status}: ${response.body.slice(0, 500)}`);
}

export function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError("There is nothing to send.");
  return item;
}
