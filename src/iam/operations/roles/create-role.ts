import type { IamRoleRecord } from "../../../storage/index.ts";
import { newUniqueId } from "../../identifiers.ts";
import type { IamOperation } from "../../operation.ts";
import { checkBoundary, readTrustPolicy } from "../../policies/index.ts";
import { checkAccountQuota, newPath, roleDetail, unlessTaken } from "../../principals/index.ts";
import { withTags } from "../../tags.ts";

const DEFAULT_MAX_SESSION_SECONDS = 3600;

/**
 * Creates a role without permissions. Its trust policy names the principals that may assume it.
 *
 * @throws EntityAlreadyExistsException the name is taken; names ignore case
 * @throws LimitExceededException the account has 1,000
 * @throws MalformedPolicyDocumentException the trust policy is invalid, or names an unknown principal
 */
export const createRole: IamOperation<"CreateRole"> = async (input, context) => {
  const { directory, accountId, clock, random } = context;
  const made = {
    accountId,
    name: input.RoleName,
    path: newPath(input.Path),
    uniqueId: newUniqueId("AROA", random),
    tags: withTags({}, input.Tags ?? [], "Role"),
    createdAt: clock.now(),
    attachedPolicyArns: [],
    inlinePolicies: {},
    permissionsBoundaryArn: input.PermissionsBoundary,
    description: input.Description,
    maxSessionSeconds: input.MaxSessionDuration ?? DEFAULT_MAX_SESSION_SECONDS,
  };
  const role = await directory.change(async (iam) => {
    const trust = await readTrustPolicy(input.AssumeRolePolicyDocument, accountId, iam);
    if (input.PermissionsBoundary !== undefined) {
      await checkBoundary(input.PermissionsBoundary, accountId, iam);
    }
    const record: IamRoleRecord = { ...made, ...trust };
    await unlessTaken(`Role with name ${input.RoleName} already exists.`, () => iam.roles.insert(record));
    await checkAccountQuota(iam, accountId, "roles");
    return record;
  });
  return { Role: roleDetail(role, role.trustPolicy) };
};
