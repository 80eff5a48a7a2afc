import { InvalidParameterException } from "../../../api-model/index.ts";
import type { Repositories } from "../../../storage/index.ts";
import { changeAlone, subject } from "../../concurrent-change.ts";
import type { OperationContext } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireSessionTier } from "../../sessions/index.ts";

/**
 * Checks a number whose range the API Reference gives, but not the API model that the input was checked against.
 *
 * @throws InvalidParameterException it is outside the range
 */
export function requireRange(member: string, value: number, [min, max]: readonly [number, number]): void {
  if (value >= min && value <= max) return;
  const constraint = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  throw new InvalidParameterException(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${constraint}`,
  );
}

/**
 * Keeps the configuration of a pool or of an app client, in place of the one before.
 *
 * @param check in the transaction that writes
 * @throws ResourceNotFoundException there is no such pool
 * @throws FeatureUnavailableInTierException
 * @throws ConcurrentModificationException another request set it meanwhile
 */
export async function keepConfiguration(
  { store, clock }: OperationContext,
  owner: { readonly poolId: string; readonly clientId?: string },
  body: unknown,
  check: (repositories: Repositories) => Promise<void> = async () => undefined,
): Promise<void> {
  const now = clock.now();
  const key = { ...owner, kind: "SessionConfiguration", id: "" } as const;
  const configuration = subject("this session configuration", ({ documents }) => documents.get(key));
  await changeAlone(store, configuration, async (repositories) => {
    requireSessionTier(await requirePool(repositories, owner.poolId));
    await check(repositories);
    await repositories.documents.put({ ...key, body, createdAt: now, lastModifiedAt: now });
  });
}
