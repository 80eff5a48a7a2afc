/**
 * The form of a recorded answer: what was asked of Amazon Cognito, and the whole of what it said.
 *
 * Origins: SFX, radkawar/stackd `testdata/aws/cognito`, raw answers of 24 September 2026; FLX, floci-io/floci
 * `fixtures/aws-cognito`, May 2026; SPIKE, a public sign-in spike of 2026; CLI and API, the samples of the AWS CLI and of the
 * API Reference, whose shapes are sure and whose values are edited; RT, values in public tests of other projects.
 */
import { expect } from "vitest";
import type { OperationName } from "../../src/api-model/index.ts";
import type { World } from "./world.ts";

export type Json = Readonly<Record<string, unknown>>;

/** What is expected of a call: its answer as JSON, an empty body, or a refusal. */
export type Expected = Json | "" | Refusal;

export class Refusal {
  readonly type: string;
  readonly message: unknown;
  /** Faults that are found before the operation runs are told under `Message`, those of the operation under `message`. */
  readonly key: "message" | "Message";
  constructor(type: string, message: unknown, key: "message" | "Message" = "message") {
    this.type = type;
    this.message = message;
    this.key = key;
  }
}

export function refusal(type: string, message: unknown): Refusal {
  return new Refusal(type, message);
}

/** One call: the operation, its input, and its recorded answer; without one it prepares and has to succeed. */
export type Step = readonly [operation: OperationName, input: Json, answer?: Expected];

/** The answer to a step, for the steps that build on it. */
// biome-ignore lint/suspicious/noExplicitAny: answers of every operation, read by the entry that asked
export type Answer = any;

export interface RecordedAnswer {
  readonly title: string;
  /** Where it was recorded. Entries of SFX are held to the order of members too. */
  readonly origin: string;
  /** The calls in their order; each `yield` gives the answer. */
  readonly play: (world: World) => AsyncGenerator<Step, void, Answer>;
}

/** A time on the wire: seconds with milliseconds as their fraction. */
export const TIME = expect.any(Number);
export const TEXT = expect.any(String);
export const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
