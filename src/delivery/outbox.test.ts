import { describe, expect, it } from "vitest";
import { createOutbox, type OutboxOptions } from "./outbox.ts";

function outboxWith(options: Partial<OutboxOptions> = {}) {
  const givenUp: object[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (fields: object) => void givenUp.push(fields) };
  return { givenUp, outbox: createOutbox({ log, retryAfterMilliseconds: [], ...options }) };
}

describe("the outbox", () => {
  it("sends its messages, and then reports that it is idle", async () => {
    const { outbox } = outboxWith();
    const sent: number[] = [];
    for (let n = 0; n < 20; n++) outbox.enqueue(async () => void sent.push(n), {});
    await outbox.idle();
    expect(sent).toHaveLength(20);
  });

  it("sends no more messages at a time than its limit", async () => {
    const { outbox } = outboxWith({ concurrency: 2 });
    let underWay = 0;
    let most = 0;
    for (let n = 0; n < 10; n++) {
      outbox.enqueue(async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await Promise.resolve();
        underWay -= 1;
      }, {});
    }
    await outbox.idle();
    expect(most).toBe(2);
  });

  it("retries a failed message, and finally drops it with a log line", async () => {
    const { outbox, givenUp } = outboxWith({ retryAfterMilliseconds: [0, 0] });
    let tries = 0;
    outbox.enqueue(
      async () => {
        tries += 1;
        throw new Error("The mail server did not answer.");
      },
      { poolId: "us-east-1_AbCdEfGhI" },
    );
    await outbox.idle();
    expect(tries).toBe(3);
    expect(givenUp).toEqual([
      { poolId: "us-east-1_AbCdEfGhI", failures: 3, reason: "The mail server did not answer." },
    ]);
  });

  it("drops new messages while its queue is full", async () => {
    const { outbox, givenUp } = outboxWith({ concurrency: 1, capacity: 2 });
    const sent: number[] = [];
    for (let n = 0; n < 5; n++) outbox.enqueue(async () => void sent.push(n), { n });
    await outbox.idle();
    expect(sent).toEqual([0, 1, 2]);
    expect(givenUp).toMatchObject([{ n: 3 }, { n: 4 }]);
  });

  it("finishes the messages in progress when it closes, and accepts no more", async () => {
    const { outbox, givenUp } = outboxWith({ retryAfterMilliseconds: [3_600_000] });
    let isSent = false;
    outbox.enqueue(async () => {
      await Promise.resolve();
      isSent = true;
    }, {});
    outbox.enqueue(() => Promise.reject(new Error("later")), { n: 1 });
    await outbox.close();
    outbox.enqueue(async () => undefined, { n: 2 });
    expect(isSent).toBe(true);
    expect(givenUp).toMatchObject([{ n: 1 }, { n: 2 }]);
  });
});
