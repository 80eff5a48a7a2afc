import { listPage } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { shownTrustPolicy } from "../../policies/index.ts";
import { roleSummary } from "../../principals/index.ts";

/** Lists roles by name, with a filter by the prefix of their path. */
export const listRoles: IamOperation<"ListRoles"> = async (input, { store, accountId }) => {
  const { items, rest } = await listPage(input, (page) =>
    store.iam.roles.list(accountId, input.PathPrefix ?? "/", page),
  );
  const roles = items.map(async (role) => roleSummary(role, await shownTrustPolicy(role, store.iam)));
  return { Roles: await Promise.all(roles), ...rest };
};
