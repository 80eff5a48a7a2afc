import { describe, expect, it } from "vitest";
import { stoppedClock } from "../../clock.ts";
import { type AuthEvent, createEvents, type SentMessage } from "../../events.ts";
import { type Log, silentLog } from "../../log.ts";
import type { LogRecord } from "../../log-sinks/index.ts";
import { startLogDelivery } from "./deliver.ts";

const ARN = "arn:aws:logs:us-east-1:123456789012:log-group:pool";
const CONFIGURATIONS = [
  { EventSource: "userNotification", LogLevel: "ERROR", CloudWatchLogsConfiguration: { LogGroupArn: ARN } },
  { EventSource: "userAuthEvents", LogLevel: "INFO", S3Configuration: { BucketArn: "arn:aws:s3:::pool" } },
];
const MESSAGE: SentMessage = {
  poolId: "pool",
  username: "jane",
  medium: "EMAIL",
  occasion: "SignUp",
  failure: "The mail server refused it.",
};
const AUTH_EVENT: AuthEvent = {
  poolId: "pool",
  sub: "sub",
  username: "jane",
  clientId: undefined,
  requestId: "request",
  hasContextData: false,
  change: "begun",
  isNew: true,
  event: { EventId: "event", EventType: "SignIn", CreationDate: Date.UTC(2026, 0, 1) },
};

/** Log delivery of a pool. @param read reads the pool's configuration */
function delivery(read: () => Promise<unknown> = async () => CONFIGURATIONS) {
  const events = createEvents();
  const written: [arn: string, record: LogRecord][] = [];
  const complaints: string[] = [];
  const log: Log = { ...silentLog, error: (_fields: object, text: string) => void complaints.push(text) };
  const documents = { get: async () => ({ body: { LogConfigurations: await read() } }) };
  const end = startLogDelivery({
    // Nothing else of the store is asked for.
    store: { documents } as never,
    events,
    clock: stoppedClock(0),
    logSinks: {
      write: (arn, record) => void written.push([arn, record]),
      stateOf: () => undefined as never,
      close: async () => undefined,
    },
    log,
  });
  return { events, written, complaints, end };
}

const settled = () => new Promise(setImmediate);

describe("log delivery", () => {
  it("writes a message that was not taken, and none that was", async () => {
    const { events, written, complaints } = delivery();
    events.publish("message", { ...MESSAGE, failure: undefined });
    await settled();
    expect(written).toEqual([]);
    events.publish("message", MESSAGE);
    await settled();
    expect(written).toMatchObject([[ARN, { poolId: "pool", level: "ERROR" }]]);
    expect(complaints).toEqual([]);
  });

  it("writes auth events to the destination of theirs, with empty text where there is nothing to say", async () => {
    const { events, written } = delivery();
    events.publish("authEvent", AUTH_EVENT);
    await settled();
    expect(written).toMatchObject([
      [
        "arn:aws:s3:::pool",
        {
          level: "INFO",
          content: { message: { riskLevel: "", riskDecision: "", clientId: "", challenges: [] } },
        },
      ],
    ]);
  });

  it.each([
    ["no logs", []],
    ["another log", CONFIGURATIONS.slice(1)],
  ])("neither writes nor complains for a pool that delivers %s", async (_, configurations) => {
    const { events, written, complaints } = delivery(async () => configurations);
    events.publish("message", MESSAGE);
    await settled();
    expect([written, complaints]).toEqual([[], []]);
  });

  it("loses what comes while 1000 records wait for their pool's configuration, and goes on afterwards", async () => {
    const answer = Promise.withResolvers<unknown>();
    const { events, written, complaints } = delivery(() => answer.promise);
    for (let message = 0; message < 1_000; message += 1) events.publish("message", MESSAGE);
    expect(complaints).toEqual([]);
    events.publish("message", MESSAGE);
    expect(complaints).toEqual(["A log record is lost: too many wait"]);
    answer.resolve(CONFIGURATIONS);
    await settled();
    expect(written).toHaveLength(1_000);
    for (let message = 0; message < 1_000; message += 1) events.publish("message", MESSAGE);
    await settled();
    expect([written.length, complaints.length]).toEqual([2_000, 1]);
  });

  it("goes on after a configuration that could not be read, which it logs", async () => {
    let isThere = false;
    const { events, written, complaints } = delivery(async () => {
      if (!isThere) throw new Error("The database does not answer.");
      return CONFIGURATIONS;
    });
    events.publish("message", MESSAGE);
    await settled();
    isThere = true;
    events.publish("message", MESSAGE);
    await settled();
    expect([written.length, complaints]).toEqual([1, ["A log record is lost"]]);
  });

  it("writes nothing after its end", async () => {
    const { events, written, end } = delivery();
    end();
    events.publish("message", MESSAGE);
    events.publish("authEvent", AUTH_EVENT);
    await settled();
    expect(written).toEqual([]);
  });
});
