import { ResourceNotFoundException } from "../../../api-model/index.ts";
import { requireClient } from "../../app-clients/index.ts";
import { brandingOfClient, managedLoginBrandingType } from "../../branding/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Shows the style of managed login that an app client has.
 *
 * @throws ResourceNotFoundException there is no such pool or client, or the client has no style; the last text is ours
 * @see API Reference, "DescribeManagedLoginBrandingByClient"
 */
export const describeManagedLoginBrandingByClient: Operation<"DescribeManagedLoginBrandingByClient"> = async (
  input,
  { store },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  const client = await requireClient(store, pool.id, input.ClientId);
  const branding = await brandingOfClient(store, pool.id, client.id);
  if (!branding) throw new ResourceNotFoundException("The client has no managed login branding.");
  return { ManagedLoginBranding: managedLoginBrandingType(branding, input.ReturnMergedResources) };
};
