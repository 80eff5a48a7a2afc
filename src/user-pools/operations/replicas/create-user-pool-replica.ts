import {
  InvalidParameterException,
  LimitExceededException,
  UserPoolTaggingException,
} from "../../../api-model/index.ts";
import type { ReplicaRecord } from "../../../storage/index.ts";
import type { Operation } from "../../operation.ts";
import { problemWithTags, unknownPool } from "../../pools/index.ts";
import {
  checkReplicatedSettings,
  checkReplication,
  replicasOf,
  replicaType,
  withReplicas,
} from "../../replicas/index.ts";

/**
 * Makes a replica of a pool in another region, inactive at first.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws FeatureUnavailableInTierException the pool's plan is LITE
 * @throws InvalidParameterException the pool cannot be replicated there
 * @throws LimitExceededException the pool has a replica; the text is ours
 * @throws UserPoolTaggingException the tags are not valid
 * @see API Reference, "CreateUserPoolReplica"
 */
export const createUserPoolReplica: Operation<"CreateUserPoolReplica"> = async (
  input,
  { store, accountId },
) => {
  const { RegionName, UserPoolTags = {} } = input;
  const replica: ReplicaRecord = { region: RegionName, status: "INACTIVE", tags: UserPoolTags };
  const pool = await store.pools.update(input.UserPoolId, (current) => {
    const problem = problemWithTags(UserPoolTags);
    if (problem) throw new UserPoolTaggingException(problem);
    if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(RegionName)) {
      throw new InvalidParameterException(`${RegionName} is not the name of a region.`);
    }
    checkReplication(current, RegionName);
    if (replicasOf(current).length > 0) {
      throw new LimitExceededException("A user pool can have at most one replica.");
    }
    const replicated = withReplicas(current, [replica]);
    checkReplicatedSettings(replicated.settings);
    return replicated;
  });
  if (!pool) throw unknownPool(input.UserPoolId);
  return { UserPoolReplica: replicaType(pool, replica, accountId, "CREATING") };
};
