import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { RequestContext } from "../request-context.ts";
import type { TriggerRequests, TriggerResponse, TriggerSource } from "./sources.ts";

/** The input of a trigger. The JSON of the Lambda event is made from it in one place. */
export interface TriggerEvent<Source extends TriggerSource> {
  readonly pool: UserPoolRecord;
  /** Null where no app client is involved. */
  readonly clientId: string | null;
  /** The user's `username`; where there is no user, the name as typed. */
  readonly username: string;
  readonly user: UserRecord | undefined;
  readonly request: TriggerRequests[Source];
  readonly requestContext: RequestContext;
}

/** A function that cannot be invoked, with the place where it would be found. */
interface MissingFunction {
  readonly trigger: string;
  readonly arn: string;
  readonly lookedFor: string;
}

/** The port through which user pools call functions that a pool's `LambdaConfig` names. */
export interface Triggers {
  /** Whether the pool has a function for the source, for callers that would do work only for its sake. */
  has(pool: UserPoolRecord, source: TriggerSource): boolean;
  /** The functions that a pool names and that lead nowhere, for a warning when the pool is saved. */
  missing(pool: UserPoolRecord): readonly MissingFunction[];
  /**
   * @returns the function's `response`; undefined when the pool has no function for the source
   * @throws UserLambdaValidationException the function refused
   * @throws UnexpectedLambdaException it could not be run
   * @throws InvalidLambdaResponseException its answer has not the form of one
   */
  invoke<Source extends TriggerSource>(
    source: Source,
    event: TriggerEvent<Source>,
  ): Promise<TriggerResponse<Source> | undefined>;
}

/** Has no function for any pool. */
export const noTriggers: Triggers = {
  has: () => false,
  missing: () => [],
  invoke: async () => undefined,
};
