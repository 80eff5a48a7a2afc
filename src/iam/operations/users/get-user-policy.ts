import type { IamOperation } from "../../operation.ts";
import { inlinePolicy } from "../../policies/index.ts";
import { requireUser } from "../../principals/index.ts";

/** Shows an inline policy of a user. @throws NoSuchEntityException */
export const getUserPolicy: IamOperation<"GetUserPolicy"> = async (input, { store, accountId }) => {
  const user = await requireUser(store.iam, accountId, input.UserName);
  return {
    UserName: user.name,
    PolicyName: input.PolicyName,
    PolicyDocument: inlinePolicy(user, input.PolicyName, "user"),
  };
};
