import { regionOf } from "../../../pool-ids.ts";
import { checkLogConfigurations, destinationOf, logDeliveryKey } from "../../log-delivery/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Replaces the logs that a pool delivers, and their destinations; an empty list ends all delivery.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException a source is named twice, or a destination cannot take its log
 * @throws FeatureUnavailableInTierException the user activity of a pool below PLUS
 * @see API Reference, "SetLogDeliveryConfiguration"
 */
export const setLogDeliveryConfiguration: Operation<"SetLogDeliveryConfiguration"> = async (
  { UserPoolId, LogConfigurations },
  { store, clock, accountId, logSinks, log },
) => {
  const key = logDeliveryKey(UserPoolId);
  const now = clock.now();
  await store.transaction(async (repositories) => {
    const { documents } = repositories;
    const pool = await requirePool(repositories, UserPoolId);
    checkLogConfigurations(LogConfigurations, pool.settings, { accountId, region: regionOf(UserPoolId) });
    if (LogConfigurations.length === 0) await documents.delete(key);
    else await documents.put({ ...key, body: { LogConfigurations }, createdAt: now, lastModifiedAt: now });
  });
  for (const arn of LogConfigurations.map(destinationOf)) {
    if (arn !== undefined && logSinks.stateOf(arn).target.kind === "nothing")
      log.warn(
        { poolId: UserPoolId, destination: arn },
        "The setting logDestinations does not name a destination of logs",
      );
  }
  return { LogDeliveryConfiguration: { UserPoolId, LogConfigurations } };
};
