import {
  type CreateUserPoolClientRequest,
  type CreateUserPoolClientResponse,
  InvalidParameterException,
  LimitExceededException,
} from "../../../api-model/index.ts";
import { newClientId, newClientSecret } from "../../../ids.ts";
import { AlreadyExists, type AppClientRecord, type AppClientSettings } from "../../../storage/index.ts";
import {
  checkClientSettings,
  clientReferences,
  clientSettings,
  isSelfRegistered,
  newSecret,
  userPoolClientType,
} from "../../app-clients/index.ts";
import type { Operation, OperationContext } from "../../operation.ts";
import { clientSettingsNotActedOn, requirePool, warnOfSettingsNotActedOn } from "../../pools/index.ts";

/** Developer Guide, "Quotas in Amazon Cognito": app clients per user pool. */
const MAX_CLIENTS = 1000;
/** With so many, no more can register themselves: anybody can, where a pool lets them, and administrators need the rest. */
const MAX_CLIENTS_FOR_REGISTRATION = 900;

/**
 * Creates an app client, with a secret on request.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException settings contradict each other, or a given id is taken
 * @throws InvalidOAuthFlowException
 * @throws ScopeDoesNotExistException
 * @throws FeatureUnavailableInTierException the pool's feature plan lacks something that is switched on
 * @throws LimitExceededException the pool has as many clients as it can
 * @see API Reference, "CreateUserPoolClient"
 */
export const createUserPoolClient: Operation<"CreateUserPoolClient"> = (input, context) =>
  makeAppClient(input, context);

/**
 * CreateUserPoolClient, for callers with settings that a request cannot contain.
 *
 * @param ownSettings beside those of the request
 */
export async function makeAppClient(
  input: CreateUserPoolClientRequest,
  context: OperationContext,
  ownSettings: Pick<AppClientSettings, "ClientType"> = {},
): Promise<CreateUserPoolClientResponse> {
  const { store, random } = context;
  const secret = input.ClientSecret ?? (input.GenerateSecret ? newClientSecret(random) : undefined);
  const settings = { ...clientSettings(input, context), ...ownSettings };
  const id = context.givenIds?.clientId ?? newClientId(random);
  const now = context.clock.now();
  const client: AppClientRecord = {
    poolId: input.UserPoolId,
    id,
    name: input.ClientName,
    secrets: secret === undefined ? [] : [newSecret(id, secret, now)],
    settings,
    createdAt: now,
    lastModifiedAt: now,
  };
  try {
    await store.transaction(async (repositories) => {
      const pool = await requirePool(repositories, input.UserPoolId);
      if (input.GenerateSecret && input.ClientSecret !== undefined) {
        // The text is ours: Cognito's is not known.
        throw new InvalidParameterException("ClientSecret can not be given along with GenerateSecret.");
      }
      checkClientSettings(settings, {
        ...(await clientReferences(repositories, pool.id, settings)),
        pool,
        hasSecret: secret !== undefined,
        doing: "creating",
      });
      const most = isSelfRegistered(settings) ? MAX_CLIENTS_FOR_REGISTRATION : MAX_CLIENTS;
      if ((await repositories.clients.count(pool.id)) >= most) {
        throw new LimitExceededException(`A user pool can have at most ${most} app clients.`);
      }
      await repositories.clients.insert(client);
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    throw new InvalidParameterException(`User pool client ${id} already exists.`, { cause: error });
  }
  warnOfSettingsNotActedOn(context.log, clientSettingsNotActedOn, settings, {
    poolId: client.poolId,
    clientId: id,
  });
  return { UserPoolClient: userPoolClientType(client) };
}
