import { InvalidParameterException } from "../../../api-model/index.ts";
import { requireGroup } from "../../groups/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser } from "../../users/index.ts";

/** Developer Guide, "Quotas in Amazon Cognito": groups per user. */
const MAX_GROUPS_OF_USER = 100;

/**
 * Makes a user a member of a group; it is no error if they are one. The groups are in the tokens that the user gets from now
 * on.
 *
 * @throws UserNotFoundException no user has that username, alias or `sub`; this comes before a missing group
 * @throws ResourceNotFoundException there is no such pool or group
 * @throws InvalidParameterException the user is in as many groups as they can be. A quota would be LimitExceededException,
 *   which this operation does not model; the text is ours
 * @see API Reference, "AdminAddUserToGroup"
 */
export const adminAddUserToGroup: Operation<"AdminAddUserToGroup"> = async (input, { store, clock }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  await store.transaction(async (repositories) => {
    const { sub } = await requireUser(repositories, pool, input.Username);
    const group = await requireGroup(repositories, pool.id, input.GroupName);
    const present = await repositories.groups.listOfUser(pool.id, sub);
    if (present.some(({ name }) => name === group.name)) return;
    if (present.length >= MAX_GROUPS_OF_USER) {
      throw new InvalidParameterException(`A user can be in at most ${MAX_GROUPS_OF_USER} groups.`);
    }
    await repositories.groups.addMember(pool.id, group.name, sub, now);
  });
  return {};
};
