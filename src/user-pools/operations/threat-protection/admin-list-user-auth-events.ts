import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireThreatProtection } from "../../risk/index.ts";
import { requireUser } from "../../users/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

/** The most that the model allows, and the meaning of 0. */
const MAX_PAGE = 60;

/**
 * Lists the events of a user, newest first, with their risk.
 *
 * @throws UserPoolAddOnNotEnabledException the pool has threat protection off
 * @see API Reference, "AdminListUserAuthEvents"
 */
export const adminListUserAuthEvents: Operation<"AdminListUserAuthEvents"> = async (input, context) => {
  const { store } = context;
  const pool = await requirePool(store, input.UserPoolId);
  requireThreatProtection(pool);
  const user = await requireUser(store, pool, input.Username);
  const list = ["AdminListUserAuthEvents", pool.id, user.sub];
  const page = await store.authEvents.listOfUser(pool.id, user.sub, {
    limit: input.MaxResults || MAX_PAGE,
    after: openPageToken(context, list, input.NextToken),
  });
  return {
    AuthEvents: page.items.map(({ id, event, createdAt }) => ({
      ...event,
      EventId: id,
      CreationDate: createdAt,
    })),
    NextToken: sealPageToken(context, list, page.next),
  };
};
