import type { ClientSSOSessionConfigType } from "../../../api-model/index.ts";
import { requireClient } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

const DEFAULT: ClientSSOSessionConfigType = { MaxValidityMinutes: 60 };

/**
 * Shows how long sessions of the managed login pages may last for an app client.
 *
 * @see API Reference, "GetUserPoolClientSessionConfiguration"
 */
export const getUserPoolClientSessionConfiguration: Operation<
  "GetUserPoolClientSessionConfiguration"
> = async ({ UserPoolId, ClientId }, { store }) => {
  await requirePool(store, UserPoolId);
  await requireClient(store, UserPoolId, ClientId);
  const document = await store.documents.get<{ SSOSession: ClientSSOSessionConfigType }>({
    poolId: UserPoolId,
    clientId: ClientId,
    kind: "SessionConfiguration",
    id: "",
  });
  return { UserPoolId, ClientId, SSOSession: document?.body.SSOSession ?? DEFAULT };
};
