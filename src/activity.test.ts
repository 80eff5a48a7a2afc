import { describe, expect, it } from "vitest";
import { type Call, createActivity, KEPT_CALLS } from "./activity.ts";
import { createEvents } from "./events.ts";

const call = (requestId: string): Call => ({
  requestId,
  at: 0,
  service: "sts",
  operation: "GetCallerIdentity",
  caller: undefined,
  status: 200,
  error: undefined,
  durationMilliseconds: 1,
});

describe("the activity of a node", () => {
  it("keeps the newest calls that were published, oldest first", () => {
    const events = createEvents();
    const activity = createActivity(events);
    for (let i = 0; i <= KEPT_CALLS; i++) events.publish("call", call(String(i)));
    expect(activity.recent()).toHaveLength(KEPT_CALLS);
    expect(activity.recent().at(0)?.requestId).toBe("1");
    expect(activity.recent().at(-1)?.requestId).toBe(String(KEPT_CALLS));
  });

  it("tells a subscriber each call until the subscription ends", () => {
    const events = createEvents();
    const activity = createActivity(events);
    const heard: string[] = [];
    const end = activity.subscribe(({ requestId }) => heard.push(requestId));
    events.publish("call", call("a"));
    end();
    events.publish("call", call("b"));
    expect(heard).toEqual(["a"]);
  });
});
