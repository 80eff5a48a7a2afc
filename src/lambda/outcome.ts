/** The outcome of an invocation, however the function was reached. */
export type InvocationOutcome =
  /** The function's result, as JSON text; not always valid JSON when it came from elsewhere. */
  | { readonly kind: "answered"; readonly payload: string }
  /** It threw, or ended its runtime. */
  | { readonly kind: "failed"; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: "timed out" }
  /** It could not be invoked. `reason` is the name of Lambda's exception, for example `ResourceNotFoundException`. */
  | { readonly kind: "not invoked"; readonly reason: string; readonly detail: string };

export interface Invocation {
  readonly arn: string;
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  /** Whether the caller waits for the outcome: Lambda's `RequestResponse` or `Event`. */
  readonly isAsynchronous?: boolean;
}

/** The largest answer of a function. @see Lambda Developer Guide, "Lambda quotas": 6 MB, and what an error needs */
export const MAX_PAYLOAD_BYTES = 6_291_556;

/** The error of a larger answer, in the words of Lambda. */
export const PAYLOAD_TOO_LARGE = {
  kind: "failed",
  errorType: "Function.ResponseSizeTooLarge",
  errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
} as const satisfies InvocationOutcome;

/** How long Cognito waits for a function. @see Developer Guide, "Customizing user pool workflows with Lambda triggers" */
export const TIMEOUT_MILLISECONDS = 5000;
