/**
 * "Test connection": takes the steps of a sign-in at a provider that need no user, and reports for each whether it
 * succeeds or why it fails. Every request uses the guarded fetch. Bodies of answers are never shown.
 *
 * Leaves to others: who may run it (`src/console`, `src/control`).
 */
import type { OperationContext } from "../../user-pools/index.ts";
import type { ConnectionReport } from "./connection-report.ts";

export type TestContext = Pick<
  OperationContext,
  "store" | "providers" | "clock" | "random" | "tokens" | "log"
>;

/**
 * @param baseUrls under which browsers reach the pool's endpoints
 * @returns undefined when there is no such provider
 */
export async function testConnection(
  { poolId, providerName }: { readonly poolId: string; readonly providerName: string },
  baseUrls: readonly string[],
  context: TestContext,
): Promise<ConnectionReport | undefined> {
  const provider = await context.store.identityProviders.get(poolId, providerName);
  if (provider === undefined) return undefined;
  if (provider.type === "SAML") {
    const { testSaml } = await import("./saml.ts");
    return testSaml(provider, baseUrls, context);
  }
  const { testOidc } = await import("./oidc.ts");
  return testOidc(provider, baseUrls, context);
}
