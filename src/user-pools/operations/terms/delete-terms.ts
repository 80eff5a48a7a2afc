import { changeAlone } from "../../concurrent-change.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireTerms, termsSubject } from "../../terms/index.ts";

/**
 * Deletes terms.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such terms
 * @throws ConcurrentModificationException another request changed them meanwhile
 * @see API Reference, "DeleteTerms"
 */
export const deleteTerms: Operation<"DeleteTerms"> = async (input, { store }) => {
  await changeAlone(store, termsSubject(input.UserPoolId, input.TermsId), async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    await repositories.documents.delete(await requireTerms(repositories, pool.id, input.TermsId));
  });
  return {};
};
