import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { isDeepStrictEqual } from "node:util";
import type { AuditLog } from "../audit-log/index.ts";
import type { MovableClock } from "../clock.ts";
import type { Settings } from "../config/index.ts";
import type { ServerSnapshots } from "../control/index.ts";
import { type DataDirectory, writePrivateFile } from "../data-directory.ts";
import type { Events } from "../events.ts";
import type { HostLookup } from "../http/index.ts";
import { type Bootstrap, ensureBootstrap, renderConfigFile, renderCredentialsFile } from "../iam/index.ts";
import type { Metrics } from "../metrics/index.ts";
import type { Store } from "../storage/index.ts";
import { createAddresses } from "./addresses.ts";
import { logCalls } from "./call-log.ts";
import { openFunctions } from "./domain.ts";
import { type Generation, openGeneration } from "./generation.ts";
import { openPorts, type PortReplacements, type Ports } from "./ports.ts";
import type { ProcessOfSeveral } from "./process-of-several.ts";
import { createRestorer } from "./snapshots.ts";
import type { Server } from "./surfaces.ts";
import type { TlsListener } from "./tls-listener.ts";

export interface RunningServer {
  /** Where it listens, without a slash at the end; clients may know it by the setting `publicUrl`. */
  readonly url: string;
  /** The `iss` of a pool's tokens. */
  readonly issuerOf: (poolId: string) => string;
  readonly files: DataDirectory;
  /** The bootstrap administrator's key; undefined when it has been deleted, or another process has made it. */
  readonly administrator: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** The clock that `dev` lets callers move; undefined in `serve`. */
  readonly clock: MovableClock | undefined;
  /** What is stored, and the clock, saved by name: undefined in `serve`. */
  readonly snapshots: ServerSnapshots | undefined;
  /** The port with TLS beside the plain one, where the settings ask for it. */
  readonly tls?: { readonly url: string; readonly authorityFile: string | undefined } | undefined;
  /** Undefined where the settings give no token for them. */
  readonly metrics: Metrics | undefined;
  /** Answers what is under way, then ends. */
  stop(): Promise<void>;
}

/**
 * Starts a server; it is ready when the promise resolves.
 *
 * @throws an error whose message says what is wrong with the settings, the data folder, the database or the seed
 */
export async function startServer(
  settings: Settings,
  replacements: PortReplacements = {},
  part?: ProcessOfSeveral,
): Promise<RunningServer> {
  const ports = await openPorts(settings, replacements, part);
  try {
    return await startOn(ports, settings, part);
  } catch (error) {
    await ports.close();
    throw error;
  }
}

