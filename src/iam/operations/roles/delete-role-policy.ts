import type { IamOperation } from "../../operation.ts";
import { withoutInline } from "../../policies/index.ts";
import { noSuchRole } from "../../principals/index.ts";

/** Deletes an inline policy of a role. @throws NoSuchEntityException */
export const deleteRolePolicy: IamOperation<"DeleteRolePolicy"> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const updated = await iam.roles.update(accountId, input.RoleName, (role) =>
      withoutInline(role, input.PolicyName, "role"),
    );
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
