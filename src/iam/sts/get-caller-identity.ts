import type { StsOperation } from "../operation.ts";

/** Returns the caller. No policy can deny it, not even an explicit Deny. @see AWS STS API Reference, "GetCallerIdentity" */
export const getCallerIdentity: StsOperation<"GetCallerIdentity"> = async (_input, { caller }) => ({
  UserId: caller.userId,
  Account: caller.accountId,
  Arn: caller.arn,
});
