/** Addresses that a pool always blocks, and addresses that it never assesses. */
import { beforeAll, describe, expect, it } from "vitest";
import { type TestContext, testContext } from "../../testing.ts";
import { AWAY, addOns, BLOCKED, HOME, protectionScene, TOKENS } from "./testing.ts";

describe("exceptions by IP address", () => {
  let context: TestContext;
  beforeAll(async () => {
    context = await testContext();
  });

  it("reject an address on the block list before any proof, and record the attempt", async () => {
    const here = await protectionScene(context, addOns("ENFORCED"));
    await here.configure({
      RiskExceptionConfiguration: { BlockedIPRangeList: ["198.51.100.0/24", "2001:db8::/32"] },
    });
    expect(await here.begin(AWAY)).toBe(BLOCKED);
    expect(await here.begin(AWAY, { PASSWORD: "Wrong-horse-1" })).toBe(BLOCKED);
    expect(await here.begin({ sourceIp: "::ffff:198.51.100.7" })).toBe(BLOCKED);
    expect(await here.begin({ sourceIp: "2001:db8:1::1" })).toBe(BLOCKED);
    expect(await here.begin(HOME)).toMatchObject(TOKENS);
    const refused = (await here.events()).filter(({ EventResponse }) => EventResponse === "Fail");
    expect(refused).toHaveLength(4);
    expect(refused[0]).toMatchObject({ EventRisk: { RiskDecision: "Block" } });
  });

  it("reject no address in AUDIT mode", async () => {
    const here = await protectionScene(context, addOns("AUDIT"));
    await here.configure({ RiskExceptionConfiguration: { BlockedIPRangeList: ["198.51.100.0/24"] } });
    expect(await here.begin(AWAY)).toMatchObject(TOKENS);
  });

  it("let an address on the skip list sign in without an assessment, even with a breached password", async () => {
    const breachedPasswords = { includes: async () => true, close: async () => undefined };
    const own = await testContext({ breachedPasswords });
    const here = await protectionScene(own, addOns("ENFORCED"));
    const block = { Notify: false, EventAction: "BLOCK" } as const;
    await here.configure({
      RiskExceptionConfiguration: { SkippedIPRangeList: ["198.51.100.7/32", "203.0.113.9/32"] },
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: "BLOCK" } },
      AccountTakeoverRiskConfiguration: {
        Actions: { LowAction: block, MediumAction: block, HighAction: block },
      },
    });
    expect(await here.begin(HOME)).toMatchObject(TOKENS);
    here.later();
    expect(await here.begin(AWAY)).toMatchObject(TOKENS);
    expect((await here.events())[0]).toMatchObject({
      EventResponse: "Pass",
      EventRisk: { RiskDecision: "NoRisk", CompromisedCredentialsDetected: false },
    });
    expect(await here.begin({ ...AWAY, sourceIp: "198.51.100.8" })).toContain(
      "PasswordResetRequiredException",
    );
  });

  it("reject an address that is on both lists", async () => {
    const here = await protectionScene(context, addOns("ENFORCED"));
    const ranges = ["198.51.100.0/24"];
    await here.configure({
      RiskExceptionConfiguration: { BlockedIPRangeList: ranges, SkippedIPRangeList: ranges },
    });
    expect(await here.begin(AWAY)).toBe(BLOCKED);
  });
});
