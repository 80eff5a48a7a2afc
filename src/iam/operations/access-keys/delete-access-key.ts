import type { IamOperation } from "../../operation.ts";
import { requireAccessKey } from "../../principals/index.ts";

/** Deletes an access key; requests that it signs are refused from then on. @throws NoSuchEntityException */
export const deleteAccessKey: IamOperation<"DeleteAccessKey"> = async (input, context) => {
  const { directory, store } = context;
  const { id } = await requireAccessKey(input, context, store.iam);
  // Recorded first, so that the key is never unknown: `dev` treats an unknown key as the administrator's.
  await directory.noteDeletedKey(id);
  await directory.change(async (iam) => {
    await requireAccessKey(input, context, iam);
    await iam.accessKeys.delete(id);
  });
  return {};
};
