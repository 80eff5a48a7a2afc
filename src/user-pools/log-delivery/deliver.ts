import type { EventSourceName } from "../../api-model/index.ts";
import type { LogRecord } from "../../log-sinks/index.ts";
import type { Environment } from "../environment.ts";
import { destinationOf, logConfigurationsOf } from "./configuration.ts";
import { userActivityRecord, userNotificationRecord } from "./records.ts";

/** How many records may wait for their pool's configuration, which is cached. */
const CAPACITY = 1_000;

/**
 * Delivers the logs of pools from now on. Publishing costs a request the call of a function; everything else
 * happens afterwards.
 *
 * @returns a function that ends the delivery
 */
export function startLogDelivery({
  store,
  events,
  clock,
  logSinks,
  log,
}: Pick<Environment, "store" | "events" | "clock" | "logSinks" | "log">): () => void {
  let waiting = 0;

  const deliver = (source: EventSourceName, poolId: string, recordOf: () => LogRecord) => {
    if (waiting >= CAPACITY) {
      log.error({ poolId, source }, "A log record is lost: too many wait");
      return;
    }
    waiting += 1;
    logConfigurationsOf(store, poolId)
      .then((configurations) => {
        const configuration = configurations.find(({ EventSource }) => EventSource === source);
        const arn = configuration && destinationOf(configuration);
        if (arn !== undefined) logSinks.write(arn, recordOf());
      })
      .catch((error) => log.error({ err: error, poolId, source }, "A log record is lost"))
      .finally(() => {
        waiting -= 1;
      });
  };

  const ends = [
    events.subscribe("message", (message) => {
      if (message.failure === undefined) return;
      const at = clock.now();
      deliver("userNotification", message.poolId, () => userNotificationRecord(message, at));
    }),
    events.subscribe("authEvent", (event) => {
      const at = clock.now();
      deliver("userAuthEvents", event.poolId, () => userActivityRecord(event, at));
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
