import prometheus from "prom-client";
import { equalSecrets } from "../crypto/index.ts";
import type { Events, TokensIssued } from "../events.ts";
import type { Store } from "../storage/index.ts";
import { version } from "../version.ts";
import { counters, type Definition, gauges, histograms } from "./definitions.ts";
import { ofProcessNumber, type Samples } from "./several-processes.ts";

/** What this node has done since its start, in the text format of Prometheus. */
export interface Metrics {
  readonly contentType: string;
  /** Whether the value of a header `Authorization` has the token that reads the metrics (RFC 6750 §2.1). */
  isAuthorized(authorization: string | undefined): boolean;
  text(): Promise<string>;
  /** The same as data, for the sum of several processes. */
  samples(processNumber: number): Promise<Samples>;
  /** The samples without those of pools and app clients that are there no more. */
  withoutDeleted(samples: Samples): Promise<Samples>;
  noteAnswer(answered: Answer): void;
}

interface Answer {
  readonly method: string;
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}

type PoolsAndClients = Pick<Store, "pools" | "clients">;

interface Options {
  readonly events: Events;
  /** The store of this moment: a restored snapshot replaces it. */
  readonly store: () => PoolsAndClients;
  readonly mode: string;
  readonly token: string;
  /** Gives the text for all processes, where this one is one of several. */
  readonly textOfAll?: (() => Promise<string>) | undefined;
}

let processRegister: prometheus.Registry | undefined;

/** Of the process, whose servers share it: what measures the event loop and the garbage collection cannot be ended. */
function ofProcess(): prometheus.Registry {
  if (processRegister !== undefined) return processRegister;
  processRegister = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: processRegister });
  return processRegister;
}

/** Collects metrics from now on. */
export function createMetrics({ events, store, mode, token, textOfAll }: Options): Metrics {
  // Of this server alone: several can run in one process.
  const register = new prometheus.Registry();
  const shared = ofProcess();
  const counter = <Label extends string>(definition: Definition<Label>) =>
    new prometheus.Counter({ ...definition, registers: [register] });
  const histogram = <Label extends string>(definition: Definition<Label>) =>
    new prometheus.Histogram({ ...definition, registers: [register] });

  new prometheus.Gauge({ ...gauges.info, registers: [register], aggregator: "first" }).set(
    { version, mode },
    1,
  );

  const apiCalls = counter(counters.apiCalls);
  const apiCallDuration = histogram(histograms.apiCallDuration);
  events.subscribe("call", ({ service, operation = "unknown", error, durationMilliseconds }) => {
    apiCalls.inc({ service, operation, ...(error !== undefined && { error }) });
    apiCallDuration.observe({ service, operation }, durationMilliseconds / 1000);
  });

  const tokensIssued = counter(counters.tokensIssued);
  events.subscribe("tokensIssued", ({ source, ...client }) =>
    tokensIssued.inc({ ...labelsOf(client), source }),
  );
  const signInsFailed = counter(counters.signInsFailed);
  events.subscribe("signInFailed", ({ challenge, ...client }) =>
    signInsFailed.inc({ ...labelsOf(client), ...(challenge !== undefined && { challenge }) }),
  );
  const federatedSignIns = counter(counters.federatedSignIns);
  events.subscribe("federatedSignIn", ({ providerName, ...client }) =>
    federatedSignIns.inc({ ...labelsOf(client), identity_provider: providerName }),
  );
  const usersCreated = counter(counters.usersCreated);
  events.subscribe("userCreated", ({ poolId, occasion }) =>
    usersCreated.inc({ user_pool: poolId, occasion }),
  );
  const riskDecisions = counter(counters.riskDecisions);
  events.subscribe("authEvent", ({ poolId, isNew, event }) => {
    const decision = event.EventRisk?.RiskDecision;
    // What becomes of a sign-in later does not change the decision.
    if (isNew && decision !== undefined) riskDecisions.inc({ user_pool: poolId, decision });
  });

  const messages = counter(counters.messages);
  events.subscribe("message", ({ poolId, medium, occasion, failure }) =>
    messages.inc({
      user_pool: poolId,
      medium,
      occasion,
      outcome: failure === undefined ? "delivered" : "failed",
    }),
  );
  const triggerInvocations = counter(counters.triggerInvocations);
  const triggerDuration = histogram(histograms.triggerDuration);
  events.subscribe("invocation", ({ poolId, trigger, error, durationMilliseconds }) => {
    triggerInvocations.inc({
      user_pool: poolId,
      trigger,
      outcome: error === undefined ? "succeeded" : "failed",
    });
    triggerDuration.observe({ trigger }, durationMilliseconds / 1000);
  });

  const httpRequestDuration = histogram(histograms.httpRequestDuration);
  // After an answer: metrics are wanted while the database does not answer, too.
  const forget = () => void forgetDeleted(register, store()).catch(() => undefined);
  return {
    contentType: register.contentType,
    isAuthorized: (authorization) =>
      equalSecrets(/^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "", token),
    async text() {
      if (textOfAll !== undefined) return textOfAll();
      const texts = await Promise.all([register.metrics(), shared.metrics()]);
      forget();
      return texts.join("\n");
    },
    async samples(processNumber) {
      const [own, ofThis] = await Promise.all([register.getMetricsAsJSON(), shared.getMetricsAsJSON()]);
      forget();
      // prom-client declares the values only for the type that it makes itself.
      return [...(own as Samples), ...ofProcessNumber(ofThis as Samples, processNumber)];
    },
    withoutDeleted: (samples) =>
      Promise.all(
        samples.map(async (metric) => {
          const deleted = await Promise.all(metric.values.map(({ labels }) => areOfDeleted(labels, store())));
          return { ...metric, values: metric.values.filter((_, index) => !deleted[index]) };
        }),
      ),
    noteAnswer: ({ method, route, status, seconds }) =>
      httpRequestDuration.observe({ method, ...(route !== undefined && { route }), status }, seconds),
  };
}

/** Removes what was counted of pools and app clients that are there no more, whichever node deleted them. */
async function forgetDeleted(register: prometheus.Registry, store: PoolsAndClients): Promise<void> {
  for (const counter of register.getMetricsAsArray()) {
    if (!(counter instanceof prometheus.Counter)) continue;
    for (const { labels } of (await counter.get()).values) {
      if (await areOfDeleted(labels, store)) counter.remove(labels);
    }
  }
}

async function areOfDeleted(
  { user_pool: pool, app_client: client }: Partial<Record<string, string | number>>,
  { pools, clients }: PoolsAndClients,
): Promise<boolean> {
  if (pool !== undefined && (await pools.get(String(pool))) === undefined) return true;
  return client !== undefined && client !== REGISTERED && (await clients.get(String(client))) === undefined;
}

const REGISTERED = "registered";

/** Clients that registered themselves have one label together: each value of a label takes memory, here and in Prometheus. */
function labelsOf({
  poolId,
  clientId,
  isSelfRegistered,
}: Omit<TokensIssued, "source">): Record<"user_pool" | "app_client", string> {
  return { user_pool: poolId, app_client: isSelfRegistered ? REGISTERED : clientId };
}
