import type { UserPoolType } from "../../api-model/index.ts";
import { poolArn } from "../../pool-ids.ts";
import type { DomainRecord, UserPoolRecord } from "../../storage/index.ts";
import { schemaOf } from "../attributes/index.ts";
import { describedSchema } from "./described-schema.ts";
import { nonEmptyMap, omitUndefined } from "./omitted.ts";

/** A new pool as CreateUserPool shows it: without tags when it was given none. */
export function createdPoolType(pool: UserPoolRecord, accountId: string): UserPoolType {
  const { settings } = pool;
  return omitUndefined({
    ...userPoolType(pool, accountId, 0),
    UserPoolTags: nonEmptyMap(settings.UserPoolTags),
  });
}

/** A pool as DescribeUserPool shows it. */
export function describedPoolType(
  pool: UserPoolRecord,
  { accountId, users, domains }: { accountId: string; users: number; domains: readonly DomainRecord[] },
): UserPoolType {
  const nameOf = (isCustom: boolean) =>
    domains.find(({ settings }) => (settings.CustomDomainConfig !== undefined) === isCustom)?.domain;
  return omitUndefined({
    ...userPoolType(pool, accountId, users),
    SchemaAttributes: describedSchema(schemaOf(pool)),
    Domain: nameOf(false),
    CustomDomain: nameOf(true),
  });
}

/** The members of both; the factors of MFA are shown by GetUserPoolMfaConfig. */
function userPoolType(pool: UserPoolRecord, accountId: string, users: number): UserPoolType {
  const {
    SoftwareTokenMfaConfiguration: _token,
    EmailMfaConfiguration: _email,
    WebAuthnConfiguration: _passkeys,
    SmsMfaEnabled: _sms,
    Replicas: _replicas,
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
