import { regionOf } from "../../../pool-ids.ts";
import { changeAlone, poolSubject } from "../../concurrent-change.ts";
import type { Operation } from "../../operation.ts";
import {
  checkMfaConfig,
  checkSmsRegion,
  mfaConfigType,
  poolSettingsNotActedOn,
  unknownPool,
  warnOfSettingsNotActedOn,
  withMfaConfig,
} from "../../pools/index.ts";

/**
 * Sets whether a pool uses MFA, by which factors, and its settings of passkeys.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException settings contradict each other
 * @throws FeatureUnavailableInTierException the feature plan lacks something that is switched on
 * @throws ConcurrentModificationException another request changed the pool meanwhile
 * @see API Reference, "SetUserPoolMfaConfig"
 */
export const setUserPoolMfaConfig: Operation<"SetUserPoolMfaConfig"> = async (
  input,
  { store, clock, log },
) => {
  const { UserPoolId, ...given } = input;
  const lastModifiedAt = clock.now();
  const pool = await changeAlone(store, poolSubject(UserPoolId), ({ pools }) =>
    pools.update(UserPoolId, (current) => {
      const settings = withMfaConfig(current.settings, given, regionOf(UserPoolId));
      checkMfaConfig(settings);
      checkSmsRegion(settings, regionOf(UserPoolId));
      return { ...current, settings, lastModifiedAt };
    }),
  );
  if (!pool) throw unknownPool(UserPoolId);
  warnOfSettingsNotActedOn(log, poolSettingsNotActedOn, pool.settings, { poolId: pool.id });
  return mfaConfigType(pool.settings);
};
