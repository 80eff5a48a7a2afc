import type { IamOperation } from "../../operation.ts";
import { withoutInline } from "../../policies/index.ts";
import { noSuchUser } from "../../principals/index.ts";

/** Deletes an inline policy of a user. @throws NoSuchEntityException */
export const deleteUserPolicy: IamOperation<"DeleteUserPolicy"> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const updated = await iam.users.update(accountId, input.UserName, (user) =>
      withoutInline(user, input.PolicyName, "user"),
    );
    if (!updated) throw noSuchUser(input.UserName);
  });
  return {};
};
