import type { IamOperation } from "../../operation.ts";
import { noSuchRole } from "../../principals/index.ts";
import { withTags } from "../../tags.ts";

/** Adds tags to a role, or changes them. @throws NoSuchEntityException @throws LimitExceededException */
export const tagRole: IamOperation<"TagRole"> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const updated = await iam.roles.update(accountId, input.RoleName, (role) => ({
      ...role,
      tags: withTags(role.tags, input.Tags, "Role"),
    }));
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
