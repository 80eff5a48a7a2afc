import { LimitExceededException } from "../../errors.ts";
import type { IamOperation } from "../../operation.ts";
import { checkChangeable, checkManagedPolicy, versionSummary } from "../../policies/index.ts";
import { requirePolicy } from "../../principals/index.ts";
import { QUOTAS } from "../../quotas.ts";

/**
 * Adds a version to a managed policy. It applies once it is the default version.
 *
 * @throws NoSuchEntityException
 * @throws MalformedPolicyDocumentException
 * @throws LimitExceededException there are five
 */
export const createPolicyVersion: IamOperation<"CreatePolicyVersion"> = async (input, context) => {
  const { directory, accountId, clock } = context;
  checkChangeable(input.PolicyArn, context, "iam:CreatePolicyVersion");
  checkManagedPolicy(input.PolicyDocument);
  const now = clock.now();
  return directory.change(async (iam) => {
    const { name, versions, lastVersionNumber } = await requirePolicy(iam, accountId, input.PolicyArn);
    if (versions.length >= QUOTAS.VersionsPerPolicyQuota) {
      throw new LimitExceededException(
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
      );
    }
    const number = lastVersionNumber + 1;
    const version = { id: `v${number}`, document: input.PolicyDocument, createdAt: now };
    const policy = await iam.policies.update(accountId, name, (current) => ({
      ...current,
      versions: [...current.versions, version],
      lastVersionNumber: number,
      defaultVersionId: input.SetAsDefault ? version.id : current.defaultVersionId,
      updatedAt: now,
    }));
    return { PolicyVersion: versionSummary(version, policy?.defaultVersionId) };
  });
};
