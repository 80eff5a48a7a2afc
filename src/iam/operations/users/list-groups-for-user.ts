import type { IamOperation } from "../../operation.ts";
import { requireUser } from "../../principals/index.ts";

/** Users are in no IAM groups here: there are none. Tools ask before they delete a user. @throws NoSuchEntityException */
export const listGroupsForUser: IamOperation<"ListGroupsForUser"> = async (input, { store, accountId }) => {
  await requireUser(store.iam, accountId, input.UserName);
  return { Groups: [], IsTruncated: false };
};
