/** The calls that the server answers, as they come. */
import { useEffect, useState } from "react";
import { CONSOLE_USER_AGENT } from "./aws.ts";
import { control, requestControl } from "./control.ts";

export interface Call {
  readonly requestId: string;
  readonly at: number;
  readonly service: string;
  readonly operation?: string;
  readonly caller?: string;
  readonly status: number;
  readonly error?: string;
  readonly durationMilliseconds: number;
  readonly userAgent?: string;
  readonly sourceIp?: string;
  readonly poolId?: string;
  readonly clientId?: string;
  readonly username?: string;
}

/** Request and answer of a call, without secrets. */
export interface CallContent {
  readonly request?: unknown;
  readonly answer?: unknown;
}

/** Only the server of `dev` keeps it, and only for a while. */
export const getCallContent = (requestId: string) =>
  control<CallContent>("GET", `activity/${encodeURIComponent(requestId)}`);

/** Whether this console made the call, to show a page. "Try it" counts as an application. */
export function isOfConsole({ userAgent }: Call): boolean {
  return userAgent?.includes(CONSOLE_USER_AGENT) === true;
}

/** As many as the page keeps. */
const KEPT_CALLS = 1000;

/** The wait before a reconnect after the connection was lost. */
const RETRY_MILLISECONDS = 3000;

export interface ActivityFeed {
  /** Newest first. */
  readonly calls: readonly Call[];
  readonly state: "connecting" | "live" | "broken";
  readonly error: unknown;
  readonly clear: () => void;
}

/** Listens while `isListening`; earlier calls stay during a pause. */
export function useActivity(isListening: boolean): ActivityFeed {
  const [calls, setCalls] = useState<readonly Call[]>([]);
  const [state, setState] = useState<ActivityFeed["state"]>("connecting");
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    if (!isListening) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = async () => {
      setState("connecting");
      try {
        const response = await requestControl("activity", { signal: stop.signal });
        setState("live");
        setError(undefined);
        for await (const batch of eventsOf(response, stop.signal))
          setCalls((before) => merged(before, batch));
        throw new TypeError("The connection has ended.");
      } catch (failure) {
        if (stop.signal.aborted) return;
        setState("broken");
        setError(failure);
        // A refusal is final; a lost connection is retried.
        if (failure instanceof TypeError) timer = setTimeout(() => void listen(), RETRY_MILLISECONDS);
      }
    };
    void listen();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [isListening]);

  return { calls, state, error, clear: () => setCalls([]) };
}

/** Adds new calls before those that are there; the server repeats the last ones at each start. */
function merged(before: readonly Call[], batch: readonly Call[]): readonly Call[] {
  const known = new Set(before.slice(0, KEPT_CALLS).map(({ requestId }) => requestId));
  const fresh = batch.filter(({ requestId }) => !known.has(requestId)).reverse();
  return fresh.length === 0 ? before : [...fresh, ...before].slice(0, KEPT_CALLS);
}

/**
 * The events of a `text/event-stream`, as many at a time as came together.
 *
 * @see WHATWG HTML, "Server-sent events"; fetch, since EventSource sends no header of ours
 */
async function* eventsOf(response: Response, signal: AbortSignal): AsyncGenerator<Call[]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  // A connection that was lost before rejects.
  signal.addEventListener("abort", () => void reader.cancel().catch(() => undefined));
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop() ?? "";
    const batch = events
      .filter((event) => event.startsWith("data: "))
      .map((event) => JSON.parse(event.slice("data: ".length)) as Call);
    if (batch.length > 0) yield batch;
  }
}

export type Decision = "allowed" | "denied" | "open" | "unknown";

const signatureErrors = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);

/** IAM's decision about a call: `open` is an operation without a signature, `unknown` an unknown caller. */
export function decisionOf({ error, caller }: Call): Decision {
  if (error === "AccessDenied" || error === "AccessDeniedException") return "denied";
  if (error !== undefined && signatureErrors.has(error)) return "unknown";
  return caller === undefined ? "open" : "allowed";
}
