import type { IamOperation } from "../../operation.ts";
import { withDetached } from "../../policies/index.ts";
import { noSuchUser } from "../../principals/index.ts";

/** Detaches a managed policy from a user. @throws NoSuchEntityException it was not attached, or there is no such user */
export const detachUserPolicy: IamOperation<"DetachUserPolicy"> = async (input, context) => {
  const { directory, accountId } = context;
  await directory.change(async (iam) => {
    const updated = await iam.users.update(accountId, input.UserName, (user) =>
      withDetached(user, input.PolicyArn),
    );
    if (!updated) throw noSuchUser(input.UserName);
  });
  return {};
};
