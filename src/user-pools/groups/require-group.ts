import { ResourceNotFoundException } from "../../api-model/index.ts";
import type { GroupRecord, Repositories } from "../../storage/index.ts";

/** The answer for a group that is not there. */
export function unknownGroup(): ResourceNotFoundException {
  return new ResourceNotFoundException("Group not found.");
}

/** @throws ResourceNotFoundException the pool has no such group */
export async function requireGroup(
  repositories: Pick<Repositories, "groups">,
  poolId: string,
  name: string,
): Promise<GroupRecord> {
  const group = await repositories.groups.get(poolId, name);
  if (!group) throw unknownGroup();
  return group;
}
