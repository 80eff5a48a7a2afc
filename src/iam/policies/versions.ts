import type { IamPolicyRecord, IamPolicyVersionRecord } from "../../storage/index.ts";
import type { Iam } from "../api-model/index.ts";
import type { IamOperationContext } from "../environment.ts";
import { AccessDenied, NoSuchEntityException } from "../errors.ts";
import { awsManagedPolicy, denialText } from "../policy-language/index.ts";
import { requirePolicy } from "../principals/index.ts";

/**
 * Rejects changes of AWS's own policies as access denied, because they belong to another account.
 *
 * @throws AccessDenied
 */
export function checkChangeable(arn: string, { caller }: IamOperationContext, action: string): void {
  if (awsManagedPolicy(arn)) {
    throw new AccessDenied(denialText({ callerArn: caller.arn, action, resource: `policy ${arn}` }));
  }
}

/** @throws NoSuchEntityException */
export function requireVersion(policy: IamPolicyRecord, versionId: string): void {
  if (!policy.versions.some(({ id }) => id === versionId)) {
    throw new NoSuchEntityException(`Policy version ${versionId} does not exist.`);
  }
}

/** The versions of a managed policy: for AWS's own, only the default. @throws NoSuchEntityException */
export async function versionsOf(
  arn: string,
  { store, accountId }: IamOperationContext,
): Promise<{ versions: readonly IamPolicyVersionRecord[]; defaultVersionId: string }> {
  const ofAws = awsManagedPolicy(arn);
  if (!ofAws) return requirePolicy(store.iam, accountId, arn);
  const { versionId, document, updatedAt } = ofAws;
  return { versions: [{ id: versionId, document, createdAt: updatedAt }], defaultVersionId: versionId };
}

/** A version as lists show it, without its document. */
export function versionSummary(
  version: IamPolicyVersionRecord,
  defaultVersionId: string | undefined,
): Iam.PolicyVersion {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === defaultVersionId,
    CreateDate: version.createdAt,
  };
}
