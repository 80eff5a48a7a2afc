/**
 * The parts of a user pool's id: `us-east-1_AbCdEfGhI` is the pool `AbCdEfGhI` of region `us-east-1`.
 */

/** Whether a text could be the id of a pool: API Reference, UserPoolIdType. Others need no query. */
export function isPoolId(text: string): boolean {
  return text.length <= 55 && /^[\w-]+_[0-9a-zA-Z]+$/.test(text);
}

/** Whether a text has Amazon's form of a region's name, which verifiers such as aws-jwt-verify demand at the head of a pool id. */
export function isRegionName(text: string): boolean {
  return /^(eusc-[a-z]{2}|[a-z]{2})-(gov-)?[a-z]+-\d$/.test(text);
}

/** The region that a pool id starts with; empty for text that is no pool id. */
export function regionOf(poolId: string): string {
  return poolId.slice(0, Math.max(poolId.indexOf("_"), 0));
}

/** The part of a pool id behind the region, which is the pool's name in SRP. */
export function poolNamePart(poolId: string): string {
  return poolId.slice(poolId.indexOf("_") + 1);
}

/**
 * The pool's Amazon Resource Name; of a replica, with the replica's region.
 *
 * @see Service Authorization Reference, "Amazon Cognito User Pools", resource type `userpool`
 */
export function poolArn(accountId: string, poolId: string, region = regionOf(poolId)): string {
  return `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`;
}

/** The id of the pool that an ARN names, and the account in the ARN; undefined for any other text. */
export function poolIdOfArn(arn: string): { accountId: string; poolId: string } | undefined {
  const [, accountId, poolId] =
    /^arn:aws:cognito-idp:[\w-]+:(\d{12}):userpool\/([\w-]+_[0-9a-zA-Z]+)$/.exec(arn) ?? [];
  if (accountId === undefined || poolId === undefined) return undefined;
  // Policies know the pool by its one ARN, so it answers to no other.
  return poolArn(accountId, poolId) === arn ? { accountId, poolId } : undefined;
}
