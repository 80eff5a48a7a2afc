import type { UserPoolType } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { poolArn } from "./identity.ts";

/** The pool as CreateUserPool and DescribeUserPool show it. */
export function userPoolType(
  pool: UserPoolRecord,
  { accountId, users }: { accountId: string; users: number },
): UserPoolType {
  return {
    Id: pool.id,
    Name: pool.name,
    Arn: poolArn(accountId, pool.id),
    CreationDate: pool.createdAt,
    LastModifiedDate: pool.lastModifiedAt,
    EstimatedNumberOfUsers: users,
    ...pool.settings,
  };
}
