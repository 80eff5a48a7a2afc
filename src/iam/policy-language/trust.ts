/**
 * Whether a role's trust policy allows a principal to assume it.
 *
 * @see IAM User Guide, "AWS JSON policy elements: Principal"
 */
import type { CompiledPolicy, PolicyRequest } from "./compile.ts";
import type { Principals } from "./document.ts";

/** The principal of a request, in every form that a Principal element can name. */
export interface TrustedCandidate {
  readonly accountId: string;
  /** ARN of the IAM user, or of the role behind a session; undefined for a web identity. */
  readonly principalArn?: string | undefined;
  /** `AIDA…` or `AROA…` of that user or role. */
  readonly uniqueId?: string | undefined;
  /** ARN of the role session. */
  readonly sessionArn?: string | undefined;
  /** ARN of the OpenID Connect provider, or the name of a built-in one. */
  readonly federatedBy?: string | undefined;
}

/**
 * How a trust policy grants access to a candidate, which decides the further requirements: `session` and `user` have none,
 * `role` and `everybody` are limited by boundaries and session policies, `account` requires the candidate's own policies.
 *
 * @see IAM User Guide, "Policy evaluation for requests within a single account"
 */
type TrustVerdict = "session" | "user" | "federated" | "role" | "everybody" | "account" | "deny" | "none";

/** From the grant with the fewest further requirements to the one with the most. */
const PRECEDENCE: readonly TrustVerdict[] = ["session", "user", "federated", "role", "everybody", "account"];

/**
 * The decision of a trust policy on a candidate.
 *
 * @param trustedIds unique ids of the users and roles that the policy names by ARN, from when it was saved: a principal
 *   that was deleted and created again has another id
 */
export function trustVerdict(
  policy: CompiledPolicy,
  trustedIds: Readonly<Record<string, string>>,
  candidate: TrustedCandidate,
  request: PolicyRequest,
): TrustVerdict {
  let widest: TrustVerdict = "none";
  for (const { effect, principals, applies } of policy.statements) {
    if (!applies(request)) continue;
    // A document that cannot be parsed has no principals and denies every caller.
    const named = principals ? namedAs(principals.values, trustedIds, candidate) : "everybody";
    const grant = principals?.not ? (named === "none" ? "everybody" : "none") : named;
    if (grant === "none") continue;
    if (effect === "Deny") return "deny";
    if (widest === "none" || PRECEDENCE.indexOf(grant) < PRECEDENCE.indexOf(widest)) widest = grant;
  }
  return widest;
}

function namedAs(
  principals: Principals,
  trustedIds: Readonly<Record<string, string>>,
  candidate: TrustedCandidate,
): TrustVerdict {
  const { accountId, principalArn, uniqueId, sessionArn, federatedBy } = candidate;
  if (federatedBy !== undefined) {
    if (principals.federated.includes(federatedBy)) return "federated";
    return principals.everybody ? "everybody" : "none";
  }
  if (sessionArn !== undefined && principals.aws.includes(sessionArn)) return "session";
  const isNamed = principals.aws.some(
    (arn) => (arn === principalArn && trustedIds[arn] === uniqueId) || arn === uniqueId,
  );
  if (isNamed) return sessionArn === undefined ? "user" : "role";
  if (principals.everyAws) return "everybody";
  const account = [accountId, `arn:aws:iam::${accountId}:root`];
  return principals.aws.some((arn) => account.includes(arn)) ? "account" : "none";
}

/** The users and roles that a trust policy names by ARN, which must exist when it is saved. */
export function principalArns(principals: Principals): readonly string[] {
  return principals.aws.filter((arn) => /^arn:[\w-]+:iam::\d{12}:(user|role)\//.test(arn));
}
