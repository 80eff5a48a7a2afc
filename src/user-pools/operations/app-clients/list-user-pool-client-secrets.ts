import { requireRegularClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { refusePageToken } from "../page-tokens.ts";

/**
 * Lists a client's secrets, oldest first, without their values. There are two at most, so never a second page.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @throws InvalidParameterException a page token is given
 * @see API Reference, "ListUserPoolClientSecrets"
 */
export const listUserPoolClientSecrets: Operation<"ListUserPoolClientSecrets"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const client = await requireRegularClient(store, pool.id, input.ClientId);
  refusePageToken(input.NextToken);
  return {
    ClientSecrets: client.secrets.map(({ id, createdAt }) => ({
      ClientSecretId: id,
      ClientSecretCreateDate: createdAt,
    })),
  };
};
