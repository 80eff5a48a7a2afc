import type { IamOperation } from "../../operation.ts";
import { shownTrustPolicy } from "../../policies/index.ts";
import { requireRole, roleDetail } from "../../principals/index.ts";

/** Shows a role with its trust policy. @throws NoSuchEntityException */
export const getRole: IamOperation<"GetRole"> = async ({ RoleName }, { store, accountId }) => {
  const role = await requireRole(store.iam, accountId, RoleName);
  return {
    Role: {
      ...roleDetail(role, await shownTrustPolicy(role, store.iam)),
      RoleLastUsed: role.lastUsedAt === undefined ? {} : { LastUsedDate: role.lastUsedAt },
    },
  };
};
