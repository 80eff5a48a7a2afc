/**
 * Answers recorded from Amazon Cognito, replayed: every entry of `recorded-answers/` is asked of a running server, and the
 * whole answer is compared: its status, its members and their texts, bodies that are empty.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accounts } from "./recorded-answers/accounts.ts";
import { challengesAndDevices } from "./recorded-answers/challenges-and-devices.ts";
import type { RecordedAnswer } from "./recorded-answers/entry.ts";
import { factors } from "./recorded-answers/factors.ts";
import { groupClaims } from "./recorded-answers/group-claims.ts";
import { groups } from "./recorded-answers/groups.ts";
import { poolsAndClients } from "./recorded-answers/pools-and-clients.ts";
import { providersAndJobs } from "./recorded-answers/providers-and-jobs.ts";
import { remaining } from "./recorded-answers/remaining.ts";
import { reports } from "./recorded-answers/reports.ts";
import { signIn } from "./recorded-answers/sign-in.ts";
import { signInRefusals } from "./recorded-answers/sign-in-refusals.ts";
import { tokens } from "./recorded-answers/tokens.ts";
import {
  callOnWire,
  comparable,
  expectedAnswer,
  membersOutOfOrder,
  parsed,
} from "./recorded-answers/wire.ts";
import { wireFaults } from "./recorded-answers/wire-faults.ts";
import { World } from "./recorded-answers/world.ts";
import { startTestServer, type TestServer } from "./support/server.ts";

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
    ["refused sign-in", signInRefusals],
    ["tokens", tokens],
    ["accounts", accounts],
    ["factors, devices and passkeys", factors],
    ["challenges and devices", challengesAndDevices],
    ["remaining operations", remaining],
    ["providers, styles, risk and import jobs", providersAndJobs],
    ["inputs that were answered otherwise once", reports],
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
