import { OperationNotEnabledException } from "../../../api-model/index.ts";
import type { Repositories } from "../../../storage/index.ts";
import { maxSessionsPerUser } from "../../sessions/index.ts";

/** @throws OperationNotEnabledException the pool does not track sessions; the text is ours */
export async function requireSessionTracking(
  repositories: Pick<Repositories, "documents">,
  poolId: string,
): Promise<void> {
  if ((await maxSessionsPerUser(repositories, poolId)) !== undefined) return;
  throw new OperationNotEnabledException(`User session tracking is not enabled for user pool ${poolId}.`);
}
