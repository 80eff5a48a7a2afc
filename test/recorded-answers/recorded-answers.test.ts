/**
 * Answers recorded from Amazon Cognito, replayed: every entry of `recorded-answers/` is asked of a running server, and the
 * whole answer is compared: its status, its members and their texts, bodies that are empty.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";
import { accounts } from "./accounts.ts";
import { challengesAndDevices } from "./challenges-and-devices.ts";
import type { RecordedAnswer } from "./entry.ts";
import { factors } from "./factors.ts";
import { groupClaims } from "./group-claims.ts";
import { groups } from "./groups.ts";
import { poolsAndClients } from "./pools-and-clients.ts";
import { providersAndJobs } from "./providers-and-jobs.ts";
import { remaining } from "./remaining.ts";
import { reports } from "./reports.ts";
import { signIn } from "./sign-in.ts";
import { signInRefusals } from "./sign-in-refusals.ts";
import { tokens } from "./tokens.ts";
import { callOnWire, comparable, expectedAnswer, membersOutOfOrder, parsed } from "./wire.ts";
import { wireFaults } from "./wire-faults.ts";
import { World } from "./world.ts";

describe("answers recorded from Amazon Cognito", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it.for(wireFaults)(
    "$title [SFX login_workflows]",
    async ({ operation, input, authorization, answer: expected }) => {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await callOnWire(server.url, operation, input, headers);
      expect({ status: answer.status, body: parsed(answer) }).toEqual(expectedAnswer(expected));
    },
  );

  describe.each([
    ["pools and app clients", poolsAndClients],
    ["groups", groups],
    ["roles in tokens", groupClaims],
    ["sign-in", signIn],
    ["rejected sign-in", signInRefusals],
    ["tokens", tokens],
    ["accounts", accounts],
    ["factors, devices and passkeys", factors],
    ["challenges and devices", challengesAndDevices],
    ["remaining operations", remaining],
    ["providers, styles, risk and import jobs", providersAndJobs],
    ["inputs of earlier reports", reports],
  ])("%s", (_, entries) => {
    it.for(entries)("$title [$origin]", (entry) => replay(entry, server));
  });
});

async function replay(entry: RecordedAnswer, server: TestServer): Promise<void> {
  const steps = entry.play(new World(server));
  let next = await steps.next();
  while (!next.done) {
    const [operation, input, expected] = next.value;
    const answer = await callOnWire(server.url, operation, input);
    const body = parsed(answer);
    if (expected === undefined) {
      expect(answer.status, `${operation} answered ${answer.text}`).toBe(200);
    } else {
      expect({ status: answer.status, body: comparable(body) }, operation).toEqual(expectedAnswer(expected));
      if (entry.origin.startsWith("SFX")) expect(membersOutOfOrder(body)).toEqual([]);
    }
    next = await steps.next(body);
  }
}
