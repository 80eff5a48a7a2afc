import type { IamPolicyRecord } from "../../../storage/index.ts";
import { newUniqueId } from "../../identifiers.ts";
import type { IamOperation } from "../../operation.ts";
import { checkManagedPolicy } from "../../policies/index.ts";
import { checkAccountQuota, newPath, policyDetail, unlessTaken } from "../../principals/index.ts";
import { withTags } from "../../tags.ts";

/**
 * Creates a managed policy with its first version.
 *
 * @throws EntityAlreadyExistsException the name is taken; names ignore case
 * @throws MalformedPolicyDocumentException
 * @throws LimitExceededException the document is too long, or the account has 1,500 policies
 */
export const createPolicy: IamOperation<"CreatePolicy"> = async (input, context) => {
  const { directory, accountId, clock, random } = context;
  checkManagedPolicy(input.PolicyDocument);
  const now = clock.now();
  const policy: IamPolicyRecord = {
    accountId,
    name: input.PolicyName,
    path: newPath(input.Path),
    uniqueId: newUniqueId("ANPA", random),
    tags: withTags({}, input.Tags ?? [], "Policy"),
    createdAt: now,
    updatedAt: now,
    description: input.Description,
    versions: [{ id: "v1", document: input.PolicyDocument, createdAt: now }],
    defaultVersionId: "v1",
    lastVersionNumber: 1,
  };
  await directory.change(async (iam) => {
    await unlessTaken(
      `A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`,
      () => iam.policies.insert(policy),
    );
    await checkAccountQuota(iam, accountId, "policies");
  });
  return { Policy: policyDetail(policy, { attached: 0, boundaries: 0 }) };
};
