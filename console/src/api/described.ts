/** One thing of a pool, loaded for its page. */
import {
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  DescribeUserPoolClientCommand,
  GetGroupCommand,
  GetUserPoolMfaConfigCommand,
  type GetUserPoolMfaConfigCommandOutput,
  type GroupType,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "./aws.ts";
import { type Loaded, useLoad } from "./load.ts";

/** The names under which a page loads these, for the frame to find them. */
export const clientKey = (poolId: string, clientId: string) => ["client", poolId, clientId];
export const userKey = (poolId: string, username: string) => ["user", poolId, username];

export function useAppClient(poolId: string, clientId: string): Loaded<UserPoolClientType> {
  return useLoad(clientKey(poolId, clientId), async () => {
    const answer = await inPool(poolId, (client) =>
      client.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId })),
    );
    return answer.UserPoolClient ?? {};
  });
}

export function useMfaConfig(poolId: string): Loaded<GetUserPoolMfaConfigCommandOutput> {
  return useLoad(["mfaConfig", poolId], () =>
    inPool(poolId, (client) => client.send(new GetUserPoolMfaConfigCommand({ UserPoolId: poolId }))),
  );
}

export function useUser(poolId: string, username: string): Loaded<AdminGetUserCommandOutput> {
  return useLoad(userKey(poolId, username), () => describeUser(poolId, username));
}

export function describeUser(poolId: string, username: string): Promise<AdminGetUserCommandOutput> {
  const command = new AdminGetUserCommand({ UserPoolId: poolId, Username: username });
  return inPool(poolId, (client) => client.send(command));
}

export function useGroup(poolId: string, groupName: string): Loaded<GroupType> {
  return useLoad(["group", poolId, groupName], () => describeGroup(poolId, groupName));
}

export async function describeGroup(poolId: string, groupName: string): Promise<GroupType> {
  const command = new GetGroupCommand({ UserPoolId: poolId, GroupName: groupName });
  return (await inPool(poolId, (client) => client.send(command))).Group ?? {};
}
