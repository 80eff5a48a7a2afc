import type { IamOperation } from "../../operation.ts";
import { withInline } from "../../policies/index.ts";
import { noSuchRole } from "../../principals/index.ts";

/**
 * Puts an inline policy on a role, in place of the one of that name.
 *
 * @throws NoSuchEntityException
 * @throws MalformedPolicyDocumentException
 * @throws LimitExceededException all inline policies together are too long
 */
export const putRolePolicy: IamOperation<"PutRolePolicy"> = async (input, { directory, accountId }) => {
  await directory.change(async (iam) => {
    const updated = await iam.roles.update(accountId, input.RoleName, (role) =>
      withInline(role, input.PolicyName, input.PolicyDocument, "role"),
    );
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
