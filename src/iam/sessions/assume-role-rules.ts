/**
 * Whether a role may be assumed: the role's trust policy and the caller's own policies decide together.
 */
import type { IamRoleRecord } from "../../storage/index.ts";
import type { IamEnvironment } from "../environment.ts";
import { ValidationError } from "../errors.ts";
import { parseIamArn, roleArn } from "../identifiers.ts";
import {
  compilePolicy,
  type Decision,
  decide,
  type PolicyRequest,
  type TrustedCandidate,
  trustVerdict,
  verdictOf,
} from "../policy-language/index.ts";
import type { Caller, Principal } from "../principals/index.ts";

/** The role with an ARN. @throws ValidationError it is no ARN of a role */
export async function findRole(
  arn: string,
  { directory, accountId }: Pick<IamEnvironment, "directory" | "accountId">,
): Promise<Principal<IamRoleRecord> | undefined> {
  const parts = parseIamArn(arn);
  if (parts?.kind !== "role") throw new ValidationError("Request ARN is invalid");
  if (parts.accountId !== accountId) return undefined;
  const role = await directory.role(parts.name);
  return role && roleArn(accountId, role.record.path, role.record.name) === arn ? role : undefined;
}

/** The decision of a role's trust policy on a principal. */
export function trustOf(role: IamRoleRecord, candidate: TrustedCandidate, request: PolicyRequest) {
  return trustVerdict(compilePolicy(role.trustPolicy, "trust"), role.trustedIds, candidate, request);
}

/**
 * Whether a caller has permission for `sts:AssumeRole`, `sts:TagSession` or `sts:SetSourceIdentity` to a role.
 *
 * A trust policy that names a user is sufficient for that user. One that names a role is sufficient for its sessions within
 * their boundary and session policies. One that names the account also requires the caller's policies to allow it.
 *
 * @see IAM User Guide, "Policy evaluation for requests within a single account"
 */
export function mayAssume(caller: Caller, role: IamRoleRecord, request: PolicyRequest): Decision {
  const own = decide(caller.policies, request);
  if (own.effect === "explicitDeny") return own;
  const trust = trustOf(
    role,
    {
      accountId: caller.accountId,
      principalArn: caller.principalArn,
      uniqueId: caller.uniqueId,
      sessionArn: caller.kind === "role" ? caller.arn : undefined,
    },
    request,
  );
  switch (trust) {
    case "deny":
      return { effect: "explicitDeny", by: "trust" };
    case "session":
    case "user":
      return { effect: "allowed" };
    case "role":
    case "everybody":
      return withinBounds(caller, request);
    case "account":
      return own;
    default:
      return { effect: "implicitDeny", by: "trust" };
  }
}

function withinBounds({ policies }: Caller, request: PolicyRequest): Decision {
  if (policies.boundary && verdictOf([policies.boundary], request) !== "allow") {
    return { effect: "implicitDeny", by: "boundary" };
  }
  if (policies.session && verdictOf(policies.session, request) !== "allow") {
    return { effect: "implicitDeny", by: "session" };
  }
  return { effect: "allowed" };
}

/** @throws ValidationError the role's sessions may not last that long */
export function checkDuration(durationSeconds: number, role: IamRoleRecord): void {
  if (durationSeconds > role.maxSessionSeconds) {
    throw new ValidationError(
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
}
