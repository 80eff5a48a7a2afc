import { resolve } from "node:path";
import { awsSurface, uploadSurface } from "../aws/index.ts";
import { readInput } from "../aws/json-protocol/index.ts";
import { systemClock } from "../clock.ts";
import { type Settings, trustsUnknownKeys } from "../config/index.ts";
import { consoleSurface } from "../console/index.ts";
import { controlSurface } from "../control/index.ts";
import type { Call } from "../events.ts";
import type { Surface } from "../http/index.ts";
import { createPeople } from "../iam/index.ts";
import {
  assetSurface,
  confirmUserSurface,
  eventFeedbackSurface,
  logoSurface,
  storedAsset,
} from "../managed-login/index.ts";
import { oauthSurface } from "../oauth/index.ts";
import { packageRoot } from "../package-root.ts";
import {
  confirmByLink,
  createRateLimits,
  customizedLogo,
  findJob,
  importRecords,
  MAX_FILE_BYTES,
  operations,
  rotateSigningKeys,
  storeUpload,
  withAllowedClientName,
  withFixedIds,
  withRateLimits,
} from "../user-pools/index.ts";
import { version } from "../version.ts";
import type { Addresses } from "./addresses.ts";
import type { Domain } from "./domain.ts";
import type { Ports } from "./ports.ts";
import { providerTests } from "./provider-tests.ts";

/** The dependencies of the surfaces. */
export interface Server {
  readonly settings: Settings;
  readonly ports: Ports;
  readonly domain: Domain;
  readonly addresses: Addresses;
  /** Where AWS's quotas apply: shared by the API, the pages and the OAuth endpoints. */
  readonly rateLimits?: ReturnType<typeof createRateLimits> | undefined;
}

/** Everything that answers requests. */
export function createSurfaces(given: Server): readonly Surface[] {
  const server = given.settings.quotas === "aws" ? { ...given, rateLimits: createRateLimits() } : given;
  return [
    aws(server),
    uploads(server),
    oauth(server),
    confirmUser(server),
    eventFeedback(server),
    logos(server),
    brandingAssets(server),
    control(server),
    webConsole(server),
  ];
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

/** Files of import jobs, at the URLs that the API gave. */
function uploads({ ports, domain }: Server): Surface {
  return uploadSurface({
    urls: domain.uploadUrls,
    clock: ports.clock,
    maxBytes: MAX_FILE_BYTES,
    newRequestId: ports.random.uuid,
    store: async (target, content) =>
      (await findJob(ports.store, target)) && storeUpload(target, content, domain.environment),
  });
}

function operationsFor({ settings: { mode }, rateLimits }: Server) {
  const all = rateLimits ? withRateLimits(operations, rateLimits) : operations;
  return mode === "dev" ? withFixedIds(all) : all;
}

function logos({ ports }: Server): Surface {
  return logoSurface((path) => customizedLogo(ports.store, path));
}

function brandingAssets({ ports }: Server): Surface {
  return assetSurface((path) => storedAsset(ports.store, path));
}

/** Links in confirmation e-mails. Of the request there is no more than its address and browser. */
function confirmUser({ settings, ports, domain }: Server): Surface {
  return confirmUserSurface({
    log: ports.log,
    async confirm({ clientId, username, code, sourceIp, userAgent }) {
      const requestId = ports.random.uuid();
      const received = { requestId, region: settings.region, callerArn: undefined, sourceIp, userAgent };
      await confirmByLink({ clientId, username, code }, domain.contextOf(received, {}));
    },
  });
}

/** Links in notifications of risky sign-ins. */
function eventFeedback({ settings, ports, domain }: Server): Surface {
  return eventFeedbackSurface({
    log: ports.log,
    async give(input) {
      const requestId = ports.random.uuid();
      const received = {
        requestId,
        region: settings.region,
        callerArn: undefined,
        sourceIp: undefined,
        userAgent: undefined,
      };
      await operations.UpdateAuthEventFeedback(input, domain.contextOf(received, input));
    },
  });
}

function oauth({ settings, ports, domain, rateLimits }: Server): Surface {
  return oauthSurface({
    namesIssuer: settings.authorizationResponseIss,
    contextOf(request) {
      const context = domain.contextOf(
        {
          requestId: ports.random.uuid(),
          region: settings.region,
          callerArn: undefined,
          sourceIp: request.ip,
          userAgent: request.headers["user-agent"],
        },
        {},
      );
      return rateLimits ? { ...context, takeRequest: (name) => rateLimits(name, context) } : context;
    },
  });
}

function control(server: Server): Surface {
  const { settings, ports, domain } = server;
  return controlSurface({
    store: ports.store,
    events: ports.events,
    activity: ports.activity,
    clock: ports.movableClock,
    isOpen: trustsUnknownKeys(settings),
    authorize: domain.callers.authorizeOnPool,
    importUsers: (poolId, batch) => importRecords(poolId, batch, domain.environment),
    testIdentityProvider: providerTests(server),
    rotateSigningKeys: async (poolId) => {
      await rotateSigningKeys(domain.environment, poolId);
      ports.log.info({ poolId }, "The pool has new signing keys");
    },
  });
}

function webConsole(server: Server): Surface {
  const { settings, ports, domain, addresses } = server;
  const { store, files, activity, invocations, logSinks, movableClock, random, log } = ports;
  const isDev = settings.mode === "dev";
  return consoleSurface({
    info: () => ({
      mode: settings.mode,
      version,
      accountId: settings.accountId,
      region: settings.region,
      endpoint: addresses.baseUrl(),
      hasInbox: isDev && settings.smtpUrl === undefined,
      ...(isDev
        ? { awsFiles: { config: resolve(files.config), credentials: resolve(files.credentials) } }
        : {}),
    }),
    principals: {
      ...createPeople(domain.iam),
      ...(trustsUnknownKeys(settings) ? {} : { localAdministrator: undefined }),
    },
    tokens: ports.crypto.tokens,
    store,
    activity,
    logSinks,
    signInCounts: domain.signInCounts,
    invocations,
    functions: domain.functionInspection,
    testIdentityProvider: providerTests(server),
    clock: systemClock,
    movableClock,
    random,
    log,
    // Where `npm run build` puts the console's pages.
    staticFolder: resolve(packageRoot, "dist/console"),
  });
}
