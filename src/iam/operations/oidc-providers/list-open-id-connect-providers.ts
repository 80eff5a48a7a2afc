import { oidcProviderArn } from "../../identifiers.ts";
import { listAll } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";

/** Lists all providers. */
export const listOpenIDConnectProviders: IamOperation<"ListOpenIDConnectProviders"> = async (
  _input,
  { store, accountId },
) => {
  const providers = await listAll((page) => store.iam.oidcProviders.list(accountId, "/", page));
  return {
    OpenIDConnectProviderList: providers.map(({ name }) => ({ Arn: oidcProviderArn(accountId, name) })),
  };
};
