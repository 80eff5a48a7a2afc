/**
 * The operations on IAM users, their tags, inline and attached policies, and permissions boundary.
 */
import type { IamOperationTable } from "../../operation.ts";
import { attachUserPolicy } from "./attach-user-policy.ts";
import { createUser } from "./create-user.ts";
import { deleteUser } from "./delete-user.ts";
import { deleteUserPermissionsBoundary } from "./delete-user-permissions-boundary.ts";
import { deleteUserPolicy } from "./delete-user-policy.ts";
import { detachUserPolicy } from "./detach-user-policy.ts";
import { getUser } from "./get-user.ts";
import { getUserPolicy } from "./get-user-policy.ts";
import { listAttachedUserPolicies } from "./list-attached-user-policies.ts";
import { listGroupsForUser } from "./list-groups-for-user.ts";
import { listMFADevices } from "./list-mfa-devices.ts";
import { listUserPolicies } from "./list-user-policies.ts";
import { listUserTags } from "./list-user-tags.ts";
import { listUsers } from "./list-users.ts";
import { putUserPermissionsBoundary } from "./put-user-permissions-boundary.ts";
import { putUserPolicy } from "./put-user-policy.ts";
import { tagUser } from "./tag-user.ts";
import { untagUser } from "./untag-user.ts";
import { updateUser } from "./update-user.ts";

export const userOperations = {
  AttachUserPolicy: attachUserPolicy,
  CreateUser: createUser,
  DeleteUser: deleteUser,
  DeleteUserPermissionsBoundary: deleteUserPermissionsBoundary,
  DeleteUserPolicy: deleteUserPolicy,
  DetachUserPolicy: detachUserPolicy,
  GetUser: getUser,
  GetUserPolicy: getUserPolicy,
  ListAttachedUserPolicies: listAttachedUserPolicies,
  ListGroupsForUser: listGroupsForUser,
  ListMFADevices: listMFADevices,
  ListUserPolicies: listUserPolicies,
  ListUserTags: listUserTags,
  ListUsers: listUsers,
  PutUserPermissionsBoundary: putUserPermissionsBoundary,
  PutUserPolicy: putUserPolicy,
  TagUser: tagUser,
  UntagUser: untagUser,
  UpdateUser: updateUser,
} satisfies IamOperationTable;
