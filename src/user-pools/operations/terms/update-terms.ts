import { changeAlone } from "../../concurrent-change.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import {
  refuseSecondTerms,
  requireTerms,
  type TermsDocument,
  termsOfPool,
  termsSubject,
  termsType,
} from "../../terms/index.ts";

/**
 * Changes terms. Links are replaced as a whole; omitted members are kept.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such terms
 * @throws TermsExistsException the client has other terms of the new name
 * @throws ConcurrentModificationException another request changed them meanwhile
 * @see API Reference, "UpdateTerms"
 */
export const updateTerms: Operation<"UpdateTerms"> = async (input, { store, clock }) => {
  const now = clock.now();
  const terms = await changeAlone(
    store,
    termsSubject(input.UserPoolId, input.TermsId),
    async (repositories) => {
      const pool = await requirePool(repositories, input.UserPoolId);
      const current = await requireTerms(repositories, pool.id, input.TermsId);
      const changed: TermsDocument = {
        ...current,
        body: {
          TermsName: input.TermsName ?? current.body.TermsName,
          TermsSource: input.TermsSource ?? current.body.TermsSource,
          Enforcement: input.Enforcement ?? current.body.Enforcement,
          Links: input.Links ?? current.body.Links,
        },
        lastModifiedAt: now,
      };
      refuseSecondTerms(await termsOfPool(repositories, pool.id), changed);
      await repositories.documents.put(changed);
      return changed;
    },
  );
  return { Terms: termsType(terms) };
};
