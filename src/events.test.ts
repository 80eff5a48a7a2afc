import { describe, expect, it } from "vitest";
import { createEvents, eventsForAWhile } from "./events.ts";

const job = { poolId: "us-east-1_Pool", jobId: "import-1" };

describe("events for a while", () => {
  it("reach their subscribers until they end, and the others afterwards too", () => {
    const events = createEvents();
    const heard: string[] = [];
    events.subscribe("importStarted", () => heard.push("always"));
    const forAWhile = eventsForAWhile(events);
    forAWhile.subscribe("importStarted", () => heard.push("for a while"));
    forAWhile.publish("importStarted", job);
    expect(heard).toEqual(["always", "for a while"]);
    forAWhile.end();
    events.publish("importStarted", job);
    expect(heard).toEqual(["always", "for a while", "always"]);
  });

  it("forget a subscription that ends before them", () => {
    let ended = 0;
    const forAWhile = eventsForAWhile({ ...createEvents(), subscribe: () => () => ended++ });
    forAWhile.subscribe("importStarted", () => undefined)();
    forAWhile.end();
    expect(ended).toBe(1);
  });
});
