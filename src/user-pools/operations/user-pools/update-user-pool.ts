import { regionOf } from "../../../pool-ids.ts";
import { changeAlone, poolSubject } from "../../concurrent-change.ts";
import { refuseDuringImport } from "../../import/index.ts";
import type { Operation } from "../../operation.ts";
import {
  checkPoolSettings,
  checkRegions,
  checkTierOfClients,
  poolSettingsNotActedOn,
  unknownPool,
  updatedPoolSettings,
  warnOfSettingsNotActedOn,
} from "../../pools/index.ts";
import { checkReplicatedSettings } from "../../replicas/index.ts";
import { checkRegistrationScopes } from "../../resource-servers/index.ts";
import { checkTierOfSessions } from "../../sessions/index.ts";
import { warnOfMissingFunctions } from "../../triggers/index.ts";

/**
 * Sets a pool's settings; most omitted ones are reset to their defaults.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException settings contradict each other
 * @throws FeatureUnavailableInTierException the feature plan lacks something that is switched on
 * @throws TierChangeNotAllowedException the feature plan lacks something that an app client uses
 * @throws UserPoolTaggingException the tags are not valid
 * @throws UserImportInProgressException users are being imported
 * @throws ConcurrentModificationException another request changed the pool meanwhile
 * @see API Reference, "UpdateUserPool"
 */
export const updateUserPool: Operation<"UpdateUserPool"> = async (input, context) => {
  const { store, clock, log } = context;
  const { UserPoolId, PoolName, ...given } = input;
  const now = clock.now();
  const pool = await changeAlone(store, poolSubject(UserPoolId), async (repositories) => {
    await refuseDuringImport(repositories, UserPoolId);
    await checkRegistrationScopes(repositories, UserPoolId, given.DcrConfiguration);
    const changed = await repositories.pools.update(UserPoolId, (current) => {
      const settings = updatedPoolSettings(current.settings, given, regionOf(UserPoolId));
      checkPoolSettings(settings, current.settings);
      checkRegions(settings, regionOf(UserPoolId));
      checkReplicatedSettings(settings);
      return { ...current, name: PoolName ?? current.name, settings, lastModifiedAt: now };
    });
    if (changed) {
      await checkTierOfSessions(repositories, changed);
      await checkTierOfClients(repositories, UserPoolId, changed.settings.UserPoolTier);
    }
    return changed;
  });
  if (!pool) throw unknownPool(UserPoolId);
  warnOfSettingsNotActedOn(log, poolSettingsNotActedOn, pool.settings, { poolId: pool.id });
  warnOfMissingFunctions(context, pool);
  return {};
};
