/** One thing of a pool, loaded for its page. */
import {
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  DescribeUserPoolClientCommand,
  GetGroupCommand,
  type GroupType,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "./aws.ts";
import { type Loaded, useLoad } from "./load.ts";

export function useAppClient(poolId: string, clientId: string): Loaded<UserPoolClientType> {
  return useLoad(async () => {
    const answer = await inPool(poolId, (client) =>
      client.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId })),
    );
    return answer.UserPoolClient ?? {};
  }, [poolId, clientId]);
}

export function useUser(poolId: string, username: string): Loaded<AdminGetUserCommandOutput> {
  return useLoad(
    () =>
      inPool(poolId, (client) =>
        client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: username })),
      ),
    [poolId, username],
  );
}

export function useGroup(poolId: string, groupName: string): Loaded<GroupType> {
  return useLoad(async () => {
    const answer = await inPool(poolId, (client) =>
      client.send(new GetGroupCommand({ UserPoolId: poolId, GroupName: groupName })),
    );
    return answer.Group ?? {};
  }, [poolId, groupName]);
}
