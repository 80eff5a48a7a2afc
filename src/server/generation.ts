import type { FastifyInstance } from "fastify";
import type { AuditLog } from "../audit-log/index.ts";
import type { Settings } from "../config/index.ts";
import type { ServerSnapshots } from "../control/index.ts";
import { eventsForAWhile } from "../events.ts";
import { type Admission, type Answered, createHttpApp, type HostLookup } from "../http/index.ts";
import type { Functions } from "../lambda/index.ts";
import type { Metrics } from "../metrics/index.ts";
import { poolOfDomain } from "../oauth/index.ts";
import { startLogDelivery } from "../user-pools/index.ts";
import type { Addresses } from "./addresses.ts";
import { recordRequest } from "./audited-requests.ts";
import { createDomain } from "./domain.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { startImports } from "./imports.ts";
import type { Ports } from "./ports.ts";
import type { ProcessOfSeveral } from "./process-of-several.ts";
import { createSurfaces, type Server } from "./surfaces.ts";

/** The parts of a server that know nothing of what is stored. */
export interface StorelessParts {
  readonly settings: Settings;
  readonly addresses: Addresses;
  readonly functions: Functions;
  readonly metrics: Metrics | undefined;
  readonly auditLog: AuditLog | undefined;
  readonly tls: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined;
  readonly part: ProcessOfSeveral | undefined;
  /** In `dev` alone. */
  readonly snapshots: ServerSnapshots | undefined;
}

/**
 * Everything of a server that knows its store, from the caches of the domain to the app that answers. When a snapshot takes
 * the place of what is stored, all of it is made anew, so that nothing that was read or derived from the old store can remain.
 */
export interface Generation {
  readonly server: Server;
  readonly app: FastifyInstance;
  readonly isOwnName: HostLookup;
  /** Begins what the server does by itself. */
  startWork(): void;
  /** Begins no more of it. @returns when what is under way is done */
  endWork(): { readonly imports: Promise<void>; readonly housekeeping: Promise<void> };
  /** Answers the requests that wait for something to happen. */
  endWaiting(): void;
  /** Writes what was counted, and hears of no more events. */
  close(): Promise<void>;
}

export function openGeneration(
  ports: Ports,
  { snapshots, tls, ...parts }: StorelessParts,
  admit?: Admission,
): Generation {
  const events = eventsForAWhile(ports.events);
  const ownPorts = { ...ports, events };
  const { settings, addresses, metrics, auditLog, functions, part } = parts;
  const domain = createDomain(settings, ownPorts, addresses, { functions, part });
  startLogDelivery(domain.environment);
  const ending = new AbortController();
  let endImports = async () => {};
  let endHousekeeping = async () => {};
  const server: Server = { ...parts, ports: ownPorts, domain, snapshots, ending: ending.signal };
  // The domains of pools are read each time, because they change while the server runs.
  const isOwnName: HostLookup = (name) =>
    addresses.isOwnName(name) || poolOfDomain(name, ports.store).then((poolId) => poolId !== undefined);
  const app = createHttpApp({
    log: ports.log,
    isOwnHost: isOwnName,
    trustProxy: settings.trustProxy,
    tls,
    surfaces: createSurfaces(server),
    admit,
    onAnswered: answerListener(metrics, auditLog, ownPorts),
  });
  return {
    server,
    app,
    isOwnName,
    startWork() {
      endImports = startImports(domain.environment);
      endHousekeeping = startHousekeeping(domain.environment, ports.isRotatingMasterKey);
    },
    endWork: () => ({ imports: endImports(), housekeeping: endHousekeeping() }),
    endWaiting: () => ending.abort(),
    async close() {
      await domain.signInCounts.close();
      events.end();
    },
  };
}

function answerListener(
  metrics: Metrics | undefined,
  auditLog: AuditLog | undefined,
  ports: Ports,
): ((answered: Answered) => void) | undefined {
  if (auditLog === undefined) return metrics?.noteAnswer;
  return (answered) => {
    metrics?.noteAnswer(answered);
    recordRequest(answered, auditLog, ports);
  };
}
