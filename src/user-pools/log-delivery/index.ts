/**
 * Log delivery: which logs a pool delivers, and the form of their records. Their destinations on this server are in
 * `src/log-sinks`.
 */
export { checkLogConfigurations } from "./check-configurations.ts";
export { destinationOf, logConfigurationsOf, logDeliveryKey } from "./configuration.ts";
export { startLogDelivery } from "./deliver.ts";
