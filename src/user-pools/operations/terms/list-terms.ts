import type { Operation } from "../../operation.ts";
import { pageOrInvalidToken, requirePool } from "../../pools/index.ts";
import { type TermsBody, termsDescription } from "../../terms/index.ts";

/** The most that can be asked for. */
const DEFAULT_PAGE = 60;

/**
 * Lists a pool's terms, by client.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException the token is not one that this list gave
 * @see API Reference, "ListTerms"
 */
export const listTerms: Operation<"ListTerms"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const page = await pageOrInvalidToken(
    store.documents.list<TermsBody>(pool.id, "Terms", {
      limit: input.MaxResults ?? DEFAULT_PAGE,
      after: input.NextToken,
    }),
  );
  return { Terms: page.items.map(termsDescription), NextToken: page.next };
};
