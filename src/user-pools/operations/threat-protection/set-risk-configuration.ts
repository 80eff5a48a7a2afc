import { InvalidParameterException, type SetRiskConfigurationRequest } from "../../../api-model/index.ts";
import { requireClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { regionOfArn, requirePool, SENDER_REGIONS } from "../../pools/index.ts";
import { isAddressRange, type RiskBody, requireThreatProtection, riskDocumentKey } from "../../risk/index.ts";

/**
 * Replaces the risk configuration of a pool or an app client. A request without any sets the pool back to its defaults, and
 * lets a client have the pool's again.
 *
 * @throws ResourceNotFoundException there is no such pool or client
 * @throws UserPoolAddOnNotEnabledException the pool has threat protection off
 * @throws InvalidParameterException an address range or the sender's ARN is malformed
 * @see API Reference, "SetRiskConfiguration"
 */
export const setRiskConfiguration: Operation<"SetRiskConfiguration"> = async (input, { store, clock }) => {
  const { UserPoolId, ClientId } = input;
  const body = bodyOf(input);
  const key = riskDocumentKey(UserPoolId, ClientId);
  const now = clock.now();
  await store.transaction(async (repositories) => {
    const { documents } = repositories;
    const pool = await requirePool(repositories, UserPoolId);
    if (ClientId !== undefined) await requireClient(repositories, UserPoolId, ClientId);
    check(input);
    requireThreatProtection(pool);
    if (Object.keys(body).length === 0) await documents.delete(key);
    else await documents.put({ ...key, body, createdAt: now, lastModifiedAt: now });
  });
  return { RiskConfiguration: { UserPoolId, ...(ClientId !== undefined && { ClientId }), ...body } };
};

/** Without a filter every event counts, and is shown. */
const EVERY_EVENT = ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"] as const;

function bodyOf({
  CompromisedCredentialsRiskConfiguration: compromised,
  AccountTakeoverRiskConfiguration: takeover,
  RiskExceptionConfiguration: exceptions,
}: SetRiskConfigurationRequest): RiskBody {
  return {
    ...(compromised !== undefined && {
      CompromisedCredentialsRiskConfiguration: { EventFilter: [...EVERY_EVENT], ...compromised },
    }),
    ...(takeover !== undefined && { AccountTakeoverRiskConfiguration: takeover }),
    ...(exceptions !== undefined && { RiskExceptionConfiguration: exceptions }),
  };
}

function check({
  AccountTakeoverRiskConfiguration,
  RiskExceptionConfiguration,
}: SetRiskConfigurationRequest) {
  const { BlockedIPRangeList = [], SkippedIPRangeList = [] } = RiskExceptionConfiguration ?? {};
  if (![...BlockedIPRangeList, ...SkippedIPRangeList].every(isAddressRange)) {
    throw new InvalidParameterException("Incorrect CIDR format");
  }
  const arn = AccountTakeoverRiskConfiguration?.NotifyConfiguration?.SourceArn;
  if (arn !== undefined && !SENDER_REGIONS.includes(regionOfArn(arn))) {
    throw new InvalidParameterException(
      `Invalid NotifyConfiguration.SourceArn. Provided SourceArn must be in one of the following SES regions: ${SENDER_REGIONS.join(", ")}.`,
    );
  }
}
