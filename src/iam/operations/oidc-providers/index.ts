/**
 * The operations on OpenID Connect providers, whose tokens AssumeRoleWithWebIdentity takes.
 */
import type { IamOperationTable } from "../../operation.ts";
import { addClientIDToOpenIDConnectProvider } from "./add-client-id-to-open-id-connect-provider.ts";
import { createOpenIDConnectProvider } from "./create-open-id-connect-provider.ts";
import { deleteOpenIDConnectProvider } from "./delete-open-id-connect-provider.ts";
import { getOpenIDConnectProvider } from "./get-open-id-connect-provider.ts";
import { listOpenIDConnectProviders } from "./list-open-id-connect-providers.ts";
import { removeClientIDFromOpenIDConnectProvider } from "./remove-client-id-from-open-id-connect-provider.ts";

export const oidcProviderOperations = {
  AddClientIDToOpenIDConnectProvider: addClientIDToOpenIDConnectProvider,
  CreateOpenIDConnectProvider: createOpenIDConnectProvider,
  DeleteOpenIDConnectProvider: deleteOpenIDConnectProvider,
  GetOpenIDConnectProvider: getOpenIDConnectProvider,
  ListOpenIDConnectProviders: listOpenIDConnectProviders,
  RemoveClientIDFromOpenIDConnectProvider: removeClientIDFromOpenIDConnectProvider,
} satisfies IamOperationTable;
