import type { IamOperation } from "../../operation.ts";
import { noSuchRole } from "../../principals/index.ts";
import { withoutTags } from "../../tags.ts";

/** Removes tags from a role; absent tags are not an error. @throws NoSuchEntityException */
export const untagRole: IamOperation<"UntagRole"> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const updated = await iam.roles.update(accountId, input.RoleName, (role) => ({
      ...role,
      tags: withoutTags(role.tags, input.TagKeys),
    }));
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
