import { ValidationError } from "../errors.ts";
import { isGeneratedHere } from "../identifiers.ts";
import type { StsOperation } from "../operation.ts";

/**
 * Returns the account of an access key that is stored or was generated here.
 *
 * @throws ValidationError the key is unknown. AWS answers for every key, because its ids contain the account number
 */
export const getAccessKeyInfo: StsOperation<"GetAccessKeyInfo"> = async ({ AccessKeyId }, context) => {
  const key = await context.store.iam.accessKeys.get(AccessKeyId);
  if (!key && !isGeneratedHere(AccessKeyId)) throw new ValidationError("Invalid access key ID");
  return { Account: key?.accountId ?? context.accountId };
};
