/**
 * The operations of AWS STS: temporary credentials, and the identity of their holder.
 */
import type { StsOperationName } from "../api-model/index.ts";
import type { IamOperationContext, IamRequestContext } from "../environment.ts";
import type { StsOperation, UnsignedStsOperationName } from "../operation.ts";
import { assumeRole } from "./assume-role.ts";
import { assumeRoleWithWebIdentity } from "./assume-role-with-web-identity.ts";
import { getAccessKeyInfo } from "./get-access-key-info.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";
import { getFederationToken } from "./get-federation-token.ts";
import { getSessionToken } from "./get-session-token.ts";

const stsOperations = {
  AssumeRole: assumeRole,
  AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
  GetAccessKeyInfo: getAccessKeyInfo,
  GetCallerIdentity: getCallerIdentity,
  GetFederationToken: getFederationToken,
  GetSessionToken: getSessionToken,
} satisfies { [Name in StsOperationName]: StsOperation<Name> };

/**
 * Runs a signed operation of STS by its name.
 *
 * @param input checked against the API model, from which the operation's input type is made
 */
export function runStsOperation(
  name: Exclude<StsOperationName, UnsignedStsOperationName>,
  input: object,
  context: IamOperationContext,
): Promise<object> {
  const operate: (input: never, context: IamOperationContext) => Promise<object> = stsOperations[name];
  return operate(input as never, context);
}

/** Runs an operation of STS that takes no signature; see {@link runStsOperation}. */
export function runUnsignedStsOperation(
  name: UnsignedStsOperationName,
  input: object,
  context: IamRequestContext,
): Promise<object> {
  const operate: (input: never, context: IamRequestContext) => Promise<object> = stsOperations[name];
  return operate(input as never, context);
}
