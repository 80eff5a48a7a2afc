/**
 * The operations on managed policies and their versions, and the simulation of policies.
 */
import type { IamOperationTable } from "../../operation.ts";
import { createPolicy } from "./create-policy.ts";
import { createPolicyVersion } from "./create-policy-version.ts";
import { deletePolicy } from "./delete-policy.ts";
import { deletePolicyVersion } from "./delete-policy-version.ts";
import { getPolicy } from "./get-policy.ts";
import { getPolicyVersion } from "./get-policy-version.ts";
import { listEntitiesForPolicy } from "./list-entities-for-policy.ts";
import { listPolicies } from "./list-policies.ts";
import { listPolicyTags } from "./list-policy-tags.ts";
import { listPolicyVersions } from "./list-policy-versions.ts";
import { setDefaultPolicyVersion } from "./set-default-policy-version.ts";
import { simulatePrincipalPolicy } from "./simulate-principal-policy.ts";
import { tagPolicy } from "./tag-policy.ts";
import { untagPolicy } from "./untag-policy.ts";

export const policyOperations = {
  CreatePolicy: createPolicy,
  CreatePolicyVersion: createPolicyVersion,
  DeletePolicy: deletePolicy,
  DeletePolicyVersion: deletePolicyVersion,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  ListEntitiesForPolicy: listEntitiesForPolicy,
  ListPolicies: listPolicies,
  ListPolicyTags: listPolicyTags,
  ListPolicyVersions: listPolicyVersions,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
  TagPolicy: tagPolicy,
  UntagPolicy: untagPolicy,
} satisfies IamOperationTable;
