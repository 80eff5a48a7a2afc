import { InvalidParameterException } from "../../../api-model/index.ts";
import { poolIdOfArn } from "../../../pool-ids.ts";
import type { Repositories, UserPoolRecord } from "../../../storage/index.ts";
import { requirePool, unknownPool } from "../../pools/index.ts";

/**
 * The pool that an ARN names.
 *
 * @throws InvalidParameterException it is not the ARN of a user pool; the text is ours, Cognito's is not known
 * @throws ResourceNotFoundException there is no such pool in this account
 */
export async function requireTaggedPool(
  repositories: Pick<Repositories, "pools">,
  arn: string,
  accountId: string,
): Promise<UserPoolRecord> {
  const named = poolIdOfArn(arn);
  if (!named) throw new InvalidParameterException(`${arn} is not the ARN of a user pool.`);
  if (named.accountId !== accountId) throw unknownPool(named.poolId);
  return requirePool(repositories, named.poolId);
}

/**
 * Changes a pool's tags. They do not count as a modification of the pool.
 *
 * @throws ResourceNotFoundException the pool has been deleted
 */
export async function changeTags(
  { pools }: Pick<Repositories, "pools">,
  poolId: string,
  change: (tags: Tags) => Tags,
): Promise<void> {
  const changed = await pools.update(poolId, (pool) => ({
    ...pool,
    settings: { ...pool.settings, UserPoolTags: { ...change(pool.settings.UserPoolTags ?? {}) } },
  }));
  if (!changed) throw unknownPool(poolId);
}

type Tags = Readonly<Record<string, string>>;
