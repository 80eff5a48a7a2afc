import type { IamOperation } from "../../operation.ts";
import { requireUser, userNameOr } from "../../principals/index.ts";

/** IAM users have no MFA devices here. Tools ask before they delete a user. @throws NoSuchEntityException */
export const listMFADevices: IamOperation<"ListMFADevices"> = async (input, context) => {
  const { store, accountId, caller } = context;
  if (input.UserName !== undefined || caller.kind === "user") {
    await requireUser(store.iam, accountId, userNameOr(input.UserName, context));
  }
  return { MFADevices: [], IsTruncated: false };
};
