import type { IamOperation } from "../../operation.ts";
import { requireRole } from "../../principals/index.ts";

/** There are no instance profiles here. Tools ask before they delete a role. @throws NoSuchEntityException */
export const listInstanceProfilesForRole: IamOperation<"ListInstanceProfilesForRole"> = async (
  input,
  { store, accountId },
) => {
  await requireRole(store.iam, accountId, input.RoleName);
  return { InstanceProfiles: [], IsTruncated: false };
};
