import { InvalidParameterException, LimitExceededException } from "../../../api-model/index.ts";
import { newClientSecret } from "../../../ids.ts";
import type { AppClientSecret } from "../../../storage/index.ts";
import { MAX_CLIENT_SECRETS, newSecret, requireRegularClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Gives a client that has a secret a second one, so that the first can be replaced without a pause.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @throws InvalidParameterException the client is a public one, or has this secret already; the texts are ours
 * @throws LimitExceededException it has two secrets already
 * @see API Reference, "AddUserPoolClientSecret"
 */
export const addUserPoolClientSecret: Operation<"AddUserPoolClientSecret"> = async (
  input,
  { store, clock, random },
) => {
  const value = input.ClientSecret ?? newClientSecret(random);
  const now = clock.now();
  const added = await store.transaction(async (repositories): Promise<AppClientSecret> => {
    const pool = await requirePool(repositories, input.UserPoolId);
    const client = await requireRegularClient(repositories, pool.id, input.ClientId);
    if (client.secrets.length === 0) {
      throw new InvalidParameterException("A client without a secret can not be given one.");
    }
    if (client.secrets.length >= MAX_CLIENT_SECRETS) {
      throw new LimitExceededException(
        `Client secrets cannot exceed limit of ${MAX_CLIENT_SECRETS} secrets.`,
      );
    }
    if (client.secrets.some((secret) => secret.value === value)) {
      throw new InvalidParameterException("The client has this secret already.");
    }
    const secret = newSecret(client.id, value, now, client.secrets);
    await repositories.clients.update(client.id, (current) => ({
      ...current,
      secrets: [...current.secrets, secret],
      lastModifiedAt: now,
    }));
    return secret;
  });
  return {
    ClientSecretDescriptor: {
      ClientSecretId: added.id,
      // Only the members that the caller does not know yet.
      ClientSecretValue: input.ClientSecret === undefined ? added.value : undefined,
      ClientSecretCreateDate: added.createdAt,
    },
  };
};
