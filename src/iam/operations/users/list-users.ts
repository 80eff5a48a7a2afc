import { listPage } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { userSummary } from "../../principals/index.ts";

/** Lists users by name, with a filter by the prefix of their path. */
export const listUsers: IamOperation<"ListUsers"> = async (input, { store, accountId }) => {
  const { items, rest } = await listPage(input, (page) =>
    store.iam.users.list(accountId, input.PathPrefix ?? "/", page),
  );
  return { Users: items.map(userSummary), ...rest };
};
