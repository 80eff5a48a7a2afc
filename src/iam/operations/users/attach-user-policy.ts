import type { IamOperation } from "../../operation.ts";
import { checkAttachable, withAttached } from "../../policies/index.ts";
import { noSuchUser } from "../../principals/index.ts";

/**
 * Attaches a managed policy to a user; an attached policy is not an error.
 *
 * @throws NoSuchEntityException
 * @throws LimitExceededException ten are attached
 * @throws PolicyNotAttachableException
 */
export const attachUserPolicy: IamOperation<"AttachUserPolicy"> = async (input, context) => {
  const { directory, accountId } = context;
  await directory.change(async (iam) => {
    await checkAttachable(input.PolicyArn, accountId, iam);
    const updated = await iam.users.update(accountId, input.UserName, (user) =>
      withAttached(user, input.PolicyArn, "user"),
    );
    if (!updated) throw noSuchUser(input.UserName);
  });
  return {};
};
