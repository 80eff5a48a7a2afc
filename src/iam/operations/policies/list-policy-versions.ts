import { pageOf } from "../../listing.ts";
import type { IamOperation } from "../../operation.ts";
import { versionSummary, versionsOf } from "../../policies/index.ts";

/** Lists the versions of a managed policy, the newest first. @throws NoSuchEntityException */
export const listPolicyVersions: IamOperation<"ListPolicyVersions"> = async (input, context) => {
  const { versions, defaultVersionId } = await versionsOf(input.PolicyArn, context);
  // Pages follow the order of keys, so the key of the newest version must be the smallest.
  const newestFirst = (id: string) => String(1_000_000 - Number(id.slice(1))).padStart(7, "0");
  const { items, rest } = pageOf(versions, ({ id }) => newestFirst(id), input);
  return { Versions: items.map((version) => versionSummary(version, defaultVersionId)), ...rest };
};
