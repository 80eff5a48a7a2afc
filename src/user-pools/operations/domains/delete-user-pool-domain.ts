import { changeAlone } from "../../concurrent-change.ts";
import { domainSubject, requireDomain } from "../../domains/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Deletes a domain of a pool. Its name is free from then on.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the pool has no such domain
 * @throws ConcurrentModificationException another request changed it meanwhile
 * @see API Reference, "DeleteUserPoolDomain"
 */
export const deleteUserPoolDomain: Operation<"DeleteUserPoolDomain"> = async (input, { store }) => {
  await changeAlone(store, domainSubject(input.Domain), async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    const { domain } = await requireDomain(repositories, pool.id, input.Domain);
    await repositories.domains.delete(domain);
  });
  return {};
};
