import type { IamOperation } from "../../operation.ts";
import { noSuchUser } from "../../principals/index.ts";
import { withTags } from "../../tags.ts";

/** Adds tags to a user, or changes them. @throws NoSuchEntityException @throws LimitExceededException */
export const tagUser: IamOperation<"TagUser"> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const updated = await iam.users.update(accountId, input.UserName, (user) => ({
      ...user,
      tags: withTags(user.tags, input.Tags, "User"),
    }));
    if (!updated) throw noSuchUser(input.UserName);
  });
  return {};
};
