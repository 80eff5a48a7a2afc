import type { IamOperation } from "../../operation.ts";
import { noSuchUser, unlessTaken } from "../../principals/index.ts";

/**
 * Renames or moves a user, which keeps id, keys and policies. Policies that name the old ARN no longer match any user.
 *
 * @throws NoSuchEntityException
 * @throws EntityAlreadyExistsException the new name is taken
 */
export const updateUser: IamOperation<"UpdateUser"> = async (input, { directory, accountId }) => {
  const { UserName, NewUserName = UserName, NewPath } = input;
  await directory.change(async (iam) => {
    const keys = await iam.accessKeys.listOfUser(accountId, UserName);
    const user = await unlessTaken(`User with name ${NewUserName} already exists.`, () =>
      iam.users.update(accountId, UserName, (current) => ({
        ...current,
        name: NewUserName,
        path: NewPath ?? current.path,
      })),
    );
    if (!user) throw noSuchUser(UserName);
    for (const { id } of keys) await iam.accessKeys.update(id, (key) => ({ ...key, userName: NewUserName }));
  });
  return {};
};
