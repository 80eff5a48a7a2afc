/**
 * Metrics for Prometheus, collected from the events of the server. Knows no surface; it is loaded only where the settings ask for
 * metrics.
 */
export { counters, gauges, histograms } from "./definitions.ts";
export { createMetrics, type Metrics } from "./metrics.ts";
export { countsOf, type Samples, sumOf, textOfSum } from "./several-processes.ts";
