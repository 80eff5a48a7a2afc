import prometheus from "prom-client";

/** The samples of one process, as prom-client gives them. */
export type Samples = prometheus.MetricObjectWithValues<prometheus.MetricValue<string>>[];

/** Adds up what processes counted. Samples of the processes themselves, which differ in the label `process`, stay apart. */
export function sumOf(samples: readonly Samples[]): Promise<Samples> {
  return registryOf(samples).getMetricsAsJSON() as Promise<Samples>;
}

/** The same in the text format of Prometheus. */
export function textOfSum(samples: readonly Samples[]): Promise<string> {
  return registryOf(samples).metrics();
}

function registryOf(samples: readonly Samples[]): prometheus.Registry {
  return prometheus.AggregatorRegistry.aggregate([...samples]);
}

/** What must not become less when a process has ended: Prometheus would take it for a new start of the server. */
export function countsOf(samples: Samples): Samples {
  // Types are words at run time, which prom-client's own types do not say.
  return samples.filter(
    ({ name, type }) => name.startsWith("cognate_") && ["counter", "histogram"].includes(String(type)),
  );
}

/** Names the process in samples of it alone, and keeps all of them. */
export function ofProcessNumber(samples: Samples, process: number): Samples {
  return samples.map((metric) => ({
    ...metric,
    aggregator: "sum",
    values: metric.values.map((value) => ({ ...value, labels: { ...value.labels, process } })),
  }));
}
