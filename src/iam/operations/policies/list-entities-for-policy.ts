import type { IamIdentityRecord } from "../../../storage/index.ts";
import { listAll, pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { noSuchPolicy, policyExists } from "../../principals/index.ts";

/** Lists the users and roles that have a managed policy, attached or as their boundary. @throws NoSuchEntityException */
export const listEntitiesForPolicy: IamOperation<"ListEntitiesForPolicy"> = async (input, context) => {
  const { store, accountId } = context;
  const { PolicyArn, EntityFilter, PathPrefix = "/", PolicyUsageFilter } = input;
  if (!(await policyExists(store.iam, accountId, PolicyArn))) throw noSuchPolicy(PolicyArn);

  const has = (holder: IamIdentityRecord) =>
    PolicyUsageFilter === "PermissionsBoundary"
      ? holder.permissionsBoundaryArn === PolicyArn
      : holder.attachedPolicyArns.includes(PolicyArn);
  const holders = async (kind: "User" | "Role") => {
    if (EntityFilter !== undefined && EntityFilter !== kind) return [];
    const repository = kind === "User" ? store.iam.users : store.iam.roles;
    const all = await listAll<IamIdentityRecord>((page) => repository.list(accountId, PathPrefix, page));
    return all.filter(has).map((holder) => ({ kind, holder }));
  };
  const found = [...(await holders("User")), ...(await holders("Role"))];
  const { items, rest } = pageOf(found, ({ kind, holder }) => `${kind}/${holder.name}`, input);
  const of = (wanted: "User" | "Role") =>
    items.filter(({ kind }) => kind === wanted).map(({ holder }) => holder);
  return {
    PolicyGroups: [],
    PolicyUsers: of("User").map(({ name, uniqueId }) => ({ UserName: name, UserId: uniqueId })),
    PolicyRoles: of("Role").map(({ name, uniqueId }) => ({ RoleName: name, RoleId: uniqueId })),
    ...rest,
  };
};
