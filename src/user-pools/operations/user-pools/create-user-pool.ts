import { InvalidParameterException, LimitExceededException } from "../../../api-model/index.ts";
import { newPoolId } from "../../../ids.ts";
import { AlreadyExists, type UserPoolRecord } from "../../../storage/index.ts";
import type { Operation } from "../../operation.ts";
import {
  checkPoolSettings,
  checkRegions,
  createdPoolType,
  newPoolSettings,
  poolSettingsNotActedOn,
  warnOfSettingsNotActedOn,
} from "../../pools/index.ts";
import { checkRegistrationScopes } from "../../resource-servers/index.ts";
import { spareSigningKeys } from "../../tokens/index.ts";
import { warnOfMissingFunctions } from "../../triggers/index.ts";

/** Developer Guide, "Quotas in Amazon Cognito": user pools per account and region. */
const MAX_POOLS = 1000;

/**
 * Makes a user pool, with two signing keys of the stock if it has some.
 *
 * @throws InvalidParameterException settings contradict each other, or a given id is taken
 * @throws FeatureUnavailableInTierException the feature plan lacks something that is switched on
 * @throws UserPoolTaggingException the tags are not valid
 * @throws LimitExceededException the region has as many pools as it can
 * @see API Reference, "CreateUserPool"
 */
export const createUserPool: Operation<"CreateUserPool"> = async (input, context) => {
  const settings = newPoolSettings(input, context.request.region);
  checkPoolSettings(settings);
  checkRegions(settings, context.request.region);

  const id = context.givenIds?.poolId ?? newPoolId(context.random, context.request.region);
  const now = context.clock.now();
  const pool: UserPoolRecord = { id, name: input.PoolName, settings, createdAt: now, lastModifiedAt: now };
  const keys = await spareSigningKeys(context, id);
  try {
    await context.store.transaction(async (repositories) => {
      const { pools, signingKeys } = repositories;
      await checkRegistrationScopes(repositories, id, settings.DcrConfiguration);
      if ((await pools.count(context.request.region)) >= MAX_POOLS) {
        throw new LimitExceededException(`A region can have at most ${MAX_POOLS} user pools.`);
      }
      await pools.insert(pool);
      for (const key of keys) await signingKeys.insert(key);
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    throw new InvalidParameterException(`User pool ${id} already exists.`, { cause: error });
  }
  warnOfSettingsNotActedOn(context.log, poolSettingsNotActedOn, settings, { poolId: id });
  warnOfMissingFunctions(context, pool);
  return { UserPool: createdPoolType(pool, context.accountId) };
};
