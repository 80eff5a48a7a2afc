/**
 * The operations on IAM roles, their trust policy, tags, inline and attached policies, and permissions boundary.
 */
import type { IamOperationTable } from "../../operation.ts";
import { attachRolePolicy } from "./attach-role-policy.ts";
import { createRole } from "./create-role.ts";
import { deleteRole } from "./delete-role.ts";
import { deleteRolePermissionsBoundary } from "./delete-role-permissions-boundary.ts";
import { deleteRolePolicy } from "./delete-role-policy.ts";
import { detachRolePolicy } from "./detach-role-policy.ts";
import { getRole } from "./get-role.ts";
import { getRolePolicy } from "./get-role-policy.ts";
import { listAttachedRolePolicies } from "./list-attached-role-policies.ts";
import { listInstanceProfilesForRole } from "./list-instance-profiles-for-role.ts";
import { listRolePolicies } from "./list-role-policies.ts";
import { listRoleTags } from "./list-role-tags.ts";
import { listRoles } from "./list-roles.ts";
import { putRolePermissionsBoundary } from "./put-role-permissions-boundary.ts";
import { putRolePolicy } from "./put-role-policy.ts";
import { tagRole } from "./tag-role.ts";
import { untagRole } from "./untag-role.ts";
import { updateAssumeRolePolicy } from "./update-assume-role-policy.ts";
import { updateRole } from "./update-role.ts";
import { updateRoleDescription } from "./update-role-description.ts";

export const roleOperations = {
  AttachRolePolicy: attachRolePolicy,
  CreateRole: createRole,
  DeleteRole: deleteRole,
  DeleteRolePermissionsBoundary: deleteRolePermissionsBoundary,
  DeleteRolePolicy: deleteRolePolicy,
  DetachRolePolicy: detachRolePolicy,
  GetRole: getRole,
  GetRolePolicy: getRolePolicy,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  ListRolePolicies: listRolePolicies,
  ListRoleTags: listRoleTags,
  ListRoles: listRoles,
  PutRolePermissionsBoundary: putRolePermissionsBoundary,
  PutRolePolicy: putRolePolicy,
  TagRole: tagRole,
  UntagRole: untagRole,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  UpdateRole: updateRole,
  UpdateRoleDescription: updateRoleDescription,
} satisfies IamOperationTable;
