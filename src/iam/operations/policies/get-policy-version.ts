import { NoSuchEntityException } from "../../errors.ts";
import type { IamOperation } from "../../operation.ts";
import { versionSummary, versionsOf } from "../../policies/index.ts";

/** Shows a version of a managed policy with its document. @throws NoSuchEntityException */
export const getPolicyVersion: IamOperation<"GetPolicyVersion"> = async (input, context) => {
  const { versions, defaultVersionId } = await versionsOf(input.PolicyArn, context);
  const version = versions.find(({ id }) => id === input.VersionId);
  if (!version) {
    throw new NoSuchEntityException(
      `Policy ${input.PolicyArn} version ${input.VersionId} does not exist or is not attachable.`,
    );
  }
  return { PolicyVersion: { Document: version.document, ...versionSummary(version, defaultVersionId) } };
};
