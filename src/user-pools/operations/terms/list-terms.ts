import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { type TermsBody, termsDescription } from "../../terms/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

/** The largest page that can be requested. */
const DEFAULT_PAGE = 60;

/**
 * Lists a pool's terms, by client.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException this list did not issue the token
 * @see API Reference, "ListTerms"
 */
export const listTerms: Operation<"ListTerms"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const list = ["ListTerms", pool.id];
  const page = await context.store.documents.list<TermsBody>(pool.id, "Terms", {
    limit: input.MaxResults ?? DEFAULT_PAGE,
    after: openPageToken(context, list, input.NextToken),
  });
  return { Terms: page.items.map(termsDescription), NextToken: sealPageToken(context, list, page.next) };
};
