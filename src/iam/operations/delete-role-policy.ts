import { noSuchRole } from "../entities.ts";
import type { IamOperation } from "../operation.ts";
import { withoutInline } from "../policy-holders.ts";

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
