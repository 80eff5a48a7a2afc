import type { IamOperation } from "../../operation.ts";
import { noSuchRole } from "../../principals/index.ts";

/** Changes a role's description and how long its sessions last at most. @throws NoSuchEntityException */
export const updateRole: IamOperation<"UpdateRole"> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const updated = await iam.roles.update(accountId, input.RoleName, (role) => ({
      ...role,
      description: input.Description ?? role.description,
      maxSessionSeconds: input.MaxSessionDuration ?? role.maxSessionSeconds,
    }));
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
