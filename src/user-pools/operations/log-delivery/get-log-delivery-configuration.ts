import { logConfigurationsOf } from "../../log-delivery/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Shows the logs that a pool delivers, and their destinations.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @see API Reference, "GetLogDeliveryConfiguration"
 */
export const getLogDeliveryConfiguration: Operation<"GetLogDeliveryConfiguration"> = async (
  { UserPoolId },
  { store },
) => {
  await requirePool(store, UserPoolId);
  return {
    LogDeliveryConfiguration: {
      UserPoolId,
      LogConfigurations: await logConfigurationsOf(store, UserPoolId),
    },
  };
};
