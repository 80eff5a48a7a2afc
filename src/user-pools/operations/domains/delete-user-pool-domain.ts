import { requireDomain } from "../../domains/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Takes a domain from its pool. Its name is free from then on.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the pool has no such domain
 * @see API Reference, "DeleteUserPoolDomain"
 */
export const deleteUserPoolDomain: Operation<"DeleteUserPoolDomain"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const { domain } = await requireDomain(store, pool.id, input.Domain);
  await store.domains.delete(domain);
  return {};
};
