/** The operations on replicas of a pool in another region. */
import type { OperationTable } from "../../operation.ts";
import { createUserPoolReplica } from "./create-user-pool-replica.ts";
import { deleteUserPoolReplica } from "./delete-user-pool-replica.ts";
import { listUserPoolReplicas } from "./list-user-pool-replicas.ts";
import { updateUserPoolReplica } from "./update-user-pool-replica.ts";

export const replicaOperations = {
  CreateUserPoolReplica: createUserPoolReplica,
  DeleteUserPoolReplica: deleteUserPoolReplica,
  ListUserPoolReplicas: listUserPoolReplicas,
  UpdateUserPoolReplica: updateUserPoolReplica,
} satisfies Partial<OperationTable>;
