/**
 * The composition root: makes the ports, wires ports to domain to surfaces, and starts and stops them in order.
 */
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { createActivity } from "./activity.ts";
import { createCallers, strictTrust, type TrustSettings } from "./aws/callers/index.ts";
import { handleJsonRequest, type JsonDependencies, readInput } from "./aws/json-protocol/index.ts";
import { handleQueryRequest, type QueryDependencies, serviceOf } from "./aws/query-protocol/index.ts";
import type { ReceivedRequest } from "./aws/sigv4/index.ts";
import { type MovableClock, movableClock, systemClock } from "./clock.ts";
import type { Settings } from "./config/index.ts";
import { registerConsole } from "./console/index.ts";
import { handleControlRequest } from "./control/index.ts";
import { type Crypto, createCrypto, masterKeysOfFile, parseMasterKeys } from "./crypto/index.ts";
import { type DataDirectory, openDataDirectory, writePrivateFile } from "./data-directory.ts";
import { createDelivery } from "./delivery/index.ts";
import { type Call, createEvents } from "./events.ts";
import { createHttpApp, hostName, isLoopbackOrigin, isOwnHost, type SurfaceResponse } from "./http/index.ts";
import {
  createPeople,
  ensureBootstrap,
  type IamEnvironment,
  PrincipalDirectory,
  renderConfigFile,
  renderCredentialsFile,
} from "./iam/index.ts";
import { createLog } from "./logging.ts";
import { discoveryDocument, type IssuerDependencies, jwksDocument } from "./oauth/index.ts";
import { systemRandom } from "./random.ts";
import { applySeed, applySeedFile, demoSeed, type SeedTarget } from "./seed/index.ts";
import { openPostgresStore, openSqliteStore, purgeExpired, type Store } from "./storage/index.ts";
import {
  createTokenService,
  type Environment,
  noTriggers,
  type OperationContext,
  type OperationTable,
  operations,
  type ReceivedContext,
  replenishSpareKeys,
  requestContextOf,
  rotateSigningKeys,
  withFixedClientName,
} from "./user-pools/index.ts";
import { version } from "./version.ts";

export interface RunningServer {
  /** Where it listens, without a slash at the end; clients may know it by the setting `publicUrl`. */
  readonly url: string;
  /** The `iss` of a pool's tokens. */
  readonly issuerOf: (poolId: string) => string;
  readonly files: DataDirectory;
  /** The bootstrap administrator's key; undefined when it has been deleted. */
  readonly administrator: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** The clock that `dev` lets callers move; undefined in `serve`. */
  readonly clock: MovableClock | undefined;
  /** Answers what is under way, then ends. */
  stop(): Promise<void>;
}

/** How often expired sessions and the like are forgotten, and the stock of keys is looked at. */
const HOUSEKEEPING_MILLISECONDS = 60_000;

/** Where `npm run build` puts the console's pages, from the sources and from the bundle alike. */
const CONSOLE_FOLDER = resolve(import.meta.dirname, "../dist/console");

/**
 * Starts a server; it is ready when the promise resolves.
 *
 * @throws an error whose message says what is wrong with the settings, the data folder, the database or the seed
 */
