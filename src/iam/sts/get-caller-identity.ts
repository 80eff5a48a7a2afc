import type { StsOperation } from "../operation.ts";

/** Tells who calls. Nothing can forbid it, not even a Deny. @see AWS STS API Reference, "GetCallerIdentity" */
export const getCallerIdentity: StsOperation<"GetCallerIdentity"> = async (_input, { caller }) => ({
  UserId: caller.userId,
  Account: caller.accountId,
  Arn: caller.arn,
});
