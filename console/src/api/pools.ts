import {
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { poolUpdate } from "../rules/pools/update-user-pool.ts";
import { inPool } from "./aws.ts";

export async function describePool(UserPoolId: string): Promise<UserPoolType> {
  const command = new DescribeUserPoolCommand({ UserPoolId });
  return (await inPool(UserPoolId, (client) => client.send(command))).UserPool ?? {};
}

/** Deletes a pool after turning off its deletion protection. */
export function deletePool(pool: UserPoolType): Promise<unknown> {
  const UserPoolId = pool.Id ?? "";
  return inPool(UserPoolId, async (client) => {
    if (pool.DeletionProtection === "ACTIVE")
      await client.send(new UpdateUserPoolCommand(poolUpdate(pool, { DeletionProtection: "INACTIVE" })));
    await client.send(new DeleteUserPoolCommand({ UserPoolId }));
  });
}
