/**
 * Whether the policies on a principal allow a request.
 *
 * @see IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access"
 */
import type { CompiledPolicy, CompiledStatement, PolicyRequest } from "./compile.ts";

/** A policy of a principal. */
export interface AppliedPolicy {
  /** The ARN of a managed policy, the name of an inline one. */
  readonly id: string;
  readonly policy: CompiledPolicy;
}

/** All policies that determine the permissions of a principal in its account. */
export interface PolicySet {
  /** Attached and inline, of the user or role. */
  readonly identity: readonly AppliedPolicy[];
  /** Undefined when there is none. */
  readonly boundary: AppliedPolicy | undefined;
  /** Passed when the session was created; undefined when none were, because an empty list allows nothing. */
  readonly session: readonly AppliedPolicy[] | undefined;
}

/** The kinds of policy that a refusal can name. */
export type PolicyType = "identity" | "boundary" | "session" | "trust";

export type Decision =
  | { readonly effect: "allowed" }
  | { readonly effect: "explicitDeny" | "implicitDeny"; readonly by: PolicyType };

/** A statement that matched the request, with its policy. */
interface MatchedStatement {
  readonly policyId: string;
  readonly statement: CompiledStatement;
}

export type Verdict = "allow" | "deny" | "none";

/** The combined decision of policies: a Deny in one is final. */
export function verdictOf(policies: readonly AppliedPolicy[], request: PolicyRequest): Verdict {
  let verdict: Verdict = "none";
  for (const { policy } of policies) {
    for (const statement of policy.statements) {
      if (verdict === "allow" && statement.effect === "Allow") continue;
      if (!statement.applies(request)) continue;
      if (statement.effect === "Deny") return "deny";
      verdict = "allow";
    }
  }
  return verdict;
}

/** Identity policies, permissions boundary and session policies: each kind must allow, and a Deny in any is final. */
export function decide(policies: PolicySet, request: PolicyRequest): Decision {
  const verdicts: [PolicyType, Verdict][] = [["identity", verdictOf(policies.identity, request)]];
  if (policies.boundary) verdicts.push(["boundary", verdictOf([policies.boundary], request)]);
  if (policies.session) verdicts.push(["session", verdictOf(policies.session, request)]);

  const denied = verdicts.find(([, verdict]) => verdict === "deny");
  if (denied) return { effect: "explicitDeny", by: denied[0] };
  const silent = verdicts.find(([, verdict]) => verdict === "none");
  if (silent) return { effect: "implicitDeny", by: silent[0] };
  return { effect: "allowed" };
}

/** The statements that decide a request: those that deny it or, when none does, those that allow it. */
export function matchedStatements(
  policies: readonly AppliedPolicy[],
  request: PolicyRequest,
): readonly MatchedStatement[] {
  const matched = policies.flatMap(({ id, policy }) =>
    policy.statements
      .filter((statement) => statement.applies(request))
      .map((statement) => ({ policyId: id, statement })),
  );
  const denies = matched.filter(({ statement }) => statement.effect === "Deny");
  return denies.length > 0 ? denies : matched;
}

/** Whether any of the policies may ask for a condition key whose name in lower case starts with `prefix`. */
export function usesConditionKey(policies: PolicySet, prefix: string): boolean {
  const all = [
    ...policies.identity,
    ...(policies.session ?? []),
    ...(policies.boundary ? [policies.boundary] : []),
  ];
  return all.some(({ policy }) => [...policy.keys].some((key) => key.startsWith(prefix)));
}
