import { ResourceNotFoundException } from "../../api-model/index.ts";
import type { Repositories, UserPoolRecord } from "../../storage/index.ts";

/** The answer for a pool that is not there. */
export function unknownPool(poolId: string): ResourceNotFoundException {
  return new ResourceNotFoundException(`User pool ${poolId} does not exist.`);
}

/** @throws ResourceNotFoundException there is no such pool */
export async function requirePool(
  repositories: Pick<Repositories, "pools">,
  poolId: string,
): Promise<UserPoolRecord> {
  const pool = await repositories.pools.get(poolId);
  if (!pool) throw unknownPool(poolId);
  return pool;
}
