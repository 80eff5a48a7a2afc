import { managedLoginBrandingType, requireBranding } from "../../branding/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Shows a style of managed login by its id.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such style
 * @see API Reference, "DescribeManagedLoginBranding"
 */
export const describeManagedLoginBranding: Operation<"DescribeManagedLoginBranding"> = async (
  input,
  { store },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  const branding = await requireBranding(store, pool.id, input.ManagedLoginBrandingId);
  return { ManagedLoginBranding: managedLoginBrandingType(branding, input.ReturnMergedResources) };
};
