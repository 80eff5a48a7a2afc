/** The state of a destination of logs: only types, which the console shares. */

/** A target as people may see it: without the headers of a request, and without the query and credentials of a URL. */
export type ShownTarget =
  | { readonly kind: "log" }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "http"; readonly url: string }
  | { readonly kind: "nothing" };

export interface LogSinkState {
  readonly target: ShownTarget;
  /** How many records were taken since the server started, and how many were lost. */
  readonly delivered: number;
  readonly lost: number;
  /** Why the last attempt failed, if it did. */
  readonly lastError?: string | undefined;
}
