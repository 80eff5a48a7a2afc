import { ResourceNotFoundException } from "../../../api-model/index.ts";
import { requireClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { termsOfPool, termsType } from "../../terms/index.ts";

/**
 * Shows the terms of an app client by their name.
 *
 * @throws ResourceNotFoundException there is no such pool or client, or the client has no such terms; the last text is ours
 * @see API Reference, "DescribeTermsByClient"
 */
export const describeTermsByClient: Operation<"DescribeTermsByClient"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const client = await requireClient(store, pool.id, input.ClientId);
  const terms = (await termsOfPool(store, pool.id)).find(
    ({ clientId, body }) => clientId === client.id && body.TermsName === input.TermsName,
  );
  if (!terms) throw new ResourceNotFoundException(`The client has no terms ${input.TermsName}.`);
  return { Terms: termsType(terms) };
};
