import { setImmediate as laterTurn } from "node:timers/promises";
import type { Call, Events } from "../events.ts";
import type { Log } from "../log.ts";
import { createLogSinks, type LogSinkState, type LogTarget } from "../log-sinks/index.ts";
import { callRecord, isRead, type NamedCall } from "./call-record.ts";
import type { RecordOrigin } from "./cloud-trail.ts";
import { type EndpointRequest, endpointRecord, eventNameOf, isReadByName } from "./endpoint-record.ts";
import { consoleSignInRecord, poolActionRecord } from "./other-records.ts";

interface RequestLine {
  readonly method: string;
  /** The pattern of its path, without the id of a pool. */
  readonly path: string;
  /** Milliseconds since the Unix epoch, by the server's clock. */
  readonly at: number;
}

export interface AuditLog {
  /** Names the user that a call is about, before the call is published. */
  noteUser(requestId: string, sub: string): void;
  /** Records a request to an endpoint beside the API, if it is of interest. */
  noteRequest(request: RequestLine, read: () => Promise<EndpointRequest>): void;
  state(): LogSinkState;
  /** Hears of no more events, and delivers the records that wait. */
  close(): Promise<void>;
}

interface Options extends RecordOrigin {
  readonly events: Events;
  readonly target: LogTarget;
  /** Whether requests that change nothing are recorded too. */
  readonly recordsReads: boolean;
  readonly log: Log;
}

/** In place of an ARN, by which destinations of records are told apart. */
const DESTINATION = "the audit log";

/** Records may wait for some minutes while their target does not answer, under load. */
const CAPACITY = 100_000;

/** Records from now on what happens. Publishing costs a call little more than the call of a function: its record is made in a later turn. */
export function createAuditLog({ events, target, recordsReads, log, ...origin }: Options): AuditLog {
  const sinks = createLogSinks({ destinations: { [DESTINATION]: target }, log, capacity: CAPACITY });
  /** By the id of the request. Each is taken out by the event of its call. */
  const users = new Map<string, string>();
  const underWay = new Set<Promise<void>>();

  const record = (at: number, make: () => Promise<object> | object) => {
    const done = (async () => {
      try {
        // The pools of an account share one log, as in CloudTrail.
        sinks.write(DESTINATION, { poolId: "", at, level: "INFO", content: await make() });
      } catch (error) {
        log.error({ err: error }, "A record of the audit log could not be made");
      }
    })().finally(() => underWay.delete(done));
    underWay.add(done);
  };

  const ends = [
    events.subscribe("call", (call) => {
      const sub = users.get(call.requestId);
      users.delete(call.requestId);
      if (!isNamed(call) || (!recordsReads && isRead(call.operation))) return;
      record(call.at, async () => {
        await laterTurn();
        return callRecord(call, sub, origin);
      });
    }),
    events.subscribe("consoleSignIn", (signIn) =>
      record(signIn.at, () => consoleSignInRecord(signIn, origin)),
    ),
    events.subscribe("poolAction", (action) => {
      if (recordsReads || !isRead(action.action)) record(action.at, () => poolActionRecord(action, origin));
    }),
  ];

  return {
    noteUser: (requestId, sub) => users.set(requestId, sub),
    noteRequest({ method, path, at }, read) {
      const eventName = eventNameOf(path, method);
      if (eventName === undefined || (!recordsReads && isReadByName(eventName))) return;
      record(at, async () => endpointRecord(eventName, { at, ...(await read()) }, origin));
    },
    state: () => sinks.stateOf(DESTINATION),
    async close() {
      for (const end of ends) end();
      await Promise.all(underWay);
      await sinks.close();
    },
  };
}

function isNamed(call: Call): call is NamedCall {
  return call.operation !== undefined;
}
