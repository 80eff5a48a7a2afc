import type { IamOperation } from "../../operation.ts";
import { checkAttachable, withAttached } from "../../policies/index.ts";
import { noSuchRole } from "../../principals/index.ts";

/**
 * Attaches a managed policy to a role; an attached policy is not an error.
 *
 * @throws NoSuchEntityException
 * @throws LimitExceededException ten are attached
 * @throws PolicyNotAttachableException
 */
export const attachRolePolicy: IamOperation<"AttachRolePolicy"> = async (input, context) => {
  const { directory, accountId } = context;
  await directory.change(async (iam) => {
    await checkAttachable(input.PolicyArn, accountId, iam);
    const updated = await iam.roles.update(accountId, input.RoleName, (role) =>
      withAttached(role, input.PolicyArn, "role"),
    );
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
