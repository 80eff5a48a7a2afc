import type { Call, Events } from "./events.ts";
import { withoutSecrets, xmlWithoutSecrets } from "./secret-members.ts";

/** A call as the activity shows it, without what it carried. */
export interface ActivityCall extends Omit<Call, "input" | "requestBytes" | "answer"> {
  /** Whom and what the call is about, as far as its input says; of calls with an access token, as the token says. */
  readonly poolId: string | undefined;
  readonly clientId: string | undefined;
  readonly username: string | undefined;
}

/** The content of a call, without secrets. */
export interface CallContent {
  readonly request: unknown;
  readonly answer: unknown;
}

/** The newest calls that this node answered, for viewers of the console. Kept in memory only: it is a window, not a log. */
export interface Activity {
  /** The newest calls, oldest first; at most {@link KEPT_CALLS}. */
  recent(): readonly ActivityCall[];
  /** Calls `listener` for each call from now on. @returns what stops it */
  subscribe(listener: (call: ActivityCall) => void): () => void;
  /** Undefined when the call is not kept any more, was too large to keep, or contents are not kept at all. */
  contentOf(requestId: string): CallContent | undefined;
}

export const KEPT_CALLS = 500;

/** The longest request and the longest answer that are kept, in bytes and characters. */
const MAX_KEPT_LENGTH = 16 * 1024;

interface Options {
  /**
   * Whether requests and answers are kept: only in `dev`. In production, reading the activity must not be a way around the
   * permissions that reading users needs.
   */
  readonly keepsContent: boolean;
}

/** The content is prepared only on request, because most calls are never viewed. */
type Kept =
  | { readonly call: Call; readonly shown: undefined }
  | { readonly call: undefined; readonly shown: ActivityCall };

export function createActivity(events: Events, { keepsContent }: Options): Activity {
  const calls: Kept[] = [];
  const listeners = new Set<(call: ActivityCall) => void>();
  events.subscribe("call", (call) => {
    const isKept = keepsContent && Math.max(call.requestBytes, call.answer.length) <= MAX_KEPT_LENGTH;
    if (calls.length === KEPT_CALLS) calls.shift();
    calls.push(isKept ? { call, shown: undefined } : { call: undefined, shown: withoutContent(call) });
    if (listeners.size === 0) return;
    const shown = withoutContent(call);
    for (const listener of listeners) listener(shown);
  });
  return {
    recent: () => calls.map(({ call, shown }) => shown ?? withoutContent(call)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    contentOf(requestId) {
      const content = calls.find(({ call }) => call?.requestId === requestId)?.call;
      return content && { request: withoutSecrets(content.input), answer: readable(content.answer) };
    },
  };
}

function withoutContent({ input, requestBytes: _bytes, answer: _answer, ...call }: Call): ActivityCall {
  return { ...call, ...subjectOf(input, call.status) };
}

function readable(answer: string): unknown {
  if (answer === "") return undefined;
  return answer.startsWith("{") ? withoutSecrets(JSON.parse(answer)) : xmlWithoutSecrets(answer);
}

const NOTHING: Readonly<Record<string, unknown>> = {};

/** Read from input that may not have been validated. */
function subjectOf(
  input: Call["input"],
  status: number,
): Pick<ActivityCall, "poolId" | "clientId" | "username"> {
  const answers = objectOf(input?.ChallengeResponses ?? input?.AuthParameters);
  // Only what was accepted was a token of this server.
  const claims = status === 200 ? claimsOf(input?.AccessToken) : NOTHING;
  return {
    poolId: textOf(input?.UserPoolId) ?? textOf(claims.iss)?.split("/").at(-1),
    clientId: textOf(input?.ClientId) ?? textOf(claims.client_id),
    username:
      textOf(input?.Username) ??
      textOf(answers.USERNAME) ??
      textOf(claims.username) ??
      textOf(input?.UserName),
  };
}

function claimsOf(token: unknown): Readonly<Record<string, unknown>> {
  if (typeof token !== "string") return NOTHING;
  try {
    return objectOf(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()));
  } catch {
    return NOTHING;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : NOTHING;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 256 ? value : undefined;
}
