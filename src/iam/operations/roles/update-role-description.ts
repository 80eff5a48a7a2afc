import type { IamOperation } from "../../operation.ts";
import { shownTrustPolicy } from "../../policies/index.ts";
import { noSuchRole, roleDetail } from "../../principals/index.ts";

/** The older form of UpdateRole. @throws NoSuchEntityException */
export const updateRoleDescription: IamOperation<"UpdateRoleDescription"> = async (input, context) => {
  const { directory, accountId } = context;
  return directory.change(async (iam) => {
    const role = await iam.roles.update(accountId, input.RoleName, (current) => ({
      ...current,
      description: input.Description,
    }));
    if (!role) throw noSuchRole(input.RoleName);
    return { Role: roleDetail(role, await shownTrustPolicy(role, iam)) };
  });
};
