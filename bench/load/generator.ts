/** The process that loads a server: takes one order at a time from its parent and answers with a report. */
import { Connection } from "./connection.ts";
import type { Measurement, Order, Report } from "./protocol.ts";
import { scenarios } from "./scenarios.ts";
import type { Step } from "./steps.ts";

/** The timeout of answers to requests that were sent before the end of the measurement. */
const LAST_ANSWER_MILLISECONDS = 1000;

process.on("message", async (order: Order) => {
  let report: Report;
  try {
    report = { measurement: await carryOut(order) };
  } catch (error) {
    report = { failure: error instanceof Error ? error.message : String(error) };
  }
  process.send?.(report);
});
process.on("disconnect", () => process.exit());

async function carryOut(order: Order): Promise<Measurement> {
  const { scenario, target, seed } = order;
  const connections = await Promise.all(
    Array.from({ length: order.connections }, () => Connection.open(target.port)),
  );
  try {
    const step = await scenarios[scenario]({ target, seed, connections });
    return await measure(step, connections, order);
  } finally {
    for (const connection of connections) connection.close();
  }
}

async function measure(step: Step, connections: readonly Connection[], order: Order): Promise<Measurement> {
  const { warmUpMilliseconds, measureMilliseconds, maxSteps } = order;
  const begin = performance.now() + warmUpMilliseconds;
  const end = begin + measureMilliseconds;
  const latencies: number[] = [];
  let started = 0;
  let lastAnswer = begin;
  let failure: unknown;

  const loops = connections.map(async (connection) => {
    while (failure === undefined && started < maxSteps) {
      const sent = performance.now();
      if (sent >= end) return;
      await step(connection, started++);
      const answered = performance.now();
      if (answered < begin || answered > end) continue;
      latencies.push(answered - sent);
      lastAnswer = answered;
    }
  });
  const allLoops = Promise.all(loops).catch((error: unknown) => {
    failure = error;
  });
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, end - performance.now() + LAST_ANSWER_MILLISECONDS);
  });
  await Promise.race([allLoops, timeIsUp]);
  clearTimeout(timer);
  if (failure !== undefined) throw failure;

  const isCutShort = started >= maxSteps;
  const seconds = (isCutShort ? lastAnswer - begin : measureMilliseconds) / 1000;
  latencies.sort((left, right) => left - right);
  return {
    steps: latencies.length,
    seconds,
    perSecond: latencies.length / seconds,
    median: latencies[Math.floor(latencies.length / 2)] ?? Number.NaN,
    percentile99: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
  };
}
