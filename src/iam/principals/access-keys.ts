import type { AccessKeyRecord, IamRepositories } from "../../storage/index.ts";
import type { IamOperationContext } from "../environment.ts";
import { NoSuchEntityException } from "../errors.ts";
import { userNameOr } from "./entities.ts";

export function noSuchAccessKey(id: string): NoSuchEntityException {
  return new NoSuchEntityException(`The Access Key with id ${id} cannot be found.`);
}

/**
 * An access key of the user that an operation names or, without a name, of the calling user.
 *
 * @throws NoSuchEntityException there is none, or it is another user's
 */
export async function requireAccessKey(
  input: { readonly UserName?: string | undefined; readonly AccessKeyId: string },
  context: IamOperationContext,
  iam: IamRepositories,
): Promise<AccessKeyRecord> {
  const userName = userNameOr(input.UserName, context);
  const key = await iam.accessKeys.get(input.AccessKeyId);
  const isTheirs =
    key?.accountId === context.accountId && key.userName.toLowerCase() === userName.toLowerCase();
  if (!isTheirs) throw noSuchAccessKey(input.AccessKeyId);
  return key;
}
