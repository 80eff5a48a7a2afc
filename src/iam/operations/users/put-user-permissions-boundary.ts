import type { IamOperation } from "../../operation.ts";
import { checkBoundary, withBoundary } from "../../policies/index.ts";
import { noSuchUser } from "../../principals/index.ts";

/**
 * Limits the permissions of a user to those of a managed policy.
 *
 * @throws NoSuchEntityException
 * @throws InvalidInputException it is no ARN of a policy
 */
export const putUserPermissionsBoundary: IamOperation<"PutUserPermissionsBoundary"> = async (
  input,
  { directory, accountId },
) => {
  await directory.change(async (iam) => {
    await checkBoundary(input.PermissionsBoundary, accountId, iam);
    const updated = await iam.users.update(accountId, input.UserName, (user) =>
      withBoundary(user, input.PermissionsBoundary),
    );
    if (!updated) throw noSuchUser(input.UserName);
  });
  return {};
};
