import type { IamOperation } from "../../operation.ts";
import { withInline } from "../../policies/index.ts";
import { noSuchUser } from "../../principals/index.ts";

/**
 * Puts an inline policy on a user, in place of the one of that name.
 *
 * @throws NoSuchEntityException
 * @throws MalformedPolicyDocumentException
 * @throws LimitExceededException all inline policies together are too long
 */
export const putUserPolicy: IamOperation<"PutUserPolicy"> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const updated = await iam.users.update(accountId, input.UserName, (user) =>
      withInline(user, input.PolicyName, input.PolicyDocument, "user"),
    );
    if (!updated) throw noSuchUser(input.UserName);
  });
  return {};
};
