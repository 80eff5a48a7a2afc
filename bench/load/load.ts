import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { adopt } from "../children.ts";
import type { Measurement, Order, Report } from "./protocol.ts";

export class ScenarioFailed extends Error {}

export interface LoadGenerator {
  /** @throws ScenarioFailed the server did not answer as it should */
  run(order: Order): Promise<Measurement>;
  stop(): Promise<void>;
}

/** Beyond the order's own times, for what a scenario prepares. */
const PREPARATION_MILLISECONDS = 60_000;

export function startLoadGenerator(): LoadGenerator {
  const child = adopt(
    fork(fileURLToPath(new URL("generator.ts", import.meta.url)), {
      execArgv: [],
      serialization: "advanced",
    }),
  );
  return {
    run(order) {
      return new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          clearTimeout(timer);
          child.process.off("message", onReport);
          child.process.off("exit", onExit);
          act();
        };
        const onReport = (report: Report) =>
          settle(() => {
            if ("measurement" in report) resolve(report.measurement);
            else reject(new ScenarioFailed(report.failure));
          });
        const onExit = () => settle(() => reject(new Error("The load generator ended.")));
        const limit = PREPARATION_MILLISECONDS + order.warmUpMilliseconds + order.measureMilliseconds;
        const timer = setTimeout(
          () => settle(() => reject(new ScenarioFailed("It took too long to prepare."))),
          limit,
        );
        child.process.on("message", onReport);
        child.process.on("exit", onExit);
        child.process.send(order);
      });
    },
    stop: () => child.stop(),
  };
}
