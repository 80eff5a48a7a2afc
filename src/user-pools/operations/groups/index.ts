/**
 * The operations on groups and their members. Groups and their claims are in `src/user-pools/groups`.
 */
import type { OperationTable } from "../../operation.ts";
import { adminAddUserToGroup } from "./admin-add-user-to-group.ts";
import { adminListGroupsForUser } from "./admin-list-groups-for-user.ts";
import { adminRemoveUserFromGroup } from "./admin-remove-user-from-group.ts";
import { createGroup } from "./create-group.ts";
import { deleteGroup } from "./delete-group.ts";
import { getGroup } from "./get-group.ts";
import { listGroups } from "./list-groups.ts";
import { listUsersInGroup } from "./list-users-in-group.ts";
import { updateGroup } from "./update-group.ts";

export const groupOperations = {
  AdminAddUserToGroup: adminAddUserToGroup,
  AdminListGroupsForUser: adminListGroupsForUser,
  AdminRemoveUserFromGroup: adminRemoveUserFromGroup,
  CreateGroup: createGroup,
  DeleteGroup: deleteGroup,
  GetGroup: getGroup,
  ListGroups: listGroups,
  ListUsersInGroup: listUsersInGroup,
  UpdateGroup: updateGroup,
} satisfies Partial<OperationTable>;
