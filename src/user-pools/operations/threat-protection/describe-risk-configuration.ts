import { requireClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { type RiskBody, requireThreatProtection, riskDocumentKey } from "../../risk/index.ts";

/**
 * The risk configuration of a pool, or of an app client that has one of its own.
 *
 * @throws ResourceNotFoundException there is no such pool or client
 * @throws UserPoolAddOnNotEnabledException the pool has threat protection off
 * @see API Reference, "DescribeRiskConfiguration"
 */
export const describeRiskConfiguration: Operation<"DescribeRiskConfiguration"> = async (
  { UserPoolId, ClientId },
  { store },
) => {
  const pool = await requirePool(store, UserPoolId);
  if (ClientId !== undefined) await requireClient(store, UserPoolId, ClientId);
  requireThreatProtection(pool);
  const found = await store.documents.get<RiskBody>(riskDocumentKey(UserPoolId, ClientId));
  return {
    RiskConfiguration: {
      UserPoolId,
      ...(ClientId !== undefined && { ClientId }),
      ...found?.body,
      ...(found !== undefined && { LastModifiedDate: found.lastModifiedAt }),
    },
  };
};
