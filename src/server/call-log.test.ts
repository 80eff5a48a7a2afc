import { expect, it } from "vitest";
import { type Call, createEvents } from "../events.ts";
import { type Log, logOfRequest, silentLog } from "../log.ts";
import { logCalls } from "./call-log.ts";

const call: Call = {
  requestId: "r-1",
  at: 0,
  service: "cognito-idp",
  operation: "InitiateAuth",
  caller: undefined,
  status: 400,
  error: "NotAuthorizedException",
  durationMilliseconds: 3,
  userAgent: "agent",
  sourceIp: "192.0.2.1",
  input: { ClientId: "client", AuthParameters: { USERNAME: "taro", PASSWORD: "Permanent-1" } },
  requestBytes: 10,
  answer: '{"__type":"NotAuthorizedException","message":"Incorrect username or password."}',
};

function logged(given: Call): unknown[] {
  const entries: unknown[] = [];
  const note = (level: string) => (fields: object, message: string) =>
    void entries.push([level, JSON.parse(JSON.stringify(fields)), message]);
  const log: Log = { ...silentLog, debug: note("debug"), info: note("info") };
  const events = createEvents();
  logCalls(events, log, "debug");
  events.publish("call", given);
  return entries;
}

const fields = {
  requestId: "r-1",
  service: "cognito-idp",
  operation: "InitiateAuth",
  status: 400,
  sourceIp: "192.0.2.1",
  clientId: "client",
  milliseconds: 3,
};

it("logs a refused call with its request id and reason, and without what it carried", () =>
  expect(logged(call)).toEqual([
    [
      "info",
      { ...fields, error: "NotAuthorizedException", reason: "Incorrect username or password." },
      "A call was refused",
    ],
  ]));

it("logs the reason of a call that was refused in XML", () =>
  expect(
    logged({
      ...call,
      answer: "<ErrorResponse><Error><Message>No such user.</Message></Error></ErrorResponse>",
    }),
  ).toMatchObject([["info", { reason: "No such user." }, "A call was refused"]]));

it("logs an answered call for debugging alone, without tokens", () =>
  expect(
    logged({
      ...call,
      status: 200,
      error: undefined,
      answer: '{"AuthenticationResult":{"AccessToken":"a.b.c"}}',
    }),
  ).toEqual([["debug", { ...fields, status: 200 }, "A call was answered"]]));

it("leaves out an id that is no text or too long", () =>
  expect(logged({ ...call, input: { UserPoolId: { a: 1 }, ClientId: "x".repeat(1000) } })).toMatchObject([
    ["info", expect.not.objectContaining({ clientId: expect.anything() }), expect.anything()],
  ]));

it("names the request in every entry of its log", () => {
  const entries: unknown[] = [];
  const note = (entry: object) => void entries.push(entry);
  const log = logOfRequest({ debug: note, info: note, warn: note, error: note }, "r-1");
  for (const level of ["debug", "info", "warn", "error"] as const) log[level]({ level }, "x");
  expect(entries).toEqual(["debug", "info", "warn", "error"].map((level) => ({ requestId: "r-1", level })));
});
