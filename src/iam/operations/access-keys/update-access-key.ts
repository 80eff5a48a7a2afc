import { ValidationError } from "../../errors.ts";
import type { IamOperation } from "../../operation.ts";
import { requireAccessKey } from "../../principals/index.ts";

/** Activates or deactivates an access key. @throws NoSuchEntityException */
export const updateAccessKey: IamOperation<"UpdateAccessKey"> = async (input, context) => {
  const { Status } = input;
  // The model's enumeration has a third value, which only AWS itself sets.
  if (Status === "Expired") throw new ValidationError("Access key status cannot be set to Expired.");
  await context.directory.change(async (iam) => {
    const { id } = await requireAccessKey(input, context, iam);
    await iam.accessKeys.update(id, (key) => ({ ...key, status: Status }));
  });
  return {};
};
