import type { GroupRecord } from "../../../storage/index.ts";
import { groupType } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser } from "../../users/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";
import { groupPageLimit } from "./page-limit.ts";

/**
 * Lists the groups that a user is in, by precedence, those without one last, then by name.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws UserNotFoundException no user has that username, alias or `sub`
 * @throws InvalidParameterException the limit is 0, or this list did not issue the token
 * @see API Reference, "AdminListGroupsForUser"
 */
export const adminListGroupsForUser: Operation<"AdminListGroupsForUser"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const { sub } = await requireUser(context.store, pool, input.Username);
  const limit = groupPageLimit(input.Limit);
  const list = ["AdminListGroupsForUser", pool.id, sub];
  const after = openPageToken(context, list, input.NextToken);

  const rest = (await context.store.groups.listOfUser(pool.id, sub))
    .map((group) => ({ group, position: positionOf(group) }))
    .filter(({ position }) => after === undefined || position > after)
    .sort((a, b) => (a.position < b.position ? -1 : 1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const isMore = page.length < rest.length;
  return {
    Groups: page.map(({ group }) => groupType(group)),
    NextToken: last && isMore ? sealPageToken(context, list, last.position) : undefined,
  };
};

/** A group's position in the list as sortable text, so that a page can continue after a deleted group. */
function positionOf({ precedence, name }: GroupRecord): string {
  // The model's integers are of 32 bits: at most ten digits.
  const place = precedence === undefined ? "~" : String(precedence).padStart(10, "0");
  return `${place} ${name}`;
}
