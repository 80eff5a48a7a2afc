import type { IamOperation } from "../../operation.ts";
import { noSuchAccessKey } from "../../principals/index.ts";

/** Shows when, where and for which service an access key was last used. @throws NoSuchEntityException */
export const getAccessKeyLastUsed: IamOperation<"GetAccessKeyLastUsed"> = async (input, context) => {
  const { store, accountId } = context;
  const key = await store.iam.accessKeys.get(input.AccessKeyId);
  if (key?.accountId !== accountId) throw noSuchAccessKey(input.AccessKeyId);
  const { lastUsed } = key;
  return {
    UserName: key.userName,
    AccessKeyLastUsed: {
      ...(lastUsed ? { LastUsedDate: lastUsed.at } : {}),
      ServiceName: lastUsed?.service ?? "N/A",
      Region: lastUsed?.region ?? "N/A",
    },
  };
};
