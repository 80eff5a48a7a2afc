import type { GroupRecord } from "../../storage/index.ts";

/** The claims `cognito:groups`, `cognito:roles` and `cognito:preferred_role`. */
interface GroupClaims {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly preferredRole: string | undefined;
}

/**
 * The claims of a user's groups.
 *
 * The preferred role is that of the group with the lowest precedence among those that have a role. Groups that share the
 * lowest must agree on it, else there is none; groups without a precedence never give it (recorded 2026-09-24).
 *
 * @param groups in order of precedence, those without one last
 * @see API Reference, "GroupType", Precedence; Developer Guide, "Adding groups to a user pool"
 */
export function groupClaims(groups: readonly GroupRecord[]): GroupClaims {
  const candidates = groups.filter(
    ({ roleArn, precedence }) => roleArn !== undefined && precedence !== undefined,
  );
  const [first] = candidates;
  const foremostRoles = rolesOf(candidates.filter(({ precedence }) => precedence === first?.precedence));
  return {
    groups: groups.map(({ name }) => name),
    roles: rolesOf(groups),
    preferredRole: foremostRoles.length === 1 ? foremostRoles[0] : undefined,
  };
}

function rolesOf(groups: readonly GroupRecord[]): string[] {
  return [...new Set(groups.flatMap(({ roleArn }) => roleArn ?? []))];
}
