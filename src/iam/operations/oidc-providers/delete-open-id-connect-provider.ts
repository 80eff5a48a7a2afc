import { providerOfArn } from "../../identifiers.ts";
import type { IamOperation } from "../../operation.ts";

/** Forgets a provider; one that is not there is no fault. */
export const deleteOpenIDConnectProvider: IamOperation<"DeleteOpenIDConnectProvider"> = async (
  input,
  context,
) => {
  const { directory, accountId } = context;
  const url = providerOfArn(input.OpenIDConnectProviderArn, accountId);
  if (url !== undefined) await directory.change((iam) => iam.oidcProviders.delete(accountId, url));
  return {};
};
