import type { IamOperation } from "../../operation.ts";
import { requireUser, userDetail, userNameOr } from "../../principals/index.ts";

/**
 * Shows a user: the named user or, without a name, the caller.
 *
 * @throws NoSuchEntityException
 * @throws ValidationError no user is named and the caller is not a user
 */
export const getUser: IamOperation<"GetUser"> = async (input, context) => {
  const { store, accountId } = context;
  return { User: userDetail(await requireUser(store.iam, accountId, userNameOr(input.UserName, context))) };
};
