import { DeleteConflictException } from "../../errors.ts";
import type { IamOperation } from "../../operation.ts";
import { requireUser } from "../../principals/index.ts";

/**
 * Deletes a user without policies, access keys and login profile.
 *
 * @throws NoSuchEntityException
 * @throws DeleteConflictException policies, keys or a login profile are still there
 */
export const deleteUser: IamOperation<"DeleteUser"> = async ({ UserName }, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const user = await requireUser(iam, accountId, UserName);
    const conflict = (what: string) =>
      new DeleteConflictException(`Cannot delete entity, must ${what} first.`);
    if (user.attachedPolicyArns.length > 0) throw conflict("detach all policies");
    if (Object.keys(user.inlinePolicies).length > 0) throw conflict("delete policies");
    if ((await iam.accessKeys.listOfUser(accountId, UserName)).length > 0)
      throw conflict("delete access keys");
    if (user.login) throw conflict("delete login profile");
    await iam.users.delete(accountId, UserName);
  });
  return {};
};
