import type { IamOperation } from "../../operation.ts";
import { awsManagedPolicy } from "../../policy-language/index.ts";
import { awsPolicySummary, policyDetail, requirePolicy } from "../../principals/index.ts";

/** Shows a managed policy without its document. @throws NoSuchEntityException */
export const getPolicy: IamOperation<"GetPolicy"> = async ({ PolicyArn }, { store, accountId }) => {
  const usage = await store.iam.countAttachments(accountId, PolicyArn);
  const ofAws = awsManagedPolicy(PolicyArn);
  if (ofAws) return { Policy: { ...awsPolicySummary(ofAws, usage), Description: ofAws.description } };
  return { Policy: policyDetail(await requirePolicy(store.iam, accountId, PolicyArn), usage) };
};
