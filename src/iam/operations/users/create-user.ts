import type { IamUserRecord } from "../../../storage/index.ts";
import { newUniqueId } from "../../identifiers.ts";
import type { IamOperation } from "../../operation.ts";
import { checkBoundary } from "../../policies/index.ts";
import { checkAccountQuota, newPath, unlessTaken, userDetail } from "../../principals/index.ts";
import { withTags } from "../../tags.ts";

/**
 * Creates a user without permissions and access keys.
 *
 * @throws EntityAlreadyExistsException the name is taken; names ignore case
 * @throws LimitExceededException the account has 5,000
 */
export const createUser: IamOperation<"CreateUser"> = async (input, context) => {
  const { directory, accountId, clock, random } = context;
  const user: IamUserRecord = {
    accountId,
    name: input.UserName,
    path: newPath(input.Path),
    uniqueId: newUniqueId("AIDA", random),
    tags: withTags({}, input.Tags ?? [], "User"),
    createdAt: clock.now(),
    attachedPolicyArns: [],
    inlinePolicies: {},
    permissionsBoundaryArn: input.PermissionsBoundary,
  };
  await directory.change(async (iam) => {
    if (input.PermissionsBoundary !== undefined) {
      await checkBoundary(input.PermissionsBoundary, accountId, iam);
    }
    await unlessTaken(`User with name ${input.UserName} already exists.`, () => iam.users.insert(user));
    await checkAccountQuota(iam, accountId, "users");
  });
  return { User: userDetail(user) };
};
