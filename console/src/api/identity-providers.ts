import {
  DeleteIdentityProviderCommand,
  DescribeIdentityProviderCommand,
  type IdentityProviderType,
  ListIdentityProvidersCommand,
  type ProviderDescription,
} from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "./aws.ts";
import { type Loaded, useLoad } from "./load.ts";
import type { LoadPage } from "./pages.ts";

export const identityProvidersOf =
  (poolId: string): LoadPage<ProviderDescription> =>
  async (limit, token) => {
    const answer = await inPool(poolId, (client) =>
      client.send(
        new ListIdentityProvidersCommand({ UserPoolId: poolId, MaxResults: limit, NextToken: token }),
      ),
    );
    return { items: answer.Providers ?? [], next: answer.NextToken };
  };

export const deleteIdentityProvider = (UserPoolId: string, ProviderName: string) =>
  inPool(UserPoolId, (client) =>
    client.send(new DeleteIdentityProviderCommand({ UserPoolId, ProviderName })),
  );

export function useIdentityProvider(poolId: string, providerName: string): Loaded<IdentityProviderType> {
  return useLoad(["identity provider", poolId, providerName], () => describeProvider(poolId, providerName));
}

export async function describeProvider(
  UserPoolId: string,
  ProviderName: string,
): Promise<IdentityProviderType> {
  const command = new DescribeIdentityProviderCommand({ UserPoolId, ProviderName });
  return (await inPool(UserPoolId, (client) => client.send(command))).IdentityProvider ?? {};
}
