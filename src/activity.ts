import type { Call, Events } from "./events.ts";
import { isJsonObject, type JsonObject, parseJsonObject } from "./json.ts";
import { withoutSecrets, xmlWithoutSecrets } from "./secret-members.ts";

/** A call as the activity shows it, without what it carried. */
export interface ActivityCall extends Facts {
  /** The pool, client and user of the call, as its input or its access token names them. */
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

/** The facts of a call that the activity shows. */
interface Facts extends Omit<Call, "input" | "requestBytes" | "answer" | "caller"> {
  /** ARN. */
  readonly caller: string | undefined;
}

/** Most calls are never viewed. So only the data of the list is read from a call, and the rest on request. */
interface Kept {
  readonly facts: Facts;
  readonly names: Names;
  readonly content: Call | undefined;
}

export function createActivity(events: Events, { keepsContent }: Options): Activity {
  const calls: Kept[] = [];
  const listeners = new Set<(call: ActivityCall) => void>();
  events.subscribe("call", (call) => {
    const isKept = keepsContent && Math.max(call.requestBytes, call.answer.length) <= MAX_KEPT_LENGTH;
    const kept: Kept = {
      facts: factsOf(call),
      names: namesIn(call),
      content: isKept ? call : undefined,
    };
    if (calls.length === KEPT_CALLS) calls.shift();
    calls.push(kept);
    if (listeners.size === 0) return;
    const shown = shownOf(kept);
    for (const listener of listeners) listener(shown);
  });
  return {
    recent: () => calls.map(shownOf),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    contentOf(requestId) {
      const content = calls.find(({ facts }) => facts.requestId === requestId)?.content;
      return content && { request: withoutSecrets(content.input), answer: readable(content.answer) };
    },
  };
}

/** Member by member: to leave members out of a copy takes ten times as long. */
function factsOf(call: Omit<Call, "input">): Facts {
  return {
    requestId: call.requestId,
    at: call.at,
    service: call.service,
    operation: call.operation,
    caller: call.caller?.arn,
    status: call.status,
    error: call.error,
    durationMilliseconds: call.durationMilliseconds,
    userAgent: call.userAgent,
    sourceIp: call.sourceIp,
  };
}

function readable(answer: string): unknown {
  if (answer === "") return undefined;
  return answer.startsWith("{") ? withoutSecrets(JSON.parse(answer)) : xmlWithoutSecrets(answer);
}

const NOTHING: JsonObject = {};

/** Whom and what a call names. */
interface Names {
  readonly poolId: string | undefined;
  readonly clientId: string | undefined;
  readonly username: string | undefined;
  /** Counts after the name in a token. */
  readonly iamUserName: string | undefined;
  /** The claims of an access token, still encoded; without the signature, which is what makes it a token. */
  readonly claims: string | undefined;
}

/** Read from input that may not have been validated. */
function namesIn({ input, status }: Call): Names {
  const given = input?.ChallengeResponses ?? input?.AuthParameters;
  const answers = isJsonObject(given) ? given : NOTHING;
  const token = input?.AccessToken;
  return {
    poolId: textOf(input?.UserPoolId),
    clientId: textOf(input?.ClientId),
    username: textOf(input?.Username) ?? textOf(answers.USERNAME),
    iamUserName: textOf(input?.UserName),
    // Only what was accepted was a token of this server.
    claims: status === 200 && typeof token === "string" ? copyOf(token.split(".", 2)[1] ?? "") : undefined,
  };
}

/** A part of a string keeps the whole of it in memory. */
const copyOf = (part: string) => Buffer.from(part, "latin1").toString("latin1");

function shownOf({ facts, names }: Kept): ActivityCall {
  const claims = parseJsonObject(Buffer.from(names.claims ?? "", "base64url").toString()) ?? NOTHING;
  return {
    ...facts,
    poolId: names.poolId ?? textOf(claims.iss)?.split("/").at(-1),
    clientId: names.clientId ?? textOf(claims.client_id),
    username: names.username ?? textOf(claims.username) ?? names.iamUserName,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 256 ? value : undefined;
}
