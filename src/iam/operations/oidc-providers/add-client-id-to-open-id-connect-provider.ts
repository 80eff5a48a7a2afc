import type { IamOperation } from "../../operation.ts";
import { requireProvider, uniqueClientIds } from "../../principals/index.ts";

/** Adds an accepted audience of a provider's tokens. An existing one is not an error. @throws NoSuchEntityException @throws LimitExceededException */
export const addClientIDToOpenIDConnectProvider: IamOperation<"AddClientIDToOpenIDConnectProvider"> = async (
  input,
  { directory, accountId },
) => {
  await directory.change(async (iam) => {
    const { name } = await requireProvider(iam, accountId, input.OpenIDConnectProviderArn);
    await iam.oidcProviders.update(accountId, name, (provider) => ({
      ...provider,
      clientIds: uniqueClientIds([...provider.clientIds, input.ClientID]),
    }));
  });
  return {};
};
