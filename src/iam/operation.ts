import type { IamOperationName, IamOperations, StsOperationName, StsOperations } from "./api-model/index.ts";
import type { IamOperationContext, IamRequestContext } from "./environment.ts";

/**
 * An operation of IAM: the caller has been authenticated and authorised, and the input checked against the API model, before
 * it runs.
 */
export type IamOperation<Name extends IamOperationName> = (
  input: IamOperations[Name]["input"],
  context: IamOperationContext,
) => Promise<IamOperations[Name]["output"]>;

/** Some operations of IAM under their wire names. */
export type IamOperationTable = { readonly [Name in IamOperationName]?: IamOperation<Name> };

/** The operations of STS that take no signature: a token in the input authenticates the caller. */
export type UnsignedStsOperationName = "AssumeRoleWithWebIdentity";

/** An operation of STS. Those on roles authorise their caller themselves, because the trust policy decides too. */
export type StsOperation<Name extends StsOperationName> = (
  input: StsOperations[Name]["input"],
  context: Name extends UnsignedStsOperationName ? IamRequestContext : IamOperationContext,
) => Promise<StsOperations[Name]["output"]>;
