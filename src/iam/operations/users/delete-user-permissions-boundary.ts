import type { IamOperation } from "../../operation.ts";
import { withBoundary } from "../../policies/index.ts";
import { noSuchUser } from "../../principals/index.ts";

/** Takes away a user's permissions boundary, if it has one. @throws NoSuchEntityException */
export const deleteUserPermissionsBoundary: IamOperation<"DeleteUserPermissionsBoundary"> = async (
  input,
  { directory, accountId },
) => {
  await directory.change(async (iam) => {
    const updated = await iam.users.update(accountId, input.UserName, (user) =>
      withBoundary(user, undefined),
    );
    if (!updated) throw noSuchUser(input.UserName);
  });
  return {};
};
