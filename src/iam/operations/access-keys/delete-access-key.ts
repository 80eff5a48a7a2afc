import type { IamOperation } from "../../operation.ts";
import { requireAccessKey } from "../../principals/index.ts";

/** Deletes an access key; requests that it signs are refused from then on. @throws NoSuchEntityException */
export const deleteAccessKey: IamOperation<"DeleteAccessKey"> = async (input, context) => {
  await context.directory.change(async (iam) => {
    const { id } = await requireAccessKey(input, context, iam);
    await iam.accessKeys.delete(id);
  });
  return {};
};
