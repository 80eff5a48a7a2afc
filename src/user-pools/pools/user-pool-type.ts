import type { UserPoolType } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { poolArn } from "./identity.ts";

/** The pool as CreateUserPool and DescribeUserPool show it; the factors of MFA are GetUserPoolMfaConfig's to show. */
export function userPoolType(
  pool: UserPoolRecord,
  { accountId, users }: { accountId: string; users: number },
): UserPoolType {
  const {
    SoftwareTokenMfaConfiguration: _token,
    EmailMfaConfiguration: _email,
    WebAuthnConfiguration: _passkeys,
    ...settings
  } = pool.settings;
  return {
    Id: pool.id,
    Name: pool.name,
    Arn: poolArn(accountId, pool.id),
    CreationDate: pool.createdAt,
    LastModifiedDate: pool.lastModifiedAt,
    EstimatedNumberOfUsers: users,
    ...settings,
  };
}