async function startOn(
  ports: Ports,
  settings: Settings,
  part: ProcessOfSeveral | undefined,
): Promise<RunningServer> {
  // 1. The domain on the ports, and the surfaces on that.
  const addresses = createAddresses(settings);
  const functions = openFunctions(settings, ports, addresses);
  logCalls(ports.events, ports.log, settings.logLevel);
  const currentGeneration = () => restorer?.current ?? first;
  const metrics = await openMetrics(
    settings,
    ports.events,
    () => currentGeneration().server.ports.store,
    part,
  );
  const auditLog = await openAuditLog(settings, ports);
  const tlsFiles = await readTls(settings);
  const restorer = ports.movableClock === undefined ? undefined : createRestorer(reopen, ports.movableClock);
  const parts = {
    settings,
    addresses,
    functions,
    metrics,
    auditLog,
    tls: tlsFiles,
    snapshots: restorer,
    part,
  };
  const first = openGeneration(ports, parts, restorer?.admit);
  restorer?.begin(first);
  const { app } = first;
  let tls: TlsListener | undefined;
  /** What the files for the AWS CLI say. */
  let written: Bootstrap | undefined;

  async function reopen(store: Store, isRestored: boolean): Promise<Generation> {
    const next = openGeneration({ ...ports, ...ports.portsOf(store) }, parts);
    try {
      await renewAwsFiles(next.server, isRestored);
      await next.app.ready();
      return next;
    } catch (error) {
      await next.app.close();
      await next.close();
      throw error;
    }
  }

  async function renewAwsFiles(server: Server, isRestored: boolean): Promise<void> {
    const bootstrap = await ensureBootstrap(server.domain.iam);
    if (isDeepStrictEqual(bootstrap, written)) return;
    written = undefined;
    try {
      writeAwsFiles(server, bootstrap);
      written = bootstrap;
    } catch (error) {
      if (isRestored) throw error;
      ports.log.error({ err: error }, "The files for AWS's clients could not be written");
    }
  }

  const closeAll = async (generation: Generation) => {
    generation.endWaiting();
    await Promise.all([tls?.close(), app.close()]);
    if (generation !== first) await generation.app.close();
    await functions.close();
    await generation.close();
    await auditLog?.close();
  };

  try {
    // 2. The content at the start: an administrator, the demo, a seed.
    const prepares = part?.prepares ?? true;
    const bootstrap = prepares ? await ensureBootstrap(first.server.domain.iam) : undefined;
    if (prepares && (settings.demo || settings.seed !== undefined)) {
      const { seedServer } = await import("./seeding.ts");
      await seedServer(first.server);
    }

    // 3. From here on it answers.
    await app.listen({ host: settings.host, port: settings.port });
    const url = addresses.listensOn((app.server.address() as AddressInfo).port);
    if (settings.tls !== undefined) {
      const { listenWithTls } = await import("./tls-listener.ts");
      const isOwnName: HostLookup = (name) => currentGeneration().isOwnName(name);
      tls = await listenWithTls(app, { ...settings, tls: settings.tls }, ports, isOwnName);
    }
    if (bootstrap !== undefined) writeAwsFiles(first.server, bootstrap);
    written = bootstrap;
    first.startWork();

    return {
      url,
      issuerOf: addresses.issuerOf,
      files: ports.files,
      administrator: bootstrap?.accessKey && {
        accessKeyId: bootstrap.accessKey.id,
        secretAccessKey: bootstrap.accessKey.secret,
      },
      clock: ports.movableClock,
      snapshots: restorer,
      metrics,
      tls: tls && {
        url: `https://localhost:${tls.port}`,
        authorityFile: tls.authorityFile,
      },
      async stop() {
        const current = currentGeneration();
        const { imports, housekeeping } = current.endWork();
        await imports;
        await housekeeping;
        await closeAll(current);
        await current.server.ports.close();
      },
    };
  } catch (error) {
    await closeAll(first);
    throw error;
  }
}

/** Nothing is collected, and nothing loaded, for a server that gives no metrics. */
async function openMetrics(
  { mode, metricsToken }: Settings,
  events: Events,
  store: () => Store,
  part: ProcessOfSeveral | undefined,
): Promise<Metrics | undefined> {
  if (metricsToken === undefined) return undefined;
  const { createMetrics } = await import("../metrics/index.ts");
  return createMetrics({
    events,
    store,
    mode,
    token: metricsToken,
    textOfAll: part && (() => part.ask("metrics")),
  });
}

/** Nothing is recorded, and nothing loaded, for a server that keeps no audit log. */
async function openAuditLog(
  { auditLog: target, auditLogReads, accountId, region }: Settings,
  { events, log, random }: Ports,
): Promise<AuditLog | undefined> {
  if (target === undefined) return undefined;
  const { createAuditLog } = await import("../audit-log/index.ts");
  return createAuditLog({
    events,
    target,
    recordsReads: auditLogReads,
    accountId,
    region,
    newEventId: random.uuid,
    log,
  });
}

async function readTls({
  tlsCertificate,
  tlsKey,
}: Settings): Promise<{ cert: Buffer; key: Buffer } | undefined> {
  if (tlsCertificate === undefined || tlsKey === undefined) return undefined;
  return { cert: await readFile(tlsCertificate), key: await readFile(tlsKey) };
}

/** Writes the credentials and config files by which the AWS CLI and SDKs find this server. */
function writeAwsFiles({ settings, ports, addresses }: Server, bootstrap: Bootstrap): void {
  const { files } = ports;
  if (bootstrap.accessKey !== undefined) {
    writePrivateFile(files.credentials, renderCredentialsFile(bootstrap.accessKey));
  }
  writePrivateFile(
    files.config,
    renderConfigFile({ endpoint: addresses.baseUrl(), region: settings.region, ...bootstrap }),
  );
}
