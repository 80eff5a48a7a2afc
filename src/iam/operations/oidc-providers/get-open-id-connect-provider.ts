import type { IamOperation } from "../../operation.ts";
import { providerTags, requireProvider } from "../../principals/index.ts";

/** Shows a provider and which of its audiences are accepted. @throws NoSuchEntityException */
export const getOpenIDConnectProvider: IamOperation<"GetOpenIDConnectProvider"> = async (input, context) => {
  const { store, accountId } = context;
  const provider = await requireProvider(store.iam, accountId, input.OpenIDConnectProviderArn);
  return {
    Url: provider.name,
    ClientIDList: [...provider.clientIds],
    ThumbprintList: [...provider.thumbprints],
    CreateDate: provider.createdAt,
    ...providerTags(provider.tags),
  };
};
