/** The operations on provisioned request rates. */
import type { OperationTable } from "../../operation.ts";
import { getProvisionedLimit } from "./get-provisioned-limit.ts";
import { updateProvisionedLimit } from "./update-provisioned-limit.ts";

export const limitOperations = {
  GetProvisionedLimit: getProvisionedLimit,
  UpdateProvisionedLimit: updateProvisionedLimit,
} satisfies Partial<OperationTable>;
