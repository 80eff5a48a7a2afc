import { type Callers, createCallers, strictTrust, type TrustSettings } from "../aws/callers/index.ts";
import { createUploadUrls, type UploadUrls } from "../aws/index.ts";
import { systemClock } from "../clock.ts";
import { type Settings, trustsUnknownKeys } from "../config/index.ts";
import { isLoopbackOrigin, isOwnHost } from "../http/index.ts";
import { createOldPasswordLimit, type IamEnvironment, PrincipalDirectory } from "../iam/index.ts";
import { createFunctions, type Functions } from "../lambda/index.ts";
import { logOfRequest } from "../log.ts";
import { addressRule, createGuardedFetch, LOOPBACK_ADDRESSES } from "../outbound/index.ts";
import type { Store } from "../storage/index.ts";
import {
  createLambdaTriggers,
  createSignInCounts,
  createTokenService,
  type Environment,
  type OperationContext,
  type ReceivedContext,
  requestContextOf,
  type SignInCounts,
  type TokenService,
} from "../user-pools/index.ts";
import type { Addresses } from "./addresses.ts";
import type { Ports } from "./ports.ts";
import type { ProcessOfSeveral } from "./process-of-several.ts";

/** User pools and IAM, wired to the ports. */
export interface Domain {
  readonly environment: Environment;
  readonly tokens: TokenService;
  readonly contextOf: (received: ReceivedContext, input: object) => OperationContext;
  readonly iam: IamEnvironment;
  readonly callers: Callers;
  readonly functions: Functions;
  readonly uploadUrls: UploadUrls;
  readonly signInCounts: SignInCounts;
}

export function createDomain(
  settings: Settings,
  ports: Ports,
  addresses: Addresses,
  { functions, part }: { readonly functions: Functions; readonly part: ProcessOfSeveral | undefined },
): Domain {
  const { store, clock, random, crypto, delivery, outbox, events, logSinks, log } = ports;
  const { accountId } = settings;
  const isDev = settings.mode === "dev";
  const key = crypto.derivedKey("uploads");
  const uploadUrls = createUploadUrls({ baseUrl: addresses.baseUrl, accountId, key });
  const environment: Environment = {
    store,
    clock,
    random,
    crypto,
    delivery,
    outbox,
    triggers: createLambdaTriggers({ functions, events, clock: systemClock, random, log }),
    providers: {
      fetch: createGuardedFetch({
        isAllowed: addressRule([...settings.providerAddresses, ...(isDev ? LOOPBACK_ADDRESSES : [])]),
      }),
      endpoints: settings.providerEndpoints,
    },
    events,
    logSinks,
    log,
    accountId,
    issuerOf: addresses.issuerOf,
    baseUrl: addresses.baseUrl,
    importUploadUrl: uploadUrls.urlOf,
    confirmationPageOf: (poolId) => confirmationPageOf(poolId, store, addresses),
    breachedPasswords: ports.breachedPasswords,
    signsInAfterLink: settings.signInAfterLink,
    fixedCode: isDev ? settings.fixedCode : undefined,
  };
  const tokens = createTokenService(environment);
  const iam: IamEnvironment = {
    store,
    directory: new PrincipalDirectory({ store, accountId, clock: systemClock }),
    accountId,
    clock,
    credentialClock: systemClock,
    random,
    sealer: crypto.tokens,
    verifyWebIdentity: tokens.verifyWebIdentity,
    isOwnIssuer: addresses.isOwnIssuer,
    passwordHashCost: ports.passwordHashCost,
    oldPasswordLimit:
      part === undefined
        ? createOldPasswordLimit()
        : {
            take: (uniqueId, now) => part.ask("takeOldPassword", uniqueId, now),
            notTried: (uniqueId) => part.ask("oldPasswordNotTried", uniqueId),
            succeeded: (uniqueId) => part.ask("oldPasswordSucceeded", uniqueId),
          },
  };
  return {
    environment,
    functions,
    uploadUrls,
    signInCounts: createSignInCounts(environment),
    tokens,
    contextOf: (received, input) => ({
      ...environment,
      tokens,
      log: logOfRequest(ports.log, received.requestId),
      request: requestContextOf(received, input),
    }),
    iam,
    callers: createCallers({
      iam,
      trust: isDev ? developmentTrust(addresses, settings) : strictTrust,
      tagsOfPool: async (poolId) => (await store.pools.get(poolId))?.settings.UserPoolTags,
    }),
  };
}

/** The functions of Lambda triggers, which find this server where they look for AWS. */
export function openFunctions(settings: Settings, { log }: Ports, { baseUrl }: Addresses): Functions {
  const mapped = Object.entries(settings.functions).map(
    ([name, { file, handler, environment }]) => [name, { file, exportName: handler, environment }] as const,
  );
  return createFunctions({
    folder: settings.lambdaDir,
    mapped: Object.fromEntries(mapped),
    endpoint: settings.lambdaEndpoint,
    reloads: settings.mode === "dev",
    environment: () => ({
      ...Object.fromEntries(OWN_SERVICES.map((service) => [`AWS_ENDPOINT_URL_${service}`, baseUrl()])),
      // Where unknown keys are trusted, any key will do.
      ...(trustsUnknownKeys(settings) && {
        AWS_ACCESS_KEY_ID: "function",
        AWS_SECRET_ACCESS_KEY: "function",
      }),
    }),
    log,
  });
}

/** The services that this server has, as SDKs name them in settings. */
const OWN_SERVICES = ["COGNITO_IDENTITY_PROVIDER", "KMS", "STS", "IAM"];

/** At the pool's own domain if it has one, which leads here; a prefix is a name of this machine alone. */
async function confirmationPageOf(
  poolId: string,
  { domains }: Store,
  { baseUrl }: Addresses,
): Promise<string> {
  const base = new URL(baseUrl());
  const ofPool = await domains.listOfPool(poolId);
  const custom = ofPool.find(({ settings }) => settings.CustomDomainConfig !== undefined);
  if (custom !== undefined) base.hostname = custom.domain;
  return `${base.origin}/confirmUser`;
}

/** What `dev` accepts from callers: see "Two ways to run" in docs/architecture.md. */
function developmentTrust({ isOwnName }: Addresses, settings: Settings): TrustSettings {
  return {
    unknownKeys: trustsUnknownKeys(settings) ? "administrator" : "refused",
    isOwnHost: (host) => isOwnHost(host, isOwnName),
    isLocalOrigin: isLoopbackOrigin,
    explainsSignatures: true,
    acceptsLocalRegions: true,
  };
}
