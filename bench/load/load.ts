import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { adopt, type Child } from "../children.ts";
import type { Measurement, Order, Report } from "./protocol.ts";

export class ScenarioFailed extends Error {}

export interface LoadGenerator {
  /** @throws ScenarioFailed the server did not answer as it should */
  run(order: Order): Promise<Measurement>;
  stop(): Promise<void>;
}

/** In addition to the order's own times, for the preparation of a scenario. */
const PREPARATION_MILLISECONDS = 30_000;

export function startLoadGenerator(): LoadGenerator {
  let child = startProcess();

  /** The answer to the previous order must not be taken for the answer to the next one. */
  async function replace(): Promise<void> {
    const old = child;
    child = startProcess();
    await old.stop();
  }

  return {
    async run(order) {
      const report = await reportOf(child, order);
      if (report === undefined) {
        await replace();
        throw new ScenarioFailed("It took too long to prepare.");
      }
      if ("failure" in report) throw new ScenarioFailed(report.failure);
      return report.measurement;
    },
    stop: () => child.stop(),
  };
}

function startProcess(): Child {
  const file = fileURLToPath(new URL("generator.ts", import.meta.url));
  return adopt(fork(file, { execArgv: [], serialization: "advanced" }));
}

/** @returns undefined when there is none in time */
function reportOf({ process: child }: Child, order: Order): Promise<Report | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      child.off("message", onReport);
      child.off("exit", onExit);
      act();
    };
    const onReport = (report: Report) => settle(() => resolve(report));
    const onExit = () => settle(() => reject(new Error("The load generator ended.")));
    const limit = PREPARATION_MILLISECONDS + order.warmUpMilliseconds + order.measureMilliseconds;
    const timer = setTimeout(() => settle(() => resolve(undefined)), limit);
    child.on("message", onReport);
    child.on("exit", onExit);
    child.send(order);
  });
}
