import {
  type AttributeType,
  InvalidParameterException,
  type ListUsersRequest,
} from "../../../api-model/index.ts";
import type { UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { schemaOf } from "../../attributes/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { attributesOf, parseUserFilter, userType } from "../../users/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

/** Recorded for ListUsersInGroup on 2026-09-24, whose users come from the same service. */
const INVALID_MARKER = "Paging marker is invalid.";

/** The most users on a page, and as many as there are on one when the request does not say. */
const PAGE_LIMIT = 60;

/**
 * Lists all users in order of creation, or those that a filter finds in the order of the filter's attribute.
 *
 * @throws InvalidParameterException the filter cannot be parsed or names an attribute that cannot be searched, a user
 *   lacks a requested attribute, or the token is not of this list or has expired
 * @see API Reference, "ListUsers"; Developer Guide, "Managing and searching for user accounts"
 */
export const listUsers: Operation<"ListUsers"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const search = parseUserFilter(pool, input.Filter);
  const names = attributesToGet(pool, input);
  // The page size may change from one page to the next, but not the list.
  const list = ["ListUsers", pool.id, input.Filter ?? "", ...(names ?? [])];
  const page = await context.store.users.list(pool.id, search, {
    limit: input.Limit || PAGE_LIMIT,
    after: openPageToken(context, list, input.PaginationToken, INVALID_MARKER),
  });
  return {
    Users: page.items.map((user) => userType(user, names && selectAttributes(user, names))),
    PaginationToken: sealPageToken(context, list, page.next),
  };
};

/** The requested names; undefined for all, which an empty list means too. */
function attributesToGet(
  pool: UserPoolRecord,
  { AttributesToGet = [] }: ListUsersRequest,
): string[] | undefined {
  if (AttributesToGet.length === 0) return undefined;
  const known = new Set(schemaOf(pool).map(({ Name }) => Name));
  if (AttributesToGet.some((name) => !known.has(name))) throw unsatisfied();
  return AttributesToGet;
}

function selectAttributes(user: UserRecord, names: readonly string[]): AttributeType[] {
  const selected = attributesOf(user).filter(({ Name }) => names.includes(Name));
  if (selected.length < new Set(names).size) throw unsatisfied();
  return selected;
}

/** API Reference, "ListUsers", AttributesToGet: an error unless all users in the result have the attribute. */
function unsatisfied(): InvalidParameterException {
  return new InvalidParameterException("Input fails to satisfy the constraints.");
}
