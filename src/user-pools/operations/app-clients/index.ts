/**
 * The operations on app clients and their secrets. The rules for a client's settings are in
 * `src/user-pools/app-clients`.
 */
import type { OperationTable } from "../../operation.ts";
import { addUserPoolClientSecret } from "./add-user-pool-client-secret.ts";
import { createUserPoolClient } from "./create-user-pool-client.ts";
import { deleteUserPoolClient } from "./delete-user-pool-client.ts";
import { deleteUserPoolClientSecret } from "./delete-user-pool-client-secret.ts";
import { describeUserPoolClient } from "./describe-user-pool-client.ts";
import { getClientToken } from "./get-client-token.ts";
import { listUserPoolClientSecrets } from "./list-user-pool-client-secrets.ts";
import { listUserPoolClients } from "./list-user-pool-clients.ts";
import { updateUserPoolClient } from "./update-user-pool-client.ts";

export { makeAppClient } from "./create-user-pool-client.ts";

export const appClientOperations = {
  AddUserPoolClientSecret: addUserPoolClientSecret,
  CreateUserPoolClient: createUserPoolClient,
  DeleteUserPoolClient: deleteUserPoolClient,
  DeleteUserPoolClientSecret: deleteUserPoolClientSecret,
  DescribeUserPoolClient: describeUserPoolClient,
  GetClientToken: getClientToken,
  ListUserPoolClientSecrets: listUserPoolClientSecrets,
  ListUserPoolClients: listUserPoolClients,
  UpdateUserPoolClient: updateUserPoolClient,
} satisfies Partial<OperationTable>;
