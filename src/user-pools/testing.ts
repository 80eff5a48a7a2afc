/**
 * A context to call operations with, for tests of their rules. Tests through real clients are in `test/`.
 */
import { type MovableClock, stoppedClock } from "../clock.ts";
import { type Crypto, createCrypto } from "../crypto/index.ts";
import { createOutbox, type MessageDelivery } from "../delivery/index.ts";
import { createEvents } from "../events.ts";
import type { Log } from "../log.ts";
import { createLogSinks } from "../log-sinks/index.ts";
import { seededRandom } from "../random.ts";
import type { Store } from "../storage/index.ts";
import { openTestStore } from "../storage/testing.ts";
import type { Environment } from "./environment.ts";
import type { OperationContext } from "./operation.ts";
import { createTokenService } from "./tokens/index.ts";
import { noTriggers } from "./triggers/index.ts";

type Message = Parameters<MessageDelivery["send"]>[0];

export interface TestContext extends OperationContext {
  readonly clock: MovableClock;
  /** The sent messages, in order. */
  readonly sent: readonly Message[];
  /** The logged warnings, in order. */
  readonly warnings: readonly object[];
}

/** When a test's clock stands still: 2026-01-01T00:00:00Z, in milliseconds since the Unix epoch. */
export const TEST_TIME = Date.UTC(2026, 0, 1);

/** A context in `us-east-1` over an empty store, with a clock that stands still until it is moved. */
export async function testContext(
  overrides: Partial<Omit<OperationContext, "clock">> = {},
): Promise<TestContext> {
  const clock = stoppedClock(TEST_TIME);
  const store: Store = overrides.store ?? (await openTestStore({ clock }));
  const sent: Message[] = [];
  const warnings: object[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn: (fields: object) => warnings.push(fields),
    error() {},
  };
  const environment: Environment = {
    store,
    clock,
    random: seededRandom("test context"),
    crypto: sharedCrypto(),
    delivery: {
      async send(message) {
        sent.push(message);
      },
    },
    outbox: createOutbox({ log, retryAfterMilliseconds: [] }),
    triggers: noTriggers,
    providers: { fetch: () => Promise.reject(new Error("There is no provider.")), endpoints: {} },
    events: createEvents(),
    logSinks: createLogSinks({ destinations: {}, log }),
    log,
    accountId: "123456789012",
    issuerOf: (poolId) => `http://127.0.0.1:9229/${poolId}`,
    baseUrl: () => "http://127.0.0.1:9229",
    importUploadUrl: ({ poolId, id }) => `http://127.0.0.1:9229/upload/${poolId}/${id}`,
    confirmationPageOf: async () => "http://127.0.0.1:9229/confirmUser",
    ...overrides,
  };
  return {
    tokens: createTokenService(environment),
    request: {
      requestId: "00000000-0000-4000-8000-000000000000",
      region: "us-east-1",
      callerArn: undefined,
      sourceIp: "127.0.0.1",
      userAgent: undefined,
      clientMetadata: undefined,
      userContextData: undefined,
    },
    ...environment,
    ...overrides,
    clock,
    sent,
    warnings,
  };
}

let shared: Crypto | undefined;

/**
 * Real cryptography, once for all tests of a file. Its threads do not keep a process alive. A generated RSA key is used
 * again under new names: a tenth of a second for each key of each pool adds up.
 */
function sharedCrypto(): Crypto {
  if (shared) return shared;
  const random = seededRandom("test keys");
  const crypto = createCrypto({ random, masterKeys: [random.bytes(32)] });
  let key: ReturnType<Crypto["generateSigningKey"]> | undefined;
  shared = {
    ...crypto,
    async generateSigningKey() {
      key ??= crypto.generateSigningKey();
      return { ...(await key), kid: Buffer.from(random.bytes(32)).toString("base64url") };
    },
  };
  return shared;
}
