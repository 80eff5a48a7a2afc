import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { requireTerms, termsType } from "../../terms/index.ts";

/**
 * Shows terms by their id.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such terms
 * @see API Reference, "DescribeTerms"
 */
export const describeTerms: Operation<"DescribeTerms"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  return { Terms: termsType(await requireTerms(store, pool.id, input.TermsId)) };
};
