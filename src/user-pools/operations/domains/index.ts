/** The operations on domains of a pool's pages and OAuth 2.0 endpoints. */
import type { OperationTable } from "../../operation.ts";
import { createUserPoolDomain } from "./create-user-pool-domain.ts";
import { deleteUserPoolDomain } from "./delete-user-pool-domain.ts";
import { describeUserPoolDomain } from "./describe-user-pool-domain.ts";
import { updateUserPoolDomain } from "./update-user-pool-domain.ts";

export const domainOperations = {
  CreateUserPoolDomain: createUserPoolDomain,
  DeleteUserPoolDomain: deleteUserPoolDomain,
  DescribeUserPoolDomain: describeUserPoolDomain,
  UpdateUserPoolDomain: updateUserPoolDomain,
} satisfies Partial<OperationTable>;
