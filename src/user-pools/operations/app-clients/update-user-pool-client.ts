import {
  checkClientSettings,
  clientReferences,
  clientSettings,
  requireClient,
  unknownClientOfPool,
  userPoolClientType,
} from "../../app-clients/index.ts";
import { changeAlone, clientSubject } from "../../concurrent-change.ts";
import type { Operation } from "../../operation.ts";
import {
  clientSettingsNotActedOn,
  omitUndefined,
  requirePool,
  warnOfSettingsNotActedOn,
} from "../../pools/index.ts";

/**
 * Sets an app client's settings; omitted ones, except the name, are reset to their defaults.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @throws InvalidParameterException settings contradict each other
 * @throws InvalidOAuthFlowException
 * @throws ScopeDoesNotExistException
 * @throws FeatureUnavailableInTierException the pool's feature plan lacks something that is switched on
 * @throws ConcurrentModificationException another request changed the client meanwhile
 * @see API Reference, "UpdateUserPoolClient"
 */
export const updateUserPoolClient: Operation<"UpdateUserPoolClient"> = async (
  input,
  { store, clock, log, accountId },
) => {
  const now = clock.now();
  const client = await changeAlone(store, clientSubject(input.ClientId), async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    const {
      id,
      secrets,
      settings: before,
    } = await requireClient(repositories, pool.id, input.ClientId, unknownClientOfPool);
    // How a client was created is not a setting, and stays.
    const settings = omitUndefined({
      ...clientSettings(input, { accountId }),
      ClientType: before.ClientType,
    });
    checkClientSettings(settings, {
      ...(await clientReferences(repositories, pool.id, settings)),
      pool,
      hasSecret: secrets.length > 0,
      doing: "updating",
    });
    return repositories.clients.update(id, (current) => ({
      ...current,
      name: input.ClientName ?? current.name,
      settings,
      lastModifiedAt: now,
    }));
  });
  if (!client) throw unknownClientOfPool();
  warnOfSettingsNotActedOn(log, clientSettingsNotActedOn, client.settings, {
    poolId: client.poolId,
    clientId: client.id,
  });
  return { UserPoolClient: userPoolClientType(client) };
};
