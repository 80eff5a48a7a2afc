import type { Operation } from "../../operation.ts";
import { pageOrInvalidToken } from "../../pools/index.ts";

/**
 * Lists the pools of the request's region, oldest first.
 *
 * @throws InvalidParameterException the token is not one that this list gave
 * @see API Reference, "ListUserPools"
 */
export const listUserPools: Operation<"ListUserPools"> = async (input, { store, request }) => {
  const page = await pageOrInvalidToken(
    store.pools.list(request.region, { limit: input.MaxResults, after: input.NextToken }),
  );
  return {
    UserPools: page.items.map((pool) => ({
      Id: pool.id,
      Name: pool.name,
      LambdaConfig: pool.settings.LambdaConfig,
      LastModifiedDate: pool.lastModifiedAt,
      CreationDate: pool.createdAt,
      ReplicaRegions: pool.settings.Replicas?.map(({ region }) => region),
    })),
    NextToken: page.next,
  };
};
