import type { IamOperation } from "../../operation.ts";
import { deleteConflict, requireNoPolicies, requireUser } from "../../principals/index.ts";

/**
 * Deletes a user without policies, access keys and login profile.
 *
 * @throws NoSuchEntityException
 * @throws DeleteConflictException policies, keys or a login profile are still there
 */
export const deleteUser: IamOperation<"DeleteUser"> = async ({ UserName }, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const user = await requireUser(iam, accountId, UserName);
    requireNoPolicies(user);
    if ((await iam.accessKeys.listOfUser(accountId, UserName)).length > 0)
      throw deleteConflict("delete access keys");
    if (user.login) throw deleteConflict("delete login profile");
    await iam.users.delete(accountId, UserName);
  });
  return {};
};
