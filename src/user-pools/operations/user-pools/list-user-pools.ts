import type { Operation } from "../../operation.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

/**
 * Lists the pools of the request's region, oldest first.
 *
 * @throws InvalidParameterException this list did not issue the token
 * @see API Reference, "ListUserPools"
 */
export const listUserPools: Operation<"ListUserPools"> = async (input, context) => {
  const list = ["ListUserPools", context.request.region];
  const page = await context.store.pools.list(context.request.region, {
    limit: input.MaxResults,
    after: openPageToken(context, list, input.NextToken),
  });
  return {
    UserPools: page.items.map((pool) => ({
      Id: pool.id,
      Name: pool.name,
      LambdaConfig: pool.settings.LambdaConfig,
      LastModifiedDate: pool.lastModifiedAt,
      CreationDate: pool.createdAt,
      ReplicaRegions: pool.settings.Replicas?.map(({ region }) => region),
    })),
    NextToken: sealPageToken(context, list, page.next),
  };
};
