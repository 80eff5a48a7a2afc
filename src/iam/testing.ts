import { type MovableClock, stoppedClock } from "../clock.ts";
import { createCrypto, type ScryptCost } from "../crypto/index.ts";
import { seededRandom } from "../random.ts";
import { openTestStore } from "../storage/testing.ts";
import type { IamEnvironment } from "./environment.ts";
import { createOldPasswordLimit } from "./logins/index.ts";
import { PrincipalDirectory } from "./principals/index.ts";

export const ACCOUNT_ID = "123456789012";

/** A hash as users get it takes a third of a second of processor time. */
export const CHEAP_PASSWORD_HASH: ScryptCost = { N: 16, r: 1, p: 1 };

/** The dependencies of IAM and STS for tests: a temporary store, a fixed clock and repeatable random bytes. */
export type TestIam = IamEnvironment & { readonly clock: MovableClock; close(): Promise<void> };

/** @param at milliseconds since the epoch */
export async function openTestIam(at: number, overrides: Partial<IamEnvironment> = {}): Promise<TestIam> {
  const clock = stoppedClock(at);
  const random = seededRandom("iam");
  const store = await openTestStore({ clock });
  const crypto = createCrypto({ random, masterKeys: [random.bytes(32)] });
  return {
    store,
    directory: new PrincipalDirectory({ store, accountId: ACCOUNT_ID, clock }),
    accountId: ACCOUNT_ID,
    credentialClock: clock,
    random,
    sealer: crypto.tokens,
    verifyWebIdentity: async () => ({ fault: "unverified" }),
    isOwnIssuer: () => false,
    passwordHashCost: CHEAP_PASSWORD_HASH,
    oldPasswordLimit: createOldPasswordLimit(),
    ...overrides,
    clock,
    async close() {
      await crypto.close();
      await store.close();
    },
  };
}
