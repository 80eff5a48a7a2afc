import { csvHeaderOf } from "../../import/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Names the columns of a CSV file to import users from.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @see API Reference, "GetCSVHeader"
 */
export const getCsvHeader: Operation<"GetCSVHeader"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  return { UserPoolId: pool.id, CSVHeader: csvHeaderOf(pool) };
};
