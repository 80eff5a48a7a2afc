/** The lists of the API, each as a {@link LoadPage}. */
import {
  AdminListGroupsForUserCommand,
  type GroupType,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  type UserPoolClientDescription,
  type UserPoolDescriptionType,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { SearchableAttribute } from "../../../src/storage/users/searchable-attributes.ts";
import { inPool, inRegion } from "./aws.ts";
import type { LoadPage } from "./pages.ts";

export const userPoolsIn =
  (region: string): LoadPage<UserPoolDescriptionType> =>
  async (limit, token) => {
    const answer = await inRegion(region, (client) =>
      client.send(new ListUserPoolsCommand({ MaxResults: limit, NextToken: token })),
    );
    return { items: answer.UserPools ?? [], next: answer.NextToken };
  };

export const appClientsOf =
  (poolId: string): LoadPage<UserPoolClientDescription> =>
  async (limit, token) => {
    const answer = await inPool(poolId, (client) =>
      client.send(
        new ListUserPoolClientsCommand({ UserPoolId: poolId, MaxResults: limit, NextToken: token }),
      ),
    );
    return { items: answer.UserPoolClients ?? [], next: answer.NextToken };
  };

export const usersOf =
  (poolId: string, filter: string | undefined): LoadPage<UserType> =>
  async (limit, token) => {
    const answer = await inPool(poolId, (client) =>
      client.send(
        new ListUsersCommand({ UserPoolId: poolId, Limit: limit, PaginationToken: token, Filter: filter }),
      ),
    );
    return { items: answer.Users ?? [], next: answer.PaginationToken };
  };

export const groupsOf =
  (poolId: string): LoadPage<GroupType> =>
  async (limit, token) => {
    const answer = await inPool(poolId, (client) =>
      client.send(new ListGroupsCommand({ UserPoolId: poolId, Limit: limit, NextToken: token })),
    );
    return { items: answer.Groups ?? [], next: answer.NextToken };
  };

export const membersOf =
  (poolId: string, groupName: string): LoadPage<UserType> =>
  async (limit, token) => {
    const answer = await inPool(poolId, (client) =>
      client.send(
        new ListUsersInGroupCommand({
          UserPoolId: poolId,
          GroupName: groupName,
          Limit: limit,
          NextToken: token,
        }),
      ),
    );
    return { items: answer.Users ?? [], next: answer.NextToken };
  };

export const groupsOfUser =
  (poolId: string, username: string): LoadPage<GroupType> =>
  async (limit, token) => {
    const answer = await inPool(poolId, (client) =>
      client.send(
        new AdminListGroupsForUserCommand({
          UserPoolId: poolId,
          Username: username,
          Limit: limit,
          NextToken: token,
        }),
      ),
    );
    return { items: answer.Groups ?? [], next: answer.NextToken };
  };

/** `email ^= "ja"`; undefined, which lists all users, without a search. */
export function userFilter(attribute: SearchableAttribute, prefix: string): string | undefined {
  if (prefix === "") return undefined;
  return `${attribute} ^= "${prefix.replace(/["\\]/g, "\\$&")}"`;
}

/** The value of an attribute in the API's list of names and values. */
export function attributeOf(user: Pick<UserType, "Attributes">, name: string): string | undefined {
  return user.Attributes?.find((attribute) => attribute.Name === name)?.Value;
}
