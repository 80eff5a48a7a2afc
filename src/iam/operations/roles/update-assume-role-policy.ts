import type { IamOperation } from "../../operation.ts";
import { readTrustPolicy } from "../../policies/index.ts";
import { noSuchRole } from "../../principals/index.ts";

/**
 * Changes a role's trust policy. Existing sessions stay valid.
 *
 * @throws NoSuchEntityException
 * @throws MalformedPolicyDocumentException
 */
export const updateAssumeRolePolicy: IamOperation<"UpdateAssumeRolePolicy"> = async (input, context) => {
  const { directory, accountId } = context;
  await directory.change(async (iam) => {
    const trust = await readTrustPolicy(input.PolicyDocument, accountId, iam);
    const updated = await iam.roles.update(accountId, input.RoleName, (role) => ({ ...role, ...trust }));
    if (!updated) throw noSuchRole(input.RoleName);
  });
  return {};
};
