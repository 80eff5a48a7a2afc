import type { GroupType } from "../../api-model/index.ts";
import type { GroupRecord } from "../../storage/index.ts";

/** A group as the API shows it, without unset members. */
export function groupType(group: GroupRecord): GroupType {
  return {
    GroupName: group.name,
    UserPoolId: group.poolId,
    Description: group.description,
    RoleArn: group.roleArn,
    Precedence: group.precedence,
    LastModifiedDate: group.lastModifiedAt,
    CreationDate: group.createdAt,
  };
}
