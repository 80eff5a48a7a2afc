import type { IamOperation } from "../../operation.ts";
import { noSuchUser } from "../../principals/index.ts";
import { withoutTags } from "../../tags.ts";

/** Removes tags from a user; absent tags are not an error. @throws NoSuchEntityException */
export const untagUser: IamOperation<"UntagUser"> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const updated = await iam.users.update(accountId, input.UserName, (user) => ({
      ...user,
      tags: withoutTags(user.tags, input.TagKeys),
    }));
    if (!updated) throw noSuchUser(input.UserName);
  });
  return {};
};
