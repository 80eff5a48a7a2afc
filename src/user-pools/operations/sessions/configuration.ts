import { FeatureUnavailableInTierException } from "../../../api-model/index.ts";
import type { UserPoolRecord } from "../../../storage/index.ts";
import { changeAlone, subject } from "../../concurrent-change.ts";
import type { OperationContext } from "../../operation.ts";

/** @throws FeatureUnavailableInTierException the pool is of the tier LITE; the feature's name is ours */
export function requireSessionTier({ settings }: UserPoolRecord): void {
  if (settings.UserPoolTier !== "LITE") return;
  throw new FeatureUnavailableInTierException(
    "The following features need to be disabled for the LITE pricing tier configured: User Session Management",
  );
}

/**
 * Keeps the configuration of a pool or of an app client, in place of the one before.
 *
 * @throws ConcurrentModificationException another request set it meanwhile
 */
export async function keepConfiguration(
  { store, clock }: OperationContext,
  owner: { readonly poolId: string; readonly clientId?: string },
  body: unknown,
): Promise<void> {
  const now = clock.now();
  const key = { ...owner, kind: "SessionConfiguration", id: "" } as const;
  const configuration = subject("this session configuration", ({ documents }) => documents.get(key));
  await changeAlone(store, configuration, ({ documents }) =>
    documents.put({ ...key, body, createdAt: now, lastModifiedAt: now }),
  );
}
