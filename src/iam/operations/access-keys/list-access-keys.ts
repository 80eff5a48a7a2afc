import { pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { requireUser, userNameOr } from "../../principals/index.ts";

/** Lists a user's access keys without their secrets. @throws NoSuchEntityException */
export const listAccessKeys: IamOperation<"ListAccessKeys"> = async (input, context) => {
  const { store, accountId } = context;
  const user = await requireUser(store.iam, accountId, userNameOr(input.UserName, context));
  const keys = await store.iam.accessKeys.listOfUser(accountId, user.name);
  const { items, rest } = pageOf(keys, ({ id }) => id, input);
  return {
    AccessKeyMetadata: items.map(({ id, userName, status, createdAt }) => ({
      UserName: userName,
      AccessKeyId: id,
      Status: status,
      CreateDate: createdAt,
    })),
    ...rest,
  };
};
