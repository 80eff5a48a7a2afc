import type { IamOperation } from "../../operation.ts";
import { checkChangeable, requireVersion } from "../../policies/index.ts";
import { requirePolicy } from "../../principals/index.ts";

/** Makes a version of a managed policy the default. @throws NoSuchEntityException */
export const setDefaultPolicyVersion: IamOperation<"SetDefaultPolicyVersion"> = async (input, context) => {
  const { directory, accountId, clock } = context;
  checkChangeable(input.PolicyArn, context, "iam:SetDefaultPolicyVersion");
  const now = clock.now();
  await directory.change(async (iam) => {
    const policy = await requirePolicy(iam, accountId, input.PolicyArn);
    requireVersion(policy, input.VersionId);
    await iam.policies.update(accountId, policy.name, (current) => ({
      ...current,
      defaultVersionId: input.VersionId,
      updatedAt: now,
    }));
  });
  return {};
};
