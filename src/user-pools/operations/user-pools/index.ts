/**
 * The operations on user pools themselves. The rules for a pool's settings are in `src/user-pools/pools`.
 */
import type { OperationTable } from "../../operation.ts";
import { addCustomAttributes } from "./add-custom-attributes.ts";
import { createUserPool } from "./create-user-pool.ts";
import { deleteUserPool } from "./delete-user-pool.ts";
import { describeUserPool } from "./describe-user-pool.ts";
import { getSigningCertificate } from "./get-signing-certificate.ts";
import { getUserPoolMfaConfig } from "./get-user-pool-mfa-config.ts";
import { listUserPools } from "./list-user-pools.ts";
import { setUserPoolMfaConfig } from "./set-user-pool-mfa-config.ts";
import { updateUserPool } from "./update-user-pool.ts";

export const userPoolOperations = {
  AddCustomAttributes: addCustomAttributes,
  CreateUserPool: createUserPool,
  DeleteUserPool: deleteUserPool,
  DescribeUserPool: describeUserPool,
  GetSigningCertificate: getSigningCertificate,
  GetUserPoolMfaConfig: getUserPoolMfaConfig,
  ListUserPools: listUserPools,
  SetUserPoolMfaConfig: setUserPoolMfaConfig,
  UpdateUserPool: updateUserPool,
} satisfies Partial<OperationTable>;
