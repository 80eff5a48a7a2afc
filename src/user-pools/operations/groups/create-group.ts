import { GroupExistsException, LimitExceededException } from "../../../api-model/index.ts";
import { AlreadyExists, type GroupRecord } from "../../../storage/index.ts";
import { groupType } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/** Developer Guide, "Quotas in Amazon Cognito": groups per user pool. */
const MAX_GROUPS = 10_000;

/**
 * Makes a group. Whether its role exists is not checked, as in Cognito.
 *
 * @throws GroupExistsException the pool has a group of that name
 * @throws LimitExceededException the pool has as many groups as it can; the text is ours
 * @see API Reference, "CreateGroup"
 */
export const createGroup: Operation<"CreateGroup"> = async (input, { store, clock }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  const group: GroupRecord = {
    poolId: pool.id,
    name: input.GroupName,
    description: input.Description,
    roleArn: input.RoleArn,
    precedence: input.Precedence,
    createdAt: now,
    lastModifiedAt: now,
  };
  try {
    await store.transaction(async ({ groups }) => {
      if ((await groups.count(pool.id)) >= MAX_GROUPS) {
        throw new LimitExceededException(`A user pool can have at most ${MAX_GROUPS} groups.`);
      }
      await groups.insert(group);
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    throw new GroupExistsException("A group with the name already exists.", { cause: error });
  }
  return { Group: groupType(group) };
};
