import type { IamOperation } from "../../operation.ts";
import { requireProvider } from "../../principals/index.ts";

/** Removes an accepted audience of a provider's tokens. @throws NoSuchEntityException */
export const removeClientIDFromOpenIDConnectProvider: IamOperation<
  "RemoveClientIDFromOpenIDConnectProvider"
> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const { name } = await requireProvider(iam, accountId, input.OpenIDConnectProviderArn);
    await iam.oidcProviders.update(accountId, name, (provider) => ({
      ...provider,
      clientIds: provider.clientIds.filter((id) => id !== input.ClientID),
    }));
  });
  return {};
};
