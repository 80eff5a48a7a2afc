import { providerOfArn } from "../../identifiers.ts";
import type { IamOperation } from "../../operation.ts";

/** Deletes a provider. An unknown provider is not an error. */
export const deleteOpenIDConnectProvider: IamOperation<"DeleteOpenIDConnectProvider"> = async (
  input,
  context,
) => {
  const { directory, accountId } = context;
  const url = providerOfArn(input.OpenIDConnectProviderArn, accountId);
  if (url !== undefined) await directory.change((iam) => iam.oidcProviders.delete(accountId, url));
  return {};
};
