import type { Decision, PolicyType } from "./evaluate.ts";

const NAMES: Readonly<Record<PolicyType, readonly [implicit: string, explicit: string]>> = {
  identity: ["no identity-based policy", "an identity-based policy"],
  boundary: ["no permissions boundary", "a permissions boundary"],
  session: ["no session policy", "a session policy"],
  trust: ["no role trust policy", "the role trust policy"],
};

/** The subject of an access denied error. */
interface Denial {
  /** As in GetCallerIdentity: for a role session the session's ARN. */
  readonly callerArn: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * The text of an access denied error.
 *
 * @param decision why; without it the text names no policy, as AssumeRole's does
 * @see IAM User Guide, "Troubleshoot access denied error messages"
 */
export function denialText(
  { callerArn, action, resource }: Denial,
  decision?: Exclude<Decision, { effect: "allowed" }>,
): string {
  const refusal = `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}`;
  if (!decision) return refusal;
  const [implicit, explicit] = NAMES[decision.by];
  return decision.effect === "explicitDeny"
    ? `${refusal} with an explicit deny in ${explicit}`
    : `${refusal} because ${implicit} allows the ${action} action`;
}
