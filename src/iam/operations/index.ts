/**
 * The operations of IAM, one file each, named as on the wire and grouped by resource.
 */
import type { IamOperationName } from "../api-model/index.ts";
import type { IamOperationContext } from "../environment.ts";
import type { IamOperation } from "../operation.ts";
import { accessKeyOperations } from "./access-keys/index.ts";
import { accountOperations } from "./account/index.ts";
import { loginProfileOperations } from "./login-profiles/index.ts";
import { oidcProviderOperations } from "./oidc-providers/index.ts";
import { policyOperations } from "./policies/index.ts";
import { roleOperations } from "./roles/index.ts";
import { userOperations } from "./users/index.ts";

const iamOperations = {
  ...accessKeyOperations,
  ...accountOperations,
  ...loginProfileOperations,
  ...oidcProviderOperations,
  ...policyOperations,
  ...roleOperations,
  ...userOperations,
} satisfies { [Name in IamOperationName]: IamOperation<Name> };

/**
 * Runs an operation of IAM by its name.
 *
 * @param input checked against the API model, from which the operation's input type is made
 */
export function runIamOperation(
  name: IamOperationName,
  input: object,
  context: IamOperationContext,
): Promise<object> {
  const operate: (input: never, context: IamOperationContext) => Promise<object> = iamOperations[name];
  return operate(input as never, context);
}
