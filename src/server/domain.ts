import { type Callers, createCallers, strictTrust, type TrustSettings } from "../aws/callers/index.ts";
import { systemClock } from "../clock.ts";
import { type Settings, trustsUnknownKeys } from "../config/index.ts";
import { isLoopbackOrigin, isOwnHost } from "../http/index.ts";
import { type IamEnvironment, PrincipalDirectory } from "../iam/index.ts";
import {
  createTokenService,
  type Environment,
  noTriggers,
  type OperationContext,
  type ReceivedContext,
  requestContextOf,
  type TokenService,
} from "../user-pools/index.ts";
import type { Addresses } from "./addresses.ts";
import type { Ports } from "./ports.ts";

/** User pools and IAM, wired to the ports. */
export interface Domain {
  readonly environment: Environment;
  readonly tokens: TokenService;
  readonly contextOf: (received: ReceivedContext, input: object) => OperationContext;
  readonly iam: IamEnvironment;
  readonly callers: Callers;
}

export function createDomain(settings: Settings, ports: Ports, addresses: Addresses): Domain {
  const { store, clock, random, crypto, delivery, outbox, events, log } = ports;
  const { accountId } = settings;
  const isDev = settings.mode === "dev";
  const environment: Environment = {
    store,
    clock,
    random,
    crypto,
    delivery,
    outbox,
    triggers: noTriggers,
    events,
    log,
    accountId,
    issuerOf: addresses.issuerOf,
    confirmationPageOf: () => `${addresses.baseUrl()}/confirmUser`,
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
  };
  return {
    environment,
    tokens,
    contextOf: (received, input) => ({ ...environment, tokens, request: requestContextOf(received, input) }),
    iam,
    callers: createCallers({
      iam,
      trust: isDev ? developmentTrust(addresses, settings) : strictTrust,
      tagsOfPool: async (poolId) => (await store.pools.get(poolId))?.settings.UserPoolTags,
    }),
  };
}

/** What `dev` believes of callers: see "Two ways to run" in docs/architecture.md. */
function developmentTrust({ isOwnName }: Addresses, settings: Settings): TrustSettings {
  return {
    unknownKeys: trustsUnknownKeys(settings) ? "administrator" : "refused",
    isOwnHost: (host) => isOwnHost(host, isOwnName),
    isLocalOrigin: isLoopbackOrigin,
    explainsSignatures: true,
    acceptsLocalRegions: true,
  };
}