export async function startServer(settings: Settings): Promise<RunningServer> {
  const isDev = settings.mode === "dev";
  const log = createLog(settings.logLevel);
  const movable = isDev ? movableClock() : undefined;
  const clock = movable ?? systemClock;
  const random = systemRandom;
  const files = await openDataDirectory(settings.dataDir);
  const masterKeys =
    settings.masterKey === undefined
      ? await masterKeysOfFile(files.masterKey, random)
      : parseMasterKeys(settings.masterKey);
  const crypto = createCrypto({ random, masterKeys });
  const store = await openStore(settings, files, crypto);
  const events = createEvents();
  const activity = createActivity(events);

  let url = "";
  const baseUrl = () => settings.publicUrl ?? url;
  const issuerOf = issuerRule(settings, baseUrl);
  const delivery = createDelivery({ ...settings, store, clock, random, keepsInbox: isDev });
  const environment: Environment = {
    store,
    clock,
    random,
    crypto,
    delivery,
    triggers: noTriggers,
    events,
    log,
    accountId: settings.accountId,
    issuerOf,
    honoursFixedIds: isDev,
    fixedCode: isDev ? settings.fixedCode : undefined,
  };
  const tokens = createTokenService(environment);
  const contextOf = (received: ReceivedContext, input: object): OperationContext => ({
    ...environment,
    tokens,
    request: requestContextOf(received, input),
  });

  const iam: IamEnvironment = {
    store,
    directory: new PrincipalDirectory({ store, accountId: settings.accountId, clock: systemClock }),
    accountId: settings.accountId,
    clock,
    credentialClock: systemClock,
    random,
    sealer: crypto.tokens,
    verifyWebIdentity: tokens.verifyWebIdentity,
    isOwnIssuer: (issuer) => isOwnIssuer(issuer, issuerOf),
  };
  const ownHosts = ownHostNames(settings);
  const callers = createCallers({
    iam,
    trust: isDev ? developmentTrust(ownHosts) : strictTrust,
    tagsOfPool: async (poolId) => (await store.pools.get(poolId))?.settings.UserPoolTags,
  });

  const surface = { log, onCall: (call: Call) => events.publish("call", call) };
  const query: QueryDependencies = { ...surface, ...iam, callers };
  const json: JsonDependencies<OperationContext> = {
    ...surface,
    operations,
    contextOf: ({ requestId, caller, sourceIp, userAgent }, input) => {
      const region = caller?.region ?? settings.region;
      return contextOf({ requestId, region, callerArn: caller?.arn, sourceIp, userAgent }, input);
    },
    authorize: callers.authorizeUserPools,
    adaptBody: isDev ? withFixedClientName : undefined,
    clock: systemClock,
    newRequestId: random.uuid,
  };
  const answerAws = (request: ReceivedRequest): Promise<SurfaceResponse> => {
    const service = serviceOf(request);
    return service === "sts" || service === "iam"
      ? handleQueryRequest(request, query)
      : handleJsonRequest(request, json);
  };
  const issuer: IssuerDependencies = { jwks: tokens.jwks, issuerOf, baseUrl };
  const app = createHttpApp({
    log,
    ownHosts,
    trustProxy: settings.trustProxy,
    tls: await readTls(settings),
    surfaces: {
      aws: answerAws,
      jwks: (poolId) => jwksDocument(poolId, issuer),
      discovery: (poolId) => discoveryDocument(poolId, issuer),
      control: (request) =>
        handleControlRequest(request, {
          store,
          activity,
          clock: movable,
          isOpen: isDev,
          authorize: callers.authorizeOnPool,
          rotateSigningKeys: async (poolId) => {
            await rotateSigningKeys(environment, poolId);
            log.info({ poolId }, "The pool has new signing keys");
          },
        }),
      console: (server) =>
        registerConsole(server, {
          info: () => ({
            mode: settings.mode,
            version,
            accountId: settings.accountId,
            region: settings.region,
            endpoint: baseUrl(),
            hasInbox: isDev && settings.smtpUrl === undefined,
            ...(isDev
              ? { awsFiles: { config: resolve(files.config), credentials: resolve(files.credentials) } }
              : {}),
          }),
          principals: { ...createPeople(iam), ...(isDev ? {} : { localAdministrator: undefined }) },
          tokens: crypto.tokens,
          store,
          activity,
          clock: systemClock,
          movableClock: movable,
          random,
          log,
          staticFolder: CONSOLE_FOLDER,
        }),
    },
  });

  const closeAll = async () => {
    await app.close();
    await delivery.close();
    await store.close();
    await crypto.close();
  };
  try {
    const bootstrap = await ensureBootstrap(iam);
    const target: SeedTarget = {
      region: settings.region,
      installation: store.installation,
      iam,
      call: (name, region, input, givenIds) => {
        const operation = (operations as OperationTable)[name];
        if (operation === undefined)
          throw new TypeError(`A seed cannot call ${name}, which is not built yet.`);
        const read = readInput(name, input);
        const received = {
          requestId: random.uuid(),
          region,
          callerArn: undefined,
          sourceIp: undefined,
          userAgent: undefined,
        };
        return operation(read, { ...contextOf(received, read), givenIds });
      },
    };
    if (settings.demo && (await store.installation.get("demo")) === undefined) {
      await applySeed(demoSeed(settings.region), target);
      await store.installation.set("demo", "made");
    }
    if (settings.seed !== undefined) await applySeedFile(settings.seed, target);

    await app.listen({ host: settings.host, port: settings.port });
    url = urlOf(settings, (app.server.address() as AddressInfo).port);
    if (bootstrap.accessKey !== undefined) {
      await writePrivateFile(files.credentials, renderCredentialsFile(bootstrap.accessKey));
    }
    await writePrivateFile(
      files.config,
      renderConfigFile({ endpoint: baseUrl(), region: settings.region, ...bootstrap }),
    );
    const endHousekeeping = startHousekeeping(environment, masterKeys.length > 1);
    return {
      url,
      issuerOf,
      files,
      administrator: bootstrap.accessKey && {
        accessKeyId: bootstrap.accessKey.id,
        secretAccessKey: bootstrap.accessKey.secret,
      },
      clock: movable,
      async stop() {
        await endHousekeeping();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function openStore(settings: Settings, files: DataDirectory, crypto: Crypto): Promise<Store> {
  // Caches and locks of the store keep the system's time, whatever the clock of the domain is moved to.
  const ports = { sealer: crypto.sealer, clock: systemClock };
  if (settings.databaseUrl !== undefined) return openPostgresStore({ url: settings.databaseUrl, ...ports });
  return openSqliteStore(
    settings.inMemory ? { inMemory: true, ...ports } : { file: files.database, ...ports },
  );
}

/** The rule that makes a pool's `iss`. It follows from the settings, never from a request, so that it never varies. */
function issuerRule(settings: Settings, baseUrl: () => string): (poolId: string) => string {
  switch (settings.issuer) {
    case "local":
      return (poolId) => `${baseUrl()}/${poolId}`;
    case "aws":
      return (poolId) => `https://cognito-idp.${poolId.split("_")[0]}.amazonaws.com/${poolId}`;
    default:
      return (poolId) => `${settings.issuer}/${poolId}`;
  }
}

function isOwnIssuer(issuer: string, issuerOf: (poolId: string) => string): boolean {
  const poolId = issuer.slice(issuer.lastIndexOf("/") + 1);
  return issuerOf(poolId) === issuer;
}

/** What `dev` believes of callers: see "Two ways to run" in docs/architecture.md. */
function developmentTrust(ownHosts: ReadonlySet<string>): TrustSettings {
  return {
    unknownKeys: "administrator",
    isOwnHost: (host) => isOwnHost(host, ownHosts),
    isLocalOrigin: isLoopbackOrigin,
    explainsSignatures: true,
  };
}

/** Names beside the loopback ones that requests may be addressed to. */
function ownHostNames({ hosts, publicUrl, host }: Settings): ReadonlySet<string> {
  const names = [...hosts, host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])];
  return new Set(names.map((name) => hostName(name)));
}

function urlOf({ host, tlsCertificate }: Settings, port: number): string {
  const scheme = tlsCertificate === undefined ? "http" : "https";
  // An address that stands for all of them is none that a client can be sent to.
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `${scheme}://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

async function readTls({
  tlsCertificate,
  tlsKey,
}: Settings): Promise<{ cert: Buffer; key: Buffer } | undefined> {
  if (tlsCertificate === undefined || tlsKey === undefined) return undefined;
  return { cert: await readFile(tlsCertificate), key: await readFile(tlsKey) };
}

/**
 * @param isRotating whether older master keys than the one that seals are still given
 * @returns what ends it, once what is under way is done
 */
function startHousekeeping(environment: Environment, isRotating: boolean): () => Promise<void> {
  const { store, clock, log } = environment;
  let underWay = isRotating ? resealEverything(environment) : Promise.resolve();
  const work = () => {
    underWay = underWay
      .then(() => replenishSpareKeys(environment))
      .then(() => purgeExpired(store, clock.now()))
      .then(
        () => undefined,
        (error) => log.error({ err: error }, "Housekeeping failed"),
      );
  };
  work();
  const timer = setInterval(work, HOUSEKEEPING_MILLISECONDS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return underWay;
  };
}

/** Seals under the newest master key what an older one sealed, so that the older one can be taken away. */
async function resealEverything({ store, log }: Environment): Promise<void> {
  try {
    const resealed = await store.maintenance.reseal();
    log.info({ resealed }, "Everything is sealed under the first master key; the others are needed no more");
  } catch (error) {
    log.error({ err: error }, "Sealing under the first master key failed; the others are still needed");
  }
}
