import {
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { poolUpdate } from "../rules/pools/update-user-pool.ts";
import { inPool } from "./aws.ts";

export async function describePool(UserPoolId: string): Promise<UserPoolType> {
  const command = new DescribeUserPoolCommand({ UserPoolId });
  return (await inPool(UserPoolId, (client) => client.send(command))).UserPool ?? {};
}

/**
 * Changes settings of a pool. The operation takes all settings at once: the others stay as they are now, not as a page loaded
 * them, which may be long ago.
 */
export function updatePool(
  UserPoolId: string,
  changesOf: (
    current: UserPoolType,
  ) => Partial<UpdateUserPoolCommandInput> | Promise<Partial<UpdateUserPoolCommandInput>>,
): Promise<unknown> {
  return inPool(UserPoolId, async (client) => {
    const { UserPool = {} } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
    await client.send(new UpdateUserPoolCommand(poolUpdate(UserPool, await changesOf(UserPool))));
  });
}

/** Deletes a pool after its domains, without which it is refused, and after turning off its deletion protection. */
export async function deletePool(pool: UserPoolType): Promise<void> {
  const { Id: UserPoolId = "", DeletionProtection } = pool;
  for (const Domain of [pool.Domain, pool.CustomDomain]) {
    if (Domain)
      await inPool(UserPoolId, (client) =>
        client.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain })),
      );
  }
  if (DeletionProtection === "ACTIVE")
    await updatePool(UserPoolId, () => ({ DeletionProtection: "INACTIVE" }));
  await inPool(UserPoolId, (client) => client.send(new DeleteUserPoolCommand({ UserPoolId })));
}
