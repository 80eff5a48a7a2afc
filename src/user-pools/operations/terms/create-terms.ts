import { LimitExceededException } from "../../../api-model/index.ts";
import { requireClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import {
  MAX_TERMS,
  refuseSecondTerms,
  type TermsDocument,
  termsOfPool,
  termsType,
} from "../../terms/index.ts";

/**
 * Gives an app client links to its terms of use or its privacy policy.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @throws TermsExistsException the client has terms of that name
 * @throws LimitExceededException the pool has as many terms as it can; the text is ours
 * @see API Reference, "CreateTerms"
 */
export const createTerms: Operation<"CreateTerms"> = async (input, { store, clock, random }) => {
  const now = clock.now();
  const id = random.uuid();
  const terms = await store.transaction(async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    const client = await requireClient(repositories, pool.id, input.ClientId);
    const document: TermsDocument = {
      poolId: pool.id,
      clientId: client.id,
      kind: "Terms",
      id,
      body: {
        TermsName: input.TermsName,
        TermsSource: input.TermsSource,
        Enforcement: input.Enforcement,
        Links: input.Links ?? {},
      },
      createdAt: now,
      lastModifiedAt: now,
    };
    const present = await termsOfPool(repositories, pool.id);
    refuseSecondTerms(present, document);
    if (present.length >= MAX_TERMS) {
      throw new LimitExceededException(`A user pool can have at most ${MAX_TERMS} terms documents.`);
    }
    await repositories.documents.insert(document);
    return document;
  });
  return { Terms: termsType(terms) };
};
