/** The operations on log delivery. Its rules are in `src/user-pools/log-delivery`. */
import type { OperationTable } from "../../operation.ts";
import { getLogDeliveryConfiguration } from "./get-log-delivery-configuration.ts";
import { setLogDeliveryConfiguration } from "./set-log-delivery-configuration.ts";

export const logDeliveryOperations = {
  GetLogDeliveryConfiguration: getLogDeliveryConfiguration,
  SetLogDeliveryConfiguration: setLogDeliveryConfiguration,
} satisfies Partial<OperationTable>;
