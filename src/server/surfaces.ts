import type { AuditLog } from "../audit-log/index.ts";
import { awsSurface } from "../aws/index.ts";
import { readInput } from "../aws/json-protocol/index.ts";
import { systemClock } from "../clock.ts";
import type { Settings } from "../config/index.ts";
import { type ServerSnapshots, stateSurface } from "../control/index.ts";
import type { Call } from "../events.ts";
import { lazySurface, type Surface } from "../http/index.ts";
import type { Metrics } from "../metrics/index.ts";
import {
  createBuckets,
  createRateLimits,
  operations,
  withAllowedClientName,
  withFixedIds,
  withRateLimits,
  withSubjects,
} from "../user-pools/index.ts";
import type { Addresses } from "./addresses.ts";
import type { Domain } from "./domain.ts";
import type { Ports } from "./ports.ts";
import type { ProcessOfSeveral } from "./process-of-several.ts";

/** The dependencies of the surfaces. */
export interface Server {
  readonly settings: Settings;
  readonly ports: Ports;
  readonly domain: Domain;
  readonly addresses: Addresses;
  /** Undefined where the settings give no token for them. */
  readonly metrics: Metrics | undefined;
  /** Undefined where the settings give no destination for it. */
  readonly auditLog: AuditLog | undefined;
  /** Undefined where the server has no snapshots: `serve`. */
  readonly snapshots: ServerSnapshots | undefined;
  /** Aborted when requests that wait for something to happen must be answered. */
  readonly ending: AbortSignal;
  /** Undefined if this process is the only one of its program. */
  readonly part: ProcessOfSeveral | undefined;
  /** Where AWS's quotas apply: shared by the API, the pages and the OAuth endpoints. */
  readonly rateLimits?: ReturnType<typeof createRateLimits> | undefined;
}

/** Everything that answers requests. All but the API and the state of the server is loaded with its first request. */
export function createSurfaces(given: Server): readonly Surface[] {
  const server = given.settings.quotas === "aws" ? { ...given, rateLimits: rateLimitsOf(given) } : given;
  const { part } = server;
  return [
    aws(server),
    stateSurface(server.ports.store, server.metrics, part && (() => part.ask("processes"))),
    lazySurface(["/_cognate/*"], async () => (await import("./control.ts")).control(server)),
    lazySurface(["/console", "/console/*"], async () =>
      (await import("./web-console.ts")).webConsole(server),
    ),
    lazySurface(["/*"], async () => (await import("./endpoints.ts")).endpoints(server)),
  ];
}

function rateLimitsOf({ part }: Server): ReturnType<typeof createRateLimits> {
  return createRateLimits(
    part === undefined ? createBuckets() : (...bucket) => part.ask("takeRequest", ...bucket),
  );
}

function aws(server: Server): Surface {
  const { settings, ports, domain } = server;
  const { log, events, random } = ports;
  const { callers, contextOf, iam } = domain;
  const isDev = settings.mode === "dev";
  const shared = { log, onCall: (call: Call) => events.publish("call", call) };
  return awsSurface({
    query: { ...shared, ...iam, callers },
    kms: { log, callers, dataKeys: ports.crypto.dataKeys, newRequestId: random.uuid },
    json: {
      ...shared,
      operations: operationsFor(server),
      contextOf: ({ requestId, caller, sourceIp, userAgent }, input) => {
        const region = caller?.region ?? settings.region;
        return contextOf({ requestId, region, callerArn: caller?.arn, sourceIp, userAgent }, input);
      },
      authorize: callers.authorizeUserPools,
      readInput: isDev
        ? (operation, body) => readInput(operation, withAllowedClientName(operation, body))
        : readInput,
      clock: systemClock,
      newRequestId: random.uuid,
    },
  });
}

function operationsFor({ settings: { mode }, rateLimits, auditLog }: Server) {
  const audited = auditLog ? withSubjects(operations, auditLog.noteUser) : operations;
  const all = rateLimits ? withRateLimits(audited, rateLimits) : audited;
  return mode === "dev" ? withFixedIds(all) : all;
}
