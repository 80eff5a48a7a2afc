/** The operations on identity providers, and on the identities that are linked to users. */
import type { OperationTable } from "../../operation.ts";
import { adminDisableProviderForUser } from "./admin-disable-provider-for-user.ts";
import { adminLinkProviderForUser } from "./admin-link-provider-for-user.ts";
import { createIdentityProvider } from "./create-identity-provider.ts";
import { deleteIdentityProvider } from "./delete-identity-provider.ts";
import { describeIdentityProvider } from "./describe-identity-provider.ts";
import { getIdentityProviderByIdentifier } from "./get-identity-provider-by-identifier.ts";
import { listIdentityProviders } from "./list-identity-providers.ts";
import { updateIdentityProvider } from "./update-identity-provider.ts";

export const identityProviderOperations = {
  AdminDisableProviderForUser: adminDisableProviderForUser,
  AdminLinkProviderForUser: adminLinkProviderForUser,
  CreateIdentityProvider: createIdentityProvider,
  DeleteIdentityProvider: deleteIdentityProvider,
  DescribeIdentityProvider: describeIdentityProvider,
  GetIdentityProviderByIdentifier: getIdentityProviderByIdentifier,
  ListIdentityProviders: listIdentityProviders,
  UpdateIdentityProvider: updateIdentityProvider,
} satisfies Partial<OperationTable>;
