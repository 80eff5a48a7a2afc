import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import type { MovableClock } from "../clock.ts";
import type { Settings } from "../config/index.ts";
import { type DataDirectory, writePrivateFile } from "../data-directory.ts";
import { createHttpApp, type HostLookup } from "../http/index.ts";
import { type Bootstrap, ensureBootstrap, renderConfigFile, renderCredentialsFile } from "../iam/index.ts";
import type { Metrics } from "../metrics/index.ts";
import { poolOfDomain } from "../oauth/index.ts";
import { startLogDelivery } from "../user-pools/index.ts";
import { createAddresses } from "./addresses.ts";
import { logCalls } from "./call-log.ts";
import { createDomain } from "./domain.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { startImports } from "./imports.ts";
import { openPorts, type PortReplacements, type Ports } from "./ports.ts";
import type { ProcessOfSeveral } from "./process-of-several.ts";
import { createSurfaces, type Server } from "./surfaces.ts";
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
  /** The port with TLS beside the plain one, where the settings ask for it. */
  readonly tls?: { readonly url: string; readonly authorityFile: string | undefined } | undefined;
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
  const domain = createDomain(settings, ports, addresses);
  startLogDelivery(domain.environment);
  logCalls(ports.events, ports.log, settings.logLevel);
  const metrics = await openMetrics(settings, ports);
  const server: Server = { settings, ports, domain, addresses, metrics };
  // The domains of pools are read each time, because they change while the server runs.
  const isOwnName: HostLookup = (name) =>
    addresses.isOwnName(name) || poolOfDomain(name, ports.store).then((poolId) => poolId !== undefined);
  const app = createHttpApp({
    log: ports.log,
    isOwnHost: isOwnName,
    trustProxy: settings.trustProxy,
    tls: await readTls(settings),
    surfaces: createSurfaces(server),
    onAnswered: metrics?.noteAnswer,
  });
  let tls: TlsListener | undefined;
  const closeAll = async () => {
    await Promise.all([tls?.close(), app.close()]);
    await domain.functions.close();
    await domain.signInCounts.close();
  };

  try {
    // 2. The content at the start: an administrator, the demo, a seed.
    const prepares = part?.prepares ?? true;
    const bootstrap = prepares ? await ensureBootstrap(domain.iam) : undefined;
    if (prepares && (settings.demo || settings.seed !== undefined)) {
      const { seedServer } = await import("./seeding.ts");
      await seedServer(server);
    }

    // 3. From here on it answers.
    await app.listen({ host: settings.host, port: settings.port });
    const url = addresses.listensOn((app.server.address() as AddressInfo).port);
    if (settings.tls !== undefined) {
      const { listenWithTls } = await import("./tls-listener.ts");
      tls = await listenWithTls(app, { ...settings, tls: settings.tls }, ports, isOwnName);
    }
    if (bootstrap !== undefined) writeAwsFiles(server, bootstrap);
    const endHousekeeping = startHousekeeping(domain.environment, ports.isRotatingMasterKey);
    const endImports = startImports(domain.environment);

    return {
      url,
      issuerOf: addresses.issuerOf,
      files: ports.files,
      administrator: bootstrap?.accessKey && {
        accessKeyId: bootstrap.accessKey.id,
        secretAccessKey: bootstrap.accessKey.secret,
      },
      clock: ports.movableClock,
      tls: tls && {
        url: `https://localhost:${tls.port}`,
        authorityFile: tls.authorityFile,
      },
      async stop() {
        await endImports();
        await endHousekeeping();
        await closeAll();
        await ports.close();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Nothing is collected, and nothing loaded, for a server that gives no metrics. */
async function openMetrics(
  { mode, metricsToken }: Settings,
  { events, store }: Ports,
): Promise<Metrics | undefined> {
  if (metricsToken === undefined) return undefined;
  const { createMetrics } = await import("../metrics/index.ts");
  return createMetrics({ events, store, mode, token: metricsToken });
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
