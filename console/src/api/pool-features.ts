/** Loading for the pages of a pool's later features. */
import {
  type CognitoIdentityProviderClient,
  DescribeTermsCommand,
  GetProvisionedLimitCommand,
  type LimitType,
  ListIdentityProvidersCommand,
  ListResourceServersCommand,
  ListTermsCommand,
  ListUserPoolClientsCommand,
  type TermsType,
  type UserPoolClientDescription,
} from "@aws-sdk/client-cognito-identity-provider";
import { inPool, inRegion } from "./aws.ts";
import { allPages, type LoadPage } from "./pages.ts";

/** A pool's terms with their links, which the list does not have: 40 at most. */
export function termsOf(poolId: string): Promise<readonly TermsType[]> {
  return inPool(poolId, async (client) => {
    const { Terms = [] } = await client.send(new ListTermsCommand({ UserPoolId: poolId, MaxResults: 60 }));
    const described = Terms.map(({ TermsId }) =>
      client.send(new DescribeTermsCommand({ UserPoolId: poolId, TermsId })),
    );
    return (await Promise.all(described)).flatMap(({ Terms: terms }) => terms ?? []);
  });
}

/** The clients that registered themselves. Pages of the list can be empty, and others follow. */
export const registeredClientsOf =
  (poolId: string): LoadPage<UserPoolClientDescription> =>
  async (limit, token) => {
    let next = token;
    for (;;) {
      const { UserPoolClients = [], NextToken } = await inPool(poolId, (client) =>
        client.send(
          new ListUserPoolClientsCommand({
            UserPoolId: poolId,
            ClientType: "DCR",
            MaxResults: limit,
            NextToken: next,
          }),
        ),
      );
      next = NextToken;
      if (UserPoolClients.length > 0 || next === undefined) return { items: UserPoolClients, next };
    }
  };

/** The custom scopes of a pool's resource servers, as tokens have them. */
export async function customScopesOf(poolId: string): Promise<readonly string[]> {
  const servers = await allPages(async (_limit, NextToken) => {
    const answer = await inPool(poolId, (client) =>
      client.send(new ListResourceServersCommand({ UserPoolId: poolId, MaxResults: 50, NextToken })),
    );
    return { items: answer.ResourceServers ?? [], next: answer.NextToken };
  });
  return servers.flatMap(({ Identifier, Scopes = [] }) =>
    Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`),
  );
}

/** The names of a pool's identity providers, its own directory first. */
export async function providerNamesOf(poolId: string): Promise<readonly string[]> {
  const providers = await allPages(async (limit, NextToken) => {
    const answer = await inPool(poolId, (client) =>
      client.send(new ListIdentityProvidersCommand({ UserPoolId: poolId, MaxResults: limit, NextToken })),
    );
    return { items: answer.Providers ?? [], next: answer.NextToken };
  });
  return ["COGNITO", ...providers.map(({ ProviderName = "" }) => ProviderName)];
}

/** The categories whose limits can be raised. @see Developer Guide, "Quotas in Amazon Cognito" */
const adjustableCategories = [
  "UserAuthentication",
  "UserCreation",
  "UserFederation",
  "UserRead",
  "UserToken",
  "UserResourceRead",
];

/** This operation has a rate of its own: one request a second, where rates are limited. */
const LIMIT_MILLISECONDS = 1100;

export function provisionedLimitsIn(region: string): Promise<readonly LimitType[]> {
  return inRegion(region, (client) =>
    Promise.all(adjustableCategories.map((category) => provisionedLimit(client, category))),
  );
}

async function provisionedLimit(client: CognitoIdentityProviderClient, Category: string): Promise<LimitType> {
  const command = new GetProvisionedLimitCommand({
    LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category } },
  });
  for (let attempt = 1; ; attempt++) {
    try {
      const { Limit } = await client.send(command);
      return Limit as LimitType;
    } catch (error) {
      const isLimited = error instanceof Error && error.name === "TooManyRequestsException";
      if (!isLimited || attempt === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, LIMIT_MILLISECONDS));
    }
  }
}
